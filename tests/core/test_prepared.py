"""Statements run on the driver give what SQLAlchemy would give, values, types and errors alike."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, bindparam, delete, insert, select, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError, NoResultFound, OperationalError, ProgrammingError
from sqlalchemy.schema import CreateTable

from app.core.columns import Instant, Json
from app.core.db import Database, open_database
from app.core.prepared import LONGEST_KEPT, Prepared

METADATA = MetaData()
THINGS = Table(
    "things",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(20)),
    Column("at", Instant),
    Column("tags", Json),
)
ADD = Prepared(insert(THINGS))
EVERY = Prepared(select(THINGS).order_by(THINGS.c.id))
NAMED = Prepared(select(THINGS.c.id).where(THINGS.c.name.in_(bindparam("names", expanding=True))).order_by(THINGS.c.id))
ODD = Prepared(select(THINGS.c.id).where(THINGS.c.id.in_((1, 3)), THINGS.c.name != bindparam("name")))
BEFORE = Prepared(select(THINGS.c.id).where(THINGS.c.at < bindparam("at", type_=THINGS.c.at.type)))
AT_NOON = Prepared(select(THINGS.c.id).where(THINGS.c.at == datetime(2026, 3, 4, 12, tzinfo=UTC)))
WRITTEN = Prepared(text("SELECT name, 100 % 7 AS rest FROM things WHERE id = :id"))
FORGET = Prepared(delete(THINGS).where(THINGS.c.id == bindparam("id")).returning(THINGS.c.name))
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROWS: list[dict[str, Any]] = [
    {"id": 1, "name": "lamp", "at": NOON, "tags": ["a", {"ü": None}]},
    {"id": 2, "name": None, "at": None, "tags": None},
    {"id": 3, "name": "ladder", "at": NOON + timedelta(hours=1, microseconds=1), "tags": []},
]


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = open_database(database_url, lock_owner=Prepared(text("SELECT 1")), pool_size=2)
    await database.start()

    def fill(conn: Connection, _me: None) -> None:
        conn.execute(CreateTable(THINGS))
        ADD.run(conn, *ROWS)

    await database.write(fill, None)
    yield database
    await database.stop()


async def test_rows_come_back_as_they_went_in(db: Database) -> None:
    assert await db.read(EVERY.all, {}) == ROWS
    assert await db.read(EVERY.first, {}) == ROWS[0]


async def test_a_time_is_bound_in_any_zone(db: Database) -> None:
    east = NOON.astimezone(timezone(timedelta(hours=9))) + timedelta(microseconds=1)
    assert await db.read(BEFORE.scalars, {"at": east}) == [1]
    assert await db.read(AT_NOON.scalars, {}) == [1]


@pytest.mark.parametrize(
    ("names", "found"), [([], []), (["lamp"], [1]), (["ladder", "lamp", "none"], [1, 3]), (["ladder"], [3])]
)
async def test_a_list_may_have_any_length(db: Database, names: list[str], found: list[int]) -> None:
    assert await db.read(NAMED.scalars, {"names": names}) == found


async def test_a_list_longer_than_any_plan_that_is_kept(db: Database) -> None:
    names = [f"no. {number}" for number in range(LONGEST_KEPT)]
    assert await db.read(NAMED.scalars, {"names": [*names, "lamp"]}) == [1]
    assert await db.read(NAMED.scalars, {"names": ["ladder", *names, "lamp"]}) == [1, 3]


async def test_values_of_the_statement_itself_are_bound_too(db: Database) -> None:
    assert await db.read(ODD.scalars, {"name": "lamp"}) == [3]
    assert await db.read(ODD.scalars, {"name": "lantern"}) == [1, 3]


async def test_text_names_its_columns(db: Database) -> None:
    assert await db.read(WRITTEN.all, {"id": 3}) == [{"name": "ladder", "rest": 2}]


async def test_nothing_found(db: Database) -> None:
    assert await db.read(WRITTEN.all, {"id": 9}) == []
    assert await db.read(WRITTEN.first, {"id": 9}) is None
    with pytest.raises(NoResultFound):
        await db.read(WRITTEN.one, {"id": 9})


async def test_what_is_deleted_can_be_answered(db: Database) -> None:
    assert await db.write(lambda conn, _me: FORGET.scalars(conn, {"id": 3}), None) == ["ladder"]
    assert await db.read(NAMED.scalars, {"names": ["ladder"]}) == []


async def test_running_for_no_rows_runs_nothing(db: Database) -> None:
    await db.write(lambda conn, _me: ADD.run(conn), None)
    assert len(await db.read(EVERY.all, {})) == len(ROWS)


async def test_an_error_of_the_driver_is_sqlalchemys_and_undoes_the_op(db: Database) -> None:
    def twice(conn: Connection, _me: None) -> None:
        ADD.run(conn, {"id": 4, "name": None, "at": None, "tags": None})
        ADD.run(conn, ROWS[0])

    with pytest.raises(IntegrityError):
        await db.write(twice, None)
    with pytest.raises((OperationalError, ProgrammingError)):
        await db.read(Prepared(text("SELECT none FROM nothing")).all, {})
    assert await db.read(EVERY.all, {}) == ROWS


async def test_a_value_that_was_forgotten_is_an_error(db: Database) -> None:
    with pytest.raises((KeyError, InvalidRequestError)):
        await db.read(BEFORE.scalars, {})
