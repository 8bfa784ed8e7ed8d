"""SQLite: a backup is one file, made by the online backup API and checked page by page."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from app.core import migrate
from app.transfer.sealing import BackupRefused, Damaged, sync_file, sync_folder

MAGIC = b"SQLite format 3\0"
WAIT_SECONDS = 30
BESIDE = ("", "-wal", "-journal")
TABLES = frozenset({"alembic_version", "accounts", "profiles", "instance"})


def copy(source: Path, part: Path) -> str:
    """Copy the database in one read transaction, which holds up no writer; answers its schema revision.

    A single step sees one instant: in several, every commit in between would begin the copy anew.
    """
    if not source.is_file():
        raise BackupRefused(f"There is no database at {source} yet.")
    try:
        with closing(_open(source)) as live, closing(_open(part)) as made:
            live.backup(made, pages=-1)
            made.execute("PRAGMA journal_mode=DELETE")
        return check(part, source)
    except sqlite3.Error as error:
        raise BackupRefused(f"The backup was not made: {error}.") from error


def refuse_live_file(source: Path, target: Path) -> None:
    """Writing a backup over the database itself, or over its log, would lose it."""
    live = {source.with_name(source.name + end).absolute().resolve() for end in (*BESIDE, "-shm")}
    if target.absolute().resolve() in live:
        raise BackupRefused(f"{target} is the database itself. Choose another name.")


def put_in_place(file: Path, size: int, database_url: str) -> str:
    """Check a copy of the first `size` bytes, bring it to head, and give it the database's name.

    Raises BackupRefused where there is a database already, and NewerDatabase.
    """
    target = Path(make_url(database_url).database or "").absolute()
    refuse_occupied(target)
    with working_folder(target.parent) as folder:
        work = folder / "sundown.db"
        _copy_bytes(file, work, size)
        log = file.with_name(f"{file.name}-wal")
        if log.is_file():
            shutil.copyfile(log, work.with_name(f"{work.name}-wal"))
        try:
            migrate.refuse_newer(check(work, file))
            migrate.upgrade(f"sqlite:///{work}")
        except sqlite3.Error as error:
            raise Damaged(file, f"SQLite says “{error}”") from error
        sync_file(work)
        with migrate.locked(database_url):
            refuse_occupied(target)
            work.rename(target)
            sync_folder(target.parent)
    return migrate.EXPECTED


def refuse_occupied(target: Path) -> None:
    """A log left behind by another database would be read into this one."""
    for end in BESIDE:
        there = target.with_name(target.name + end)
        if there.exists():
            raise BackupRefused(f"{there} exists. Stop Sundown and move it away first; a restore replaces nothing.")


@contextmanager
def working_folder(parent: Path) -> Iterator[Path]:
    """A private folder beside the place, so that the last step is a rename; `parent` stays only if it is used."""
    made = not parent.exists()
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=parent) as name:
            yield Path(name)
    finally:
        if made and not any(parent.iterdir()):
            parent.rmdir()


def _copy_bytes(file: Path, work: Path, size: int) -> None:
    with file.open("rb") as source, work.open("wb") as target:
        shutil.copyfileobj(source, target)
        target.truncate(size)


def check(path: Path, shown: Path) -> str:
    """The schema revision of a whole and sound Sundown database. Raises Damaged, or BackupRefused for another's."""
    with closing(_open(path)) as conn:
        (problem,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
        if problem != "ok":
            raise Damaged(shown, f"SQLite says “{problem}”")
        (pages,), (page_size,) = (conn.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
        if not _logged(path) and path.stat().st_size != pages * page_size:
            raise Damaged(shown, "its size is not the one it states")
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= TABLES:
            raise BackupRefused(f"{shown} is a database of another program. Nothing was changed.")
        if (lost := conn.execute("PRAGMA foreign_key_check").fetchone()) is not None:
            raise Damaged(shown, f"a row of {lost[0]} points at nothing")
        row = conn.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is None:
            raise Damaged(shown, "it does not say which schema it has")
        return row[0]


def _logged(path: Path) -> bool:
    """Whether a log holds pages that the file does not have yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _open(path: Path) -> sqlite3.Connection:
    """Never makes a file that is not there."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
