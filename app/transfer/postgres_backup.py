"""PostgreSQL: a backup is an archive of pg_dump, checked and put back by pg_restore."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine, make_url, text

from app.core import migrate
from app.transfer.sealing import BackupRefused, Damaged

MAGIC = b"PGDMP"
TABLES = frozenset({"alembic_version", "accounts", "profiles", "instance"})
LISTED = re.compile(r"^\d+; \d+ \d+ TABLE DATA \S+ (\S+) ", re.MULTILINE)
REVISION = re.compile(r"^COPY \S*alembic_version .*\n(\S+)$", re.MULTILINE)
ANY_TABLE = text(
    "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
    "WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' "
    "LIMIT 1"
)
SAME_FOR_ANY_OWNER = ("--no-owner", "--no-privileges", "--no-comments")


class ToolMissing(BackupRefused):
    def __init__(self, tool: str) -> None:
        super().__init__(
            f"{tool} was not found. Install PostgreSQL's client programs (on Debian: apt-get install "
            "postgresql-client), or set SUNDOWN_PG_BIN to the folder they are in."
        )


@dataclass(frozen=True, slots=True)
class Tools:
    """PostgreSQL's own programs, for the database behind `url`.

    The password goes to them in the environment: a command line can be read by everybody on the machine.
    """

    url: str
    folder: str | None
    conninfo: str = field(init=False)
    password: str | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        url = make_url(self.url).set(drivername="postgresql+psycopg")
        _, parameters = url.get_dialect()().create_connect_args(url)
        object.__setattr__(self, "password", parameters.pop("password", None))
        object.__setattr__(self, "conninfo", make_conninfo(**parameters))

    def run(self, tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of them to its end, without a question asked. Raises ToolMissing."""
        program = shutil.which(tool, path=self.folder)
        if program is None:
            raise ToolMissing(tool)
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        if self.password is not None:
            environment["PGPASSWORD"] = self.password
        return subprocess.run(  # noqa: S603 - PostgreSQL's own program, without a shell
            [program, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    def connected(self) -> tuple[str, str]:
        return "--no-password", f"--dbname={self.conninfo}"


def dump(tools: Tools, part: Path) -> str:
    """Write an archive of one snapshot of the database; answers its schema revision."""
    made = tools.run("pg_dump", *tools.connected(), "--format=custom", *SAME_FOR_ANY_OWNER, f"--file={part}")
    if made.returncode:
        raise BackupRefused(f"The backup was not made: {last_words(made)}.")
    return check(tools, part, part)


def put_in_place(tools: Tools, file: Path) -> None:
    """Restore a checked archive in one transaction. Raises BackupRefused, NewerDatabase."""
    migrate.refuse_newer(check(tools, file, file))
    with migrate.locked(tools.url):
        refuse_occupied(tools.url)
        once = ("--single-transaction", "--exit-on-error")
        done = tools.run("pg_restore", *tools.connected(), *once, *SAME_FOR_ANY_OWNER, file)
        if done.returncode:
            raise BackupRefused(f"Nothing was restored: {last_words(done)}.")


def check(tools: Tools, file: Path, shown: Path) -> str:
    """The schema revision of an archive that can be read to its end. Raises Damaged, or BackupRefused for another's."""
    listed = tools.run("pg_restore", "--list", file)
    if listed.returncode:
        raise Damaged(shown, f"pg_restore says “{last_words(listed)}”")
    if not set(LISTED.findall(listed.stdout)) >= TABLES:
        raise BackupRefused(f"{shown} is a backup of another program's database. Nothing was changed.")
    # The list is at the beginning of the file; only writing out every row shows that the rest is there.
    read = tools.run("pg_restore", f"--file={os.devnull}", file)
    if read.returncode:
        raise Damaged(shown, f"pg_restore says “{last_words(read)}”")
    told = tools.run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", file)
    found = REVISION.search(told.stdout)
    if found is None or found[1] == "\\.":
        raise Damaged(shown, "it does not say which schema it has")
    return found[1]


def refuse_occupied(url: str) -> None:
    engine = create_engine(migrate.migration_url(url))
    try:
        with engine.connect() as conn:
            there = conn.execute(ANY_TABLE).scalar()
    finally:
        engine.dispose()
    if there is not None:
        raise BackupRefused(
            f"This database holds tables already, {there} among them. Restore into an empty one; "
            "a restore replaces nothing."
        )


def last_words(done: subprocess.CompletedProcess[str]) -> str:
    """What the program said, as one line without its name in front."""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    stopped = f"it was ended by signal {-done.returncode}" if done.returncode < 0 else "it gave no reason"
    said = next((line for line in lines if "error:" in line), lines[-1] if lines else stopped)
    return (said.partition("error: ")[2] or said).rstrip(".")
