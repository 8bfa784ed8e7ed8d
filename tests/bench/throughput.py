"""Requests a second over sockets, in alternating rounds: the ratio is taken round by round."""

from contextlib import ExitStack
from pathlib import Path
from shutil import copyfile
from statistics import median

from tests.bench import seed, wrk
from tests.bench.calls import measured_calls
from tests.bench.servers import sundown, yardstick
from tests.bench.table import Row

CLIENTS = 16
TARGETS = {
    "one contact": (0.30, 0.50),
    "50 tasks": (0.45, 0.80),
    "encounter, written": (0.55, 0.80),
    "encounter, read": (0.45, 0.80),
}


def measure(database: Path, seeded: seed.Seeded, folder: Path, *, quick: bool) -> list[Row]:
    rounds, seconds = (3, 1) if quick else (7, 3)
    rows: list[Row] = []
    with ExitStack() as stack:
        servers = {
            "sundown": sundown(_copied(database, folder / "throughput-sundown")),
            "limit": yardstick("limit", _copied(database, folder / "throughput-limit")),
        }
        for server in servers.values():
            stack.callback(server.stop)
            server.start()
        for name, calls in measured_calls(seeded).items():
            ratios: list[float] = []
            for _ in range(rounds):
                rate = {
                    kind: wrk.load(server.url, calls, folder, clients=CLIENTS, seconds=seconds).rate
                    for kind, server in servers.items()
                }
                ratios.append(rate["sundown"] / rate["limit"])
            floor, goal = TARGETS[name]
            rows.append(Row(f"requests a second, of the limit's: {name}", median(ratios), floor, goal, more=True))
    return rows


def _copied(database: Path, folder: Path) -> Path:
    folder.mkdir()
    return copyfile(database, folder / "sundown.db")
