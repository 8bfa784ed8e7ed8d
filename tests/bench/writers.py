"""Sixty-four clients at once, each writing meetings that have to be on the disk before they are answered.

The limit commits each by itself, in threads: a trip to the disk on the event loop would hold up everybody.
"""

import sqlite3
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from shutil import copyfile
from statistics import median

from tests.bench import seed, wrk
from tests.bench.calls import Call, measured_calls
from tests.bench.servers import sundown, yardstick
from tests.bench.table import Row
from tests.support.server import Server

CLIENTS = 64
LOCKED = "database is locked"


def measure(database: Path, seeded: seed.Seeded, folder: Path, *, quick: bool) -> list[Row]:
    """Against the limit in alternating rounds; then two processes on one file."""
    calls = measured_calls(seeded)["encounter, written"]
    rounds, seconds = (2, 2) if quick else (6, 10)
    ours, theirs = _file(database, folder / "writers-sundown"), _file(database, folder / "writers-limit")
    with ExitStack() as stack:
        alone, limit = (
            _started(stack, sundown(ours)),
            _started(stack, yardstick("limit", theirs, "threaded_from_environment")),
        )
        before = _count(ours)
        loads = [(_load(alone, calls, folder, seconds), _load(limit, calls, folder, seconds)) for _ in range(rounds)]
        lost = _lost(_count(ours) - before, [load for load, _ in loads])
        complaints = _complaints(alone)
    rows = [
        _row("requests a second, of the limit's", [one.rate / two.rate for one, two in loads], 0.6, 1.0, more=True),
        _row("p99 against the limit's", [one.p99 / two.p99 for one, two in loads], 0.25, 0.10),
        _row("p99 against p50", [one.p99 / one.p50 for one, _ in loads], 3, 2),
        Row(f"{CLIENTS} writers: lost writes, refusals and locked databases", lost + complaints, 0, 0),
    ]
    return [*rows, _two_processes(database, calls, folder, seconds * rounds)]


def _two_processes(database: Path, calls: list[Call], folder: Path, seconds: int) -> Row:
    """Two servers on the same file, half of the clients at each."""
    file = _file(database, folder / "writers-both")
    with ExitStack() as stack:
        servers = [_started(stack, sundown(file)) for _ in range(2)]
        before = _count(file)
        clients = CLIENTS // len(servers)
        under_way = [wrk.begin(one.url, calls, folder, clients=clients, seconds=seconds) for one in servers]
        loads = [wrk.result(process) for process in under_way]
        lost = _lost(_count(file) - before, loads) + sum(_complaints(server) for server in servers)
    return Row(f"{CLIENTS} writers at two processes: lost writes, refusals and locked databases", lost, 0, 0)


def _row(what: str, ratios: list[float], floor: float, goal: float, *, more: bool = False) -> Row:
    return Row(f"{CLIENTS} writers: {what}", median(ratios), floor, goal, more)


def _load(server: Server, calls: list[Call], folder: Path, seconds: int) -> wrk.Load:
    return wrk.load(server.url, calls, folder, clients=CLIENTS, seconds=seconds)


def _started(stack: ExitStack, server: Server) -> Server:
    stack.callback(server.stop)
    server.start()
    return server


def _file(database: Path, folder: Path) -> Path:
    """A copy in a folder of its own, beside which the server's log is its own, too."""
    data = folder / "data"
    data.mkdir(parents=True)
    return copyfile(database, data / "sundown.db")


def _count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as conn:
        return conn.execute("SELECT count(*) FROM encounters").fetchone()[0]


def _lost(stored: int, loads: list[wrk.Load]) -> int:
    """Acknowledged and not there, or not acknowledged at all; what was under way at the end may be there too."""
    missing = max(0, sum(load.done for load in loads) - stored)
    refused, broken = sum(load.refused for load in loads), sum(load.broken for load in loads)
    if missing or refused or broken:
        sys.stderr.write(f"writers: {missing} lost, {refused} refused, {broken} without an answer\n")
    return missing + refused + broken


def _complaints(server: Server) -> int:
    log = server.log.read_text()
    if LOCKED in log:
        sys.stderr.write(log)
    return log.count(LOCKED)
