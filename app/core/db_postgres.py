"""PostgreSQL: the same ops through psycopg 3's asynchronous connections, one writer an owner at a time."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, Executable, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine

from app.core.db import Busy
from app.core.problems import InsufficientStorage, Unavailable

DEADLOCK, SERIALIZATION, DISK_FULL, TOO_MANY = "40P01", "40001", "53100", "53300"


class PostgresDatabase:
    def __init__(self, url: str, *, lock_owner: Executable, pool_size: int) -> None:
        self._engine = create_async_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=10,
            connect_args={"options": "-c timezone=UTC", "prepare_threshold": 3},
        )
        self.engines: tuple[Engine, ...] = (self._engine.sync_engine,)
        self._lock_owner = lock_owner

    async def start(self) -> None:
        """Nothing to do: connections are made as they are needed."""

    async def stop(self) -> None:
        await self._engine.dispose()

    async def read(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self._run(op, args, kwargs)

    scan = read

    async def write(self, op: Callable[..., Any], me: Any, *args: Any, **kwargs: Any) -> Any:
        def locked(conn: Connection, *inner: Any, **named: Any) -> Any:
            if me is not None:
                conn.execute(self._lock_owner, {"owner_id": me.owner_id})
            return op(conn, *inner, **named)

        return await self._run(locked, (me, *args), kwargs)

    async def _run(self, op: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            return await self._once(op, args, kwargs)
        except DBAPIError as error:
            if not _worth_repeating(error):
                raise _told(error) from error
        except PoolTimeout:
            raise Busy from None
        try:
            return await self._once(op, args, kwargs)
        except DBAPIError as error:
            raise _told(error) from error
        except PoolTimeout:
            raise Busy from None

    async def _once(self, op: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        async with self._engine.connect() as conn:
            value = await conn.run_sync(op, *args, **kwargs)
            try:
                await conn.commit()
            except DBAPIError as error:
                raise CommitUnknown from error
            return value


class CommitUnknown(Unavailable):
    """The connection went with the COMMIT under way: it may have happened, so it is not repeated here."""

    text = "The database went away while saving. Send the same request again with its Idempotency-Key."


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _unreachable(error: DBAPIError) -> bool:
    return isinstance(error, OperationalError) and _state(error) is None


def _worth_repeating(error: DBAPIError) -> bool:
    return error.connection_invalidated or _state(error) in (DEADLOCK, SERIALIZATION)


def _told(error: DBAPIError) -> Exception:
    if _state(error) == DISK_FULL:
        return InsufficientStorage()
    if _worth_repeating(error) or _state(error) == TOO_MANY or _unreachable(error):
        return Unavailable(retry_after=5)
    return error
