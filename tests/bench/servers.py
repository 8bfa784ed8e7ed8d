"""The yardsticks as servers of their own, served by uvicorn as Sundown is."""

import sys
from pathlib import Path

from tests.support.server import Server

OPTIONS = ("--http", "httptools", "--ws", "none", "--no-access-log", "--no-server-header", "--log-level", "warning")


def sundown(database: Path) -> Server:
    return Server(database.parent, f"sqlite:///{database}")


def yardstick(name: str, database: Path, factory: str = "from_environment") -> Server:
    """The limit or the tutorial app over a SQLite file."""
    variable = f"SUNDOWN_TEST_{name.upper()}"
    server = Server(database.parent, f"sqlite:///{database}", {variable: str(database)})
    server.command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        f"tests.bench.{name}:{factory}",
        "--port",
        str(server.port),
        *OPTIONS,
    ]
    return server


def resident_kilobytes(server: Server) -> int:
    """Memory the server's process holds (VmRSS)."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])
