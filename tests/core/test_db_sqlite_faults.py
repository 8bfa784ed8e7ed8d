"""What the door to SQLite does when the file, the disk or another process is in the way."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from app.core.db_sqlite import SqliteDatabase, driver_connection
from app.core.problems import InsufficientStorage, NotFound, Unavailable
from tests.core.notes import add, add_then, batch, refuse, seen_by_others, started, texts


def error_of(code: int) -> OperationalError:
    original = sqlite3.OperationalError("as SQLite would say it")
    original.sqlite_errorcode = code
    return OperationalError("a statement", {}, original)


@pytest.mark.parametrize("ending", ["ROLLBACK", "COMMIT"])
async def test_an_op_after_which_the_transaction_is_gone_fails_its_batch(db: SqliteDatabase, ending: str) -> None:
    def end(conn: Connection) -> None:
        conn.exec_driver_sql(ending)

    answers = await batch(db, (add, "a"), (add_then(end), "b"), (add, "c"))
    assert all(isinstance(answer, RuntimeError) for answer in answers)
    assert "c" not in await db.read(texts)
    assert await db.write(add, None, "d") == "d"


async def test_a_disk_that_is_full_in_an_op_is_told_to_its_batch(db: SqliteDatabase, path: Path) -> None:
    def full(conn: Connection, me: None) -> None:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 1}")
        add(conn, me, "x" * 100_000)

    def make_room(conn: Connection, _me: None) -> None:
        conn.exec_driver_sql("PRAGMA max_page_count=1000000")

    answers = await batch(db, (add, "a"), (add_then(refuse), "b"), (full,), (add, "c"))
    assert [type(answer) for answer in answers] == [InsufficientStorage, NotFound, *[InsufficientStorage] * 2]
    assert answers[0].status == 507
    await db.write(make_room, None)
    assert await db.write(add, None, "d") == "d"
    assert seen_by_others(path) == ["d"]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY])
async def test_a_commit_that_fails_is_told_to_the_whole_batch(db: SqliteDatabase, path: Path, code: int) -> None:
    def fail(conn: Connection) -> None:
        if "a" in texts(conn):
            raise error_of(code)

    event.listen(db.engines[1], "commit", fail)
    answers = await batch(db, (add, "a"), (add, "b"), (add_then(refuse), "c"))
    problem = InsufficientStorage if code == sqlite3.SQLITE_FULL else Unavailable
    assert [type(answer) for answer in answers] == [problem, problem, NotFound]
    assert await db.write(add, None, "d") == "d"
    assert seen_by_others(path) == ["d"]


async def test_a_connection_that_cannot_even_roll_back_is_replaced(db: SqliteDatabase, path: Path) -> None:
    def lose(conn: Connection) -> None:
        driver_connection(conn).close()

    answers = await batch(db, (add, "a"), (add_then(lose), "b"))
    assert all(isinstance(answer, sqlite3.ProgrammingError) for answer in answers)
    assert await db.write(add, None, "c") == "c"
    assert seen_by_others(path) == ["c"]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (sqlite3.SQLITE_FULL, InsufficientStorage),
        (sqlite3.SQLITE_IOERR_SHMSIZE, InsufficientStorage),
        (sqlite3.SQLITE_IOERR_WRITE, InsufficientStorage),
        (sqlite3.SQLITE_BUSY, Unavailable),
        (sqlite3.SQLITE_BUSY_RECOVERY, Unavailable),
        (sqlite3.SQLITE_LOCKED, Unavailable),
        (sqlite3.SQLITE_CORRUPT, OperationalError),
    ],
)
async def test_what_the_file_does_is_told_by_its_name_through_each_door(
    db: SqliteDatabase, code: int, problem: type[Exception]
) -> None:
    def fail(_conn: Connection, *_: object) -> None:
        raise error_of(code)

    for call in (db.write(fail, None), db.read(fail), db.scan(fail)):
        with pytest.raises(problem):
            await call


async def test_another_process_at_the_file_is_waited_for(db: SqliteDatabase, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO notes VALUES ('theirs')")
        writing = asyncio.create_task(db.write(add, None, "ours"))
        assert await db.read(texts) == [], "readers wait for nobody"
        await started(writing)
        other.execute("COMMIT")
    assert await writing == "ours"
    assert seen_by_others(path) == ["ours", "theirs"]
