"""PostgreSQL: the same ops through psycopg 3's asynchronous connections, one writer an owner at a time."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine

from app.core.db import Busy
from app.core.prepared import Prepared
from app.core.problems import InsufficientStorage, Unavailable

# SQLSTATEs (PostgreSQL manual, appendix A): what is over when it is tried again, and what will pass by itself.
REPEATED = frozenset({"40001", "40P01"})
DISK_FULL = "53100"
PASSING = frozenset({"53000", "53200", "53300", "55P03", "57P01", "57P02", "57P03"}) | REPEATED
# A scan's statements see one instant, as every read does on SQLite.
SNAPSHOT = Prepared(text("BEGIN ISOLATION LEVEL REPEATABLE READ"))
BEGIN, COMMIT = Prepared(text("BEGIN READ WRITE")), Prepared(text("COMMIT"))
LOCK_SECONDS = POOL_SECONDS = 10


class PostgresDatabase:
    def __init__(self, url: str, *, lock_owner: Prepared, pool_size: int, pool_seconds: float = POOL_SECONDS) -> None:
        self._engine = create_async_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=pool_seconds,
            # A read is one statement after the other, without the two trips for a transaction around them.
            isolation_level="AUTOCOMMIT",
            connect_args={
                "options": f"-c timezone=UTC -c lock_timeout={LOCK_SECONDS}s -c default_transaction_read_only=on",
                "prepare_threshold": 3,
                "connect_timeout": 10,
            },
        )
        self.engines: tuple[Engine, ...] = (self._engine.sync_engine,)
        self._lock_owner = lock_owner

    async def start(self) -> None:
        """Nothing to do: connections are made as they are needed."""

    async def stop(self) -> None:
        await self._engine.dispose()

    async def read(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self._run(self._reading, op, args, kwargs)

    async def scan(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self._run(self._scanning, op, args, kwargs)

    async def write(self, op: Callable[..., Any], me: Any, *args: Any, **kwargs: Any) -> Any:
        def locked(conn: Connection, *inner: Any, **named: Any) -> Any:
            BEGIN.run(conn, {})
            if me is not None:
                self._lock_owner.run(conn, {"owner_id": me.owner_id})
            return op(conn, *inner, **named)

        return await self._run(self._writing, locked, (me, *args), kwargs)

    async def _run(
        self, once: Callable[..., Any], op: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Once, and a second time where the first left nothing behind and the second may go better."""
        for again in (True, False):
            try:
                return await once(op, args, kwargs)
            except PoolTimeout:
                raise Busy from None
            except DBAPIError as error:
                if again and (error.connection_invalidated or _state(error) in REPEATED):
                    continue
                told = _told(error)
                if told is None:
                    raise
                raise told from error
        raise AssertionError("the second try returns or raises")

    async def _reading(self, op: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        async with self._engine.connect() as conn:
            return await conn.run_sync(op, *args, **kwargs)

    async def _scanning(self, op: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        async with self._engine.connect() as conn:
            await conn.run_sync(SNAPSHOT.run, {})
            return await conn.run_sync(op, *args, **kwargs)

    async def _writing(self, op: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        async with self._engine.connect() as conn:
            value = await conn.run_sync(op, *args, **kwargs)
            try:
                await conn.run_sync(COMMIT.run, {})
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise CommitUnknown from error
                raise
            return value


class CommitUnknown(Unavailable):
    """The connection went with the COMMIT under way: it may have happened, so it is not repeated here."""

    slug = "commit-unknown"
    text = "The database went away while saving. Send the same request again with its Idempotency-Key."


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _told(error: DBAPIError) -> Exception | None:
    """What a full disk or a server that is away means to a client; None for any other error."""
    state = _state(error)
    if state == DISK_FULL:
        return InsufficientStorage()
    unreachable = isinstance(error, OperationalError) and state is None
    if unreachable or error.connection_invalidated or state in PASSING:
        return Unavailable(retry_after=5)
    return None
