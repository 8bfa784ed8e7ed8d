"""What a fresh server costs: the time to its first answer, and the memory it holds then."""

import time
from pathlib import Path
from shutil import copyfile

from tests.bench import seed
from tests.bench.calls import measured_calls
from tests.bench.servers import resident_kilobytes, sundown, yardstick
from tests.bench.table import Row
from tests.support.server import Server


def measure(database: Path, seeded: seed.Seeded, folder: Path, *, quick: bool) -> list[Row]:
    file = copyfile(database, folder / "startup.db")
    servers = {"sundown": sundown(file), "limit": yardstick("limit", file)}
    started = dict.fromkeys(servers, float("inf"))
    resident = dict.fromkeys(servers, 0)
    for _ in range(3 if quick else 7):
        for name, server in servers.items():
            started[name] = min(started[name], _start(server))
            _use(server, seeded)
            resident[name] = resident_kilobytes(server)
            server.stop()
    return [
        Row("cold start, of the limit's", started["sundown"] / started["limit"], 4, 3),
        Row("resident memory, of the limit's", resident["sundown"] / resident["limit"], 2.2, 2),
    ]


def _start(server: Server) -> float:
    began = time.perf_counter()
    server.start()
    return time.perf_counter() - began


def _use(server: Server, seeded: seed.Seeded) -> None:
    """One request of each kind, so that nothing is left to be loaded."""
    with server.client() as client:
        for calls in measured_calls(seeded).values():
            call = calls[0]
            headers = {"Authorization": f"Bearer {call.token}", "Content-Type": "application/json"}
            client.request(call.method, call.address, content=call.body, headers=headers).raise_for_status()
