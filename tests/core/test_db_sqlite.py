"""The door to SQLite: reads on the event loop, writes in batches by one thread, answers after the commit."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError, OperationalError

from app.core.db import Busy
from app.core.db_sqlite import BATCH_LIMIT, QUEUE_LIMIT, SqliteDatabase
from app.core.problems import NotFound, Unavailable
from tests.core.notes import PATIENCE, add, add_then, batch, held, refuse, seen_by_others, started, texts, wait_for


def commits(db: SqliteDatabase) -> list[str]:
    counted: list[str] = []
    event.listen(db.engines[1], "commit", lambda _conn: counted.append("COMMIT"))
    return counted


async def test_what_waits_together_is_committed_together(db: SqliteDatabase, path: Path) -> None:
    counted = commits(db)
    answers = await batch(db, *[(add, f"note {number}") for number in range(9)])
    assert answers == seen_by_others(path) == [f"note {number}" for number in range(9)]
    assert len(counted) == 2, "one for what held the writer, one for the nine"


async def test_a_batch_has_a_limit(db: SqliteDatabase, path: Path) -> None:
    counted = commits(db)
    await batch(db, *[(add, f"{number}") for number in range(BATCH_LIMIT + 1)])
    assert len(seen_by_others(path)) == BATCH_LIMIT + 1
    assert len(counted) == 3


async def test_an_op_that_fails_leaves_the_rest_of_its_batch(db: SqliteDatabase, path: Path) -> None:
    answers = await batch(db, (add, "a"), (add_then(refuse), "b"), (add, "a"), (add, "c"))
    assert [type(answer) for answer in answers] == [str, NotFound, IntegrityError, str]
    assert seen_by_others(path) == ["a", "c"]


async def test_an_op_that_fails_alone_leaves_nothing(db: SqliteDatabase, path: Path) -> None:
    with pytest.raises(NotFound):
        await db.write(add_then(refuse), None, "a")
    assert await db.write(add, None, "b") == "b"
    assert seen_by_others(path) == ["b"]


async def test_an_answer_waits_for_the_commit(db: SqliteDatabase, path: Path) -> None:
    reached, free = threading.Event(), threading.Event()

    def before_commit(_conn: Connection) -> None:
        reached.set()
        assert free.wait(PATIENCE)

    event.listen(db.engines[1], "commit", before_commit)
    writing = asyncio.create_task(db.write(add, None, "a"))
    await wait_for(reached)
    await started(writing)
    assert seen_by_others(path) == []
    free.set()
    await writing
    assert seen_by_others(path) == ["a"]


async def test_what_was_cancelled_while_it_waited_never_runs(db: SqliteDatabase, path: Path) -> None:
    async with held(db):
        gone, stays = (asyncio.create_task(db.write(add, None, text)) for text in ("gone", "stays"))
        await started(gone, stays)
        gone.cancel()
        await asyncio.wait([gone])
    assert await stays == "stays"
    assert gone.cancelled()
    assert seen_by_others(path) == ["stays"]


async def test_what_was_cancelled_while_it_ran_disturbs_nobody(db: SqliteDatabase, path: Path) -> None:
    reached, free = threading.Event(), threading.Event()

    def slow(conn: Connection, me: None) -> None:
        add(conn, me, "under way")
        reached.set()
        assert free.wait(PATIENCE)

    running = asyncio.create_task(db.write(slow, None))
    await wait_for(reached)
    running.cancel()
    free.set()
    assert await db.write(add, None, "next") == "next"
    assert running.cancelled()
    assert seen_by_others(path) == ["next", "under way"]


async def test_a_full_queue_is_told_at_once(db: SqliteDatabase, path: Path) -> None:
    async with held(db):
        waiting = [asyncio.create_task(db.write(add, None, f"{number}")) for number in range(QUEUE_LIMIT)]
        await started(*waiting)
        with pytest.raises(Busy) as refused:
            await db.write(add, None, "one too many")
        assert refused.value.status == 503
    await asyncio.gather(*waiting)
    assert len(seen_by_others(path)) == QUEUE_LIMIT


async def test_stopping_finishes_what_was_taken_and_takes_no_more(db: SqliteDatabase, path: Path) -> None:
    async with held(db):
        waiting = [asyncio.create_task(db.write(add, None, f"{number:03}")) for number in range(BATCH_LIMIT * 2)]
        await started(*waiting)
        stopping = asyncio.create_task(db.stop())
        await started(stopping)
        with pytest.raises(Unavailable):
            await db.write(add, None, "too late")
    await stopping
    assert await asyncio.gather(*waiting) == seen_by_others(path)
    await db.start()


async def test_a_read_or_scan_leaves_no_transaction_open(db: SqliteDatabase, path: Path) -> None:
    def refused(conn: Connection) -> None:
        texts(conn)
        raise NotFound

    await db.write(add, None, "a")
    for door in (db.read, db.scan):
        assert await door(texts) == ["a"]
        with pytest.raises(NotFound):
            await door(refused)
    with closing(sqlite3.connect(path)) as other:
        busy, in_log, written_back = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert (busy, in_log, written_back) == (0, 0, 0), "a reader would have kept the log"


async def test_a_read_sees_one_state_and_cannot_write(db: SqliteDatabase) -> None:
    def twice(conn: Connection) -> tuple[list[str], list[str]]:
        before = texts(conn)
        reached.set()
        assert free.wait(PATIENCE)
        return before, texts(conn)

    reached, free = threading.Event(), threading.Event()
    scanning = asyncio.create_task(db.scan(twice))
    await wait_for(reached)
    await db.write(add, None, "meanwhile")
    free.set()
    assert await scanning == ([], [])
    for door in (db.read, db.scan):
        with pytest.raises(OperationalError, match="readonly"):
            await door(add, None, "by a read")


async def test_reads_run_on_the_event_loop_and_scans_and_writes_do_not(db: SqliteDatabase) -> None:
    def where(_conn: Connection, *_: object) -> int:
        return threading.get_ident()

    here = threading.get_ident()
    assert await db.read(where) == here
    assert here not in (await db.scan(where), await db.write(where, None))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("cache_size", -32000),
        ("temp_store", 2),
    ],
)
async def test_every_connection_is_set_up_to_keep_what_it_is_given(
    db: SqliteDatabase, name: str, value: object
) -> None:
    def pragma(conn: Connection, *_: object) -> object:
        return conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()

    assert await db.read(pragma) == await db.scan(pragma) == await db.write(pragma, None) == value
