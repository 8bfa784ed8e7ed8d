"""A throwaway PostgreSQL for one test session: started as its child, gone with it.

The server is a child of the process that starts it and is told to die with it, so that nothing is left
running after a kill -9 either; the folder such a kill leaves is removed by the next session.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.support.system import find_postgres

PREFIX = "sundown-tests-"
START_SECONDS = 60
# A socket's whole path has to fit into 107 bytes.
LONGEST_FOLDER = 60
ROOM_IN_MEMORY = 2 * 1024**3
FASTER_THAN_SAFE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "300",
    "timezone": "UTC",
    "autovacuum": "off",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "shared_buffers": "64MB",
}


class PostgresServer:
    """`start()`, hand out `url(database)`, `create()` and `drop()` databases, `stop()`.

    A `durable` one keeps what it has acknowledged whatever `halt()` does to it, and `run()` brings it back.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._programs = find_postgres()
        self._settings = SETTINGS if durable else SETTINGS | FASTER_THAN_SAFE
        _remove_leftovers()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_open_folder()))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self._process: subprocess.Popen[Any] | None = None

    def url(self, database: str) -> str:
        return socket_url(self.folder, database)

    def start(self) -> None:
        user = server_user()
        self.folder.chmod(0o755)
        self.data.mkdir(mode=0o700)
        if user:
            os.chown(self.data, user.pw_uid, user.pw_gid)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        initdb = [
            *(self._programs / "initdb", "--pgdata", self.data, "--username=postgres"),
            *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"),
        ]
        with self.log.open("wb") as log:
            # cwd: the server's user may not be allowed into ours.
            where: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            if subprocess.run(_as_user(user, initdb), check=False, **where).returncode != 0:
                raise RuntimeError(f"initdb failed:\n{self.log.read_text()}")
        self.run()

    def run(self) -> None:
        """Start the server over the data there are."""
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        server = [self._programs / "postgres", "-D", self.data, "-k", self.folder, *settings]
        with self.log.open("ab") as log:
            where: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            self._process = subprocess.Popen(_as_user(server_user(), server), **where)
        self._wait()

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.stop(keep_folder=True)
                    raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()}") from None
                time.sleep(0.05)
            else:
                return

    def give(self, folder: Path) -> None:
        """Make a folder the server's own, for tables to lie in."""
        user = server_user()
        folder.chmod(0o700)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)

    def halt(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is what pg_ctl calls an immediate stop, SIGINT a fast one; every connection is cut."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def stop(self, *, keep_folder: bool = False) -> None:
        self.halt()
        if not keep_folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def socket_url(folder: Path, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={folder}"


class Administrator:
    """Creates and drops databases over one connection, in any process that knows the server's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection = psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True)
        # Older servers know no other way; in memory it takes a third of the time of PostgreSQL 15's default.
        copied = self._connection.info.server_version >= 15_00_00
        self._strategy = sql.SQL("STRATEGY FILE_COPY" if copied else "")

    def create(self, name: str, template: str = "template1") -> str:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} {}")
        names = sql.Identifier(name), sql.Identifier(template)
        self._connection.execute(statement.format(*names, self._strategy))
        return socket_url(self.folder, name)

    def create_in(self, folder: Path, name: str) -> str:
        """A database whose tables lie in `folder`, which is the server's own."""
        space, place = sql.Identifier(name), sql.Literal(str(folder))
        self._connection.execute(sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(space, place))
        self._connection.execute(sql.SQL("CREATE DATABASE {} TABLESPACE {}").format(space, space))
        return socket_url(self.folder, name)

    def drop_from_folder(self, name: str) -> None:
        """Drop what `create_in` made, before its folder goes."""
        self.drop(name)
        self._connection.execute(sql.SQL("DROP TABLESPACE {}").format(sql.Identifier(name)))

    def connected(self, name: str) -> psycopg.Connection:
        """A connection of the superuser to one database."""
        return psycopg.connect(socket_url(self.folder, name), autocommit=True)

    def drop(self, name: str) -> None:
        self._connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def close(self) -> None:
        self._connection.close()


def server_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: someone else, when we are root."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


def _as_user(user: pwd.struct_passwd | None, command: list[str | Path]) -> list[str | Path]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if user:
            raise RuntimeError("PostgreSQL cannot run as root, and there is no setpriv (util-linux).")
        return command
    who = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []
    return [setpriv, *who, "--pdeathsig=QUIT", *command]


def _open_folder() -> Path:
    """A folder with a short path, whose every parent the server's user may pass.

    In memory where there is room: a database of some hundred files is made there 20 times as fast.
    """
    choices = [Path(tempfile.gettempdir()).resolve(), Path("/tmp"), Path("/var/tmp")]
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_IN_MEMORY:
        choices.insert(0, memory)
    for folder in choices:
        passable = all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))
        if len(str(folder)) < LONGEST_FOLDER and os.access(folder, os.W_OK) and (passable or os.geteuid() != 0):
            return folder
    raise RuntimeError(f"No folder for PostgreSQL's data among {', '.join(map(str, choices))}.")


def _remove_leftovers() -> None:
    """Folders of sessions that were killed; their servers died with them."""
    for folder in _open_folder().glob(f"{PREFIX}*"):
        owner = re.match(rf"{PREFIX}(\d+)-", folder.name)
        if owner and not Path(f"/proc/{owner[1]}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)
