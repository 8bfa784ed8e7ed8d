"""The door to PostgreSQL: one writer an owner at a time, one more try after a deadlock or a lost connection."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError

from app.core.db import Busy
from app.core.db_postgres import CommitUnknown, PostgresDatabase
from app.core.prepared import Prepared
from app.core.problems import InsufficientStorage, NotFound, Problem, Unavailable
from tests.core.notes import started

pytestmark = pytest.mark.database("postgresql")

LOCK_OWNER = Prepared(text("SELECT name FROM owners WHERE name = :owner_id FOR NO KEY UPDATE"))
DIE = "SELECT pg_terminate_backend(pg_backend_pid())"


@dataclass(frozen=True)
class Owner:
    owner_id: str


ANA, BEA = Owner("Ana"), Owner("Bea")


@pytest.fixture
def other(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Another program at the same database."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE owners (name text PRIMARY KEY)")
        connection.execute("INSERT INTO owners VALUES ('Ana'), ('Bea')")
        connection.execute("CREATE TABLE notes (text text PRIMARY KEY)")
        yield connection


@pytest.fixture
async def db(database_url: str, other: psycopg.Connection[Any]) -> AsyncIterator[PostgresDatabase]:
    database = PostgresDatabase(database_url, lock_owner=LOCK_OWNER, pool_size=16)
    await database.start()
    yield database
    await database.stop()


@dataclass
class Tries:
    """An op that adds a note after running `statement`, the first `times` that it is run."""

    statement: str = "SELECT 1"
    times: int = 2
    run: int = 0

    def __call__(self, conn: Connection, *_: object) -> int:
        self.run += 1
        if self.run <= self.times:
            conn.exec_driver_sql(self.statement)
        conn.exec_driver_sql(f"INSERT INTO notes VALUES ('{self.run}')")
        return self.run


def failing(state: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'as the server says it' USING ERRCODE = '{state}'; END $$"


def fail_at_commit(other: psycopg.Connection[Any], statement: str) -> None:
    body = f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN {statement}; END $f$"
    other.execute(body.encode())
    other.execute(
        "CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION fail()"
    )


def notes(other: psycopg.Connection[Any]) -> list[str]:
    return [note for (note,) in other.execute("SELECT text FROM notes ORDER BY text")]


@pytest.mark.parametrize("statement", [failing("40P01"), failing("40001"), DIE])
async def test_a_deadlock_or_a_lost_connection_is_tried_once_more(
    db: PostgresDatabase, other: psycopg.Connection[Any], statement: str
) -> None:
    assert await db.write(Tries(statement, times=1), ANA) == 2
    assert notes(other) == ["2"]


@pytest.mark.parametrize("statement", [failing("40P01"), failing("40001"), DIE])
async def test_there_is_no_third_try(db: PostgresDatabase, other: psycopg.Connection[Any], statement: str) -> None:
    op = Tries(statement)
    with pytest.raises(Unavailable):
        await db.write(op, ANA)
    assert (op.run, notes(other)) == (2, [])


async def test_a_connection_lost_during_commit_is_told_and_not_tried_again(
    db: PostgresDatabase, other: psycopg.Connection[Any]
) -> None:
    fail_at_commit(other, "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL")
    op = Tries()
    with pytest.raises(CommitUnknown, match="Idempotency-Key") as told:
        await db.write(op, ANA)
    assert (op.run, told.value.status) == (1, 503)
    other.execute("DROP TRIGGER fails ON notes")
    assert await db.write(Tries(), ANA) == 1, "the pool has a living connection again"


@pytest.mark.parametrize(
    ("state", "problem", "tries"), [("40001", Unavailable, 2), ("53100", InsufficientStorage, 1), ("23505", None, 1)]
)
async def test_what_the_server_refuses_at_commit_did_not_happen(
    db: PostgresDatabase, other: psycopg.Connection[Any], state: str, problem: type[Problem] | None, tries: int
) -> None:
    fail_at_commit(other, f"RAISE EXCEPTION 'no' USING ERRCODE = '{state}'")
    op = Tries()
    with pytest.raises(problem or IntegrityError):
        await db.write(op, ANA)
    assert (op.run, notes(other)) == (tries, [])


@pytest.mark.parametrize(
    ("state", "raised"),
    [
        ("53100", InsufficientStorage),
        ("53300", Unavailable),
        ("55P03", Unavailable),
        ("57P03", Unavailable),
        ("23503", IntegrityError),
        ("42P01", DBAPIError),
    ],
)
async def test_what_the_server_says_is_told_by_its_name_through_each_door(
    db: PostgresDatabase, state: str, raised: type[Exception]
) -> None:
    for door, args in ((db.write, (ANA,)), (db.read, ()), (db.scan, ())):
        op = Tries(failing(state))
        with pytest.raises(raised):
            await door(op, *args)
        assert op.run == 1


async def test_a_server_that_is_away_is_told(other: psycopg.Connection[Any], tmp_path: Any) -> None:
    database = PostgresDatabase(f"postgresql://postgres@/none?host={tmp_path}", lock_owner=LOCK_OWNER, pool_size=1)
    op = Tries()
    for call in (database.write(op, ANA), database.read(op), database.scan(op)):
        with pytest.raises(Unavailable):
            await call
    assert op.run == 0
    await database.stop()


async def test_an_op_that_refuses_leaves_nothing(db: PostgresDatabase, other: psycopg.Connection[Any]) -> None:
    def op(conn: Connection, *_: object) -> None:
        conn.exec_driver_sql("INSERT INTO notes VALUES ('a')")
        raise NotFound

    with pytest.raises(NotFound):
        await db.write(op, ANA)
    assert notes(other) == []


async def test_writes_of_one_owner_come_one_after_another(db: PostgresDatabase) -> None:
    def read_then_write(conn: Connection, *_: object) -> int:
        number = conn.exec_driver_sql("SELECT count(*) FROM notes").scalar_one()
        conn.exec_driver_sql(f"INSERT INTO notes VALUES ('{number}')")
        return number

    answers = await asyncio.gather(*(db.write(read_then_write, ANA) for _ in range(12)))
    assert sorted(answers) == list(range(12))


async def test_writes_of_other_owners_do_not_wait(db: PostgresDatabase, other: psycopg.Connection[Any]) -> None:
    with other.transaction():
        other.execute("SELECT name FROM owners WHERE name = 'Ana' FOR UPDATE")
        waiting = asyncio.create_task(db.write(Tries(), ANA))
        assert await db.write(Tries(run=10), BEA) == 11
        assert await db.write(Tries(run=20), None) == 21
        assert not waiting.done()
    assert await waiting == 1


async def test_a_pool_without_a_free_connection_is_told(database_url: str, other: psycopg.Connection[Any]) -> None:
    small = PostgresDatabase(database_url, lock_owner=LOCK_OWNER, pool_size=1, pool_seconds=0)
    with other.transaction():
        other.execute("SELECT name FROM owners WHERE name = 'Ana' FOR UPDATE")
        waiting = asyncio.create_task(small.write(Tries(), ANA))
        await started(waiting)
        for call in (small.write(Tries(), BEA), small.read(Tries())):
            with pytest.raises(Busy):
                await call
    assert await waiting == 1
    await small.stop()


async def test_a_read_changes_nothing_and_leaves_no_transaction_open(
    db: PostgresDatabase, other: psycopg.Connection[Any]
) -> None:
    def refused(_conn: Connection) -> None:
        raise NotFound

    for door in (db.read, db.scan):
        with pytest.raises(InternalError):
            await door(Tries())
        with pytest.raises(NotFound):
            await door(refused)
    assert notes(other) == []
    states = other.execute(
        "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert {state for (state,) in states} == {"idle"}
