"""The two doors to the data: one call is one transaction, and its answer leaves only after the commit.

An op is a plain function `op(conn, …)` over SQLAlchemy Core that returns values. It has no effect but the
database, since a write may be run a second time after a deadlock or a lost connection.
"""

from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Engine, make_url

from app.core.prepared import Prepared
from app.core.problems import Unavailable


class Database(Protocol):
    """What `open_database` gives for either kind of database."""

    engines: tuple[Engine, ...]

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Finish what was accepted, then close."""
        ...

    async def read(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a bounded, indexed read."""
        ...

    async def scan(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a read without a bound, in one snapshot, where it cannot hold up other requests."""
        ...

    async def write(self, op: Callable[..., Any], me: Any, *args: Any, **kwargs: Any) -> Any:
        """Run `op(conn, me, …)` with the rows of the owner `me` locked, and commit.

        Raises Unavailable when the queue is full, InsufficientStorage when the disk is.
        """
        ...


class Busy(Unavailable):
    text = "Too many writes are waiting. Nothing was changed. Please try again in a moment."


def open_database(url: str, *, lock_owner: Prepared, pool_size: int) -> Database:
    """The database behind `url`; `lock_owner` selects the owner's row for update by `:owner_id`."""
    if make_url(url).get_backend_name() == "sqlite":
        from app.core.db_sqlite import SqliteDatabase

        return SqliteDatabase(url)
    from app.core.db_postgres import PostgresDatabase

    return PostgresDatabase(url, lock_owner=lock_owner, pool_size=pool_size)
