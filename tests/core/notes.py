"""A small table behind the door to SQLite, and the means to make writes wait together."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.core.db_sqlite import SqliteDatabase
from app.core.problems import NotFound

PATIENCE = 60


@asynccontextmanager
async def notes_at(path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(f"sqlite:///{path}")
    await database.start()
    await database.write(lambda conn, _me: conn.exec_driver_sql("CREATE TABLE notes (text TEXT PRIMARY KEY)"), None)
    yield database
    await database.stop()


def add(conn: Connection, _me: None, text: str) -> str:
    conn.exec_driver_sql("INSERT INTO notes VALUES (?)", (text,))
    return text


def add_then(fail: Callable[[Connection], None]) -> Callable[[Connection, None, str], None]:
    def op(conn: Connection, me: None, text: str) -> None:
        add(conn, me, text)
        fail(conn)

    return op


def refuse(_conn: Connection) -> None:
    raise NotFound


def texts(conn: Connection) -> list[str]:
    return list(conn.exec_driver_sql("SELECT text FROM notes ORDER BY text").scalars())


def seen_by_others(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as other:
        return [text for (text,) in other.execute("SELECT text FROM notes ORDER BY text")]


async def wait_for(happened: threading.Event) -> None:
    assert await asyncio.to_thread(happened.wait, PATIENCE)


async def started(*tasks: asyncio.Task[Any]) -> None:
    """One turn of the loop, in which each new task runs until it waits."""
    await asyncio.sleep(0)
    assert not any(task.done() for task in tasks)


@asynccontextmanager
async def held(db: SqliteDatabase) -> AsyncIterator[None]:
    """Keep the writer busy, so that what is sent inside the block makes one batch after it."""
    reached, free = threading.Event(), threading.Event()

    def wait(_conn: Connection, _me: None) -> None:
        reached.set()
        assert free.wait(PATIENCE)

    holding = asyncio.create_task(db.write(wait, None))
    await wait_for(reached)
    try:
        yield
    finally:
        free.set()
        await holding


async def batch(db: SqliteDatabase, *calls: tuple[Any, ...]) -> list[Any]:
    """The values or errors of writes that the writer finds waiting together."""
    async with held(db):
        tasks = [asyncio.create_task(db.write(op, None, *args)) for op, *args in calls]
        await started(*tasks)
    return await asyncio.gather(*tasks, return_exceptions=True)
