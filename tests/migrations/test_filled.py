"""A database that a released version filled reaches this version's schema with the same rows and answers."""

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, DateTime, Engine, LargeBinary, MetaData, Time, insert, select
from sqlalchemy.types import Date

from app.core.config import Settings
from app.core.migrate import upgrade
from app.main import create_app
from tests.migrations.conftest import ask
from tests.migrations.record import RELEASED, plain
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

RELEASES = [json.loads(path.read_text()) for path in sorted(RELEASED.glob("*.json"))]


def stored(value: Any, kind: Any) -> Any:
    """A value of the record as a column of this kind takes it."""
    if value is None or not isinstance(value, str | dict):
        return value
    if isinstance(kind, LargeBinary) and isinstance(value, dict):
        return b64decode(value["base64"])
    for of, parse in ((DateTime, datetime.fromisoformat), (Date, date.fromisoformat), (Time, time.fromisoformat)):
        if isinstance(kind, of):
            return parse(str(value))
    return value


def fill(engine: Engine, release: dict[str, Any]) -> None:
    """Put the rows of a record into a database that stands at its revision."""
    found = MetaData()
    found.reflect(engine)
    with engine.begin() as conn:
        for table in found.sorted_tables:
            rows = release["rows"].get(table.name, [])
            if table.name == "instance":
                continue  # the migration itself makes that row
            values = [{name: stored(value, table.c[name].type) for name, value in row.items()} for row in rows]
            if values:
                conn.execute(insert(table), values)


def as_kept(conn: Connection) -> dict[str, list[dict[str, Any]]]:
    found = MetaData()
    found.reflect(conn)
    return {table.name: [dict(row) for row in conn.execute(select(table)).mappings()] for table in found.sorted_tables}


def comparable(value: Any) -> Any:
    """The databases tell instants with and without their offset, and truth as 1 and true."""
    text = plain(value)
    return text.removesuffix("+00:00") if isinstance(text, str) else int(text) if isinstance(text, bool) else text


def told(shown: Any, recorded: Any) -> bool:
    """Whether an answer still says everything that was recorded; a later version may say more."""
    if isinstance(recorded, dict):
        return isinstance(shown, dict) and all(
            name in shown and told(shown[name], value) for name, value in recorded.items()
        )
    if isinstance(recorded, list):
        return len(shown) == len(recorded) and all(map(told, shown, recorded))
    return shown == recorded


@pytest.fixture(params=RELEASES, ids=lambda release: release["revision"])
def release(request: pytest.FixtureRequest, migrate: Callable[[str], None], engine: Engine) -> dict[str, Any]:
    """What a released version had in its database, which is now in the empty one."""
    migrate(request.param["revision"])
    fill(engine, request.param)
    return request.param


def test_there_is_a_record_of_the_first_release() -> None:
    assert [release["revision"] for release in RELEASES][:1] == ["20261124a"]
    for release in RELEASES:
        assert {name for name, rows in release["rows"].items() if not rows} <= {"invites"}, "a row of every kind"


def test_no_row_is_lost_or_changed_on_the_way(release: dict[str, Any], engine: Engine, empty_url: str) -> None:
    before = ask(engine, as_kept)
    upgrade(empty_url)
    after = ask(engine, as_kept)
    for table, rows in before.items():
        if table == "alembic_version":
            continue
        shared = [name for name in rows[0] if name in after[table][0]] if rows else []
        one, other = (
            sorted([str([comparable(row[name]) for name in shared]) for row in kept]) for kept in (rows, after[table])
        )
        assert one == other, table
        assert len(rows) == len(release["rows"].get(table, rows)), table


async def test_every_answer_is_the_one_that_was_given_then(
    release: dict[str, Any], empty_url: str, tmp_path: Path
) -> None:
    upgrade(empty_url)
    settings = Settings(data_dir=tmp_path, database_url=empty_url, password_hash_cost="test")
    app = create_app(settings, clock=FrozenClock())
    async with app.router.lifespan_context(app):
        for secret, answers in release["answers"].items():
            async with ApiClient(app, headers={"Authorization": f"Bearer {secret}"}) as user:
                for path, recorded in answers.items():
                    answer = await user.get(f"{make.API}/{path}")
                    assert answer.status_code == httpx.codes.OK, answer.text
                    assert told(answer.json(), recorded), path
