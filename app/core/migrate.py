"""Bringing a database to the schema this code knows, under a lock, and refusing one that is newer."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ROOT / "migrations" / "versions"
ADVISORY_LOCK = 5_830_017


class NewerDatabase(Exception):
    """The database was migrated by a later version of Sundown."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"This database is at schema {revision}, which this version of Sundown does not know. "
            "Install the newer version again, or restore a backup made with this one."
        )


class MigrationFailed(Exception):
    """The schema could not be changed. A migration is one transaction, so the database is as it was."""

    def __init__(self, cause: Exception) -> None:
        told = str(cause.orig if isinstance(cause, DBAPIError) else cause)
        reason = told.partition("\n")[0].rstrip(".")
        super().__init__(
            f"The database could not be brought to schema {EXPECTED}; nothing was changed. "
            f"It said: {reason}. `alembic upgrade head` in a checkout shows where."
        )


def current(conn: Connection) -> str | None:
    """The revision the database stands at; None where there is no schema yet."""
    if not conn.dialect.has_table(conn, "alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(database_url: str) -> None:
    """Bring the database to head; at once where it is there already. Raises NewerDatabase, MigrationFailed."""
    with locked(database_url):
        _upgrade(database_url)


def _upgrade(database_url: str) -> None:
    engine = create_engine(migration_url(database_url))
    try:
        with engine.connect() as conn:
            stands_at = current(conn)
    finally:
        engine.dispose()
    if stands_at == EXPECTED:
        return
    if stands_at is not None:
        refuse_newer(stands_at)
    from alembic import command
    from alembic.config import Config

    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = database_url
    try:
        command.upgrade(config, "head")
    except Exception as error:
        raise MigrationFailed(error) from error


def refuse_newer(revision: str) -> None:
    """Raise NewerDatabase for a schema that no migration here leads to."""
    if revision == EXPECTED:
        return
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(ROOT / "migrations"))
    if revision not in {item.revision for item in script.walk_revisions()}:
        raise NewerDatabase(revision)


def migration_url(database_url: str) -> str:
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """One migration at a time: servers may share a data folder, or a PostgreSQL database."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "sundown.db")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.with_name(path.name + ".migrating").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        return
    engine = create_engine(migration_url(database_url), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as conn:
            conn.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            try:
                yield
            finally:
                conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
    finally:
        engine.dispose()


def stands_at_head(conn: Connection) -> bool:
    """Whether the schema is the one this code was written for; asked by readiness."""
    try:
        return current(conn) == EXPECTED
    except DBAPIError:
        return False


# Read from the newest file, so that serving an up-to-date database does not import Alembic.
EXPECTED = max(VERSIONS.glob("2*.py")).read_text().partition("revision: str = ")[2].split()[0].strip(chr(34))
