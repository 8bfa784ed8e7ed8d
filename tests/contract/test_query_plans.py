"""The reads a page waits for go by an index: no statement of theirs walks through a table that grows."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.models import METADATA
from tests.contract.examples import Rows, settle
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.statements import recorded

SMALL = {"instance", "invites"}
GROWING = [*sorted(table for table in METADATA.tables if table not in SMALL), "search_contacts", "found"]
HOT = (
    *("contacts/{contact}", "encounters/{encounter}", "tasks/{task}", "upcoming", "upcoming?group=today", "me"),
    *("playbook", "events", "events/people?event=PyData%20mixer", "events/people?event=PyData%20mixer&on=2026-03-03"),
    *("contacts/{contact}/timeline", "contacts/{contact}/touches", "merges"),
    *("contacts/{contact}/duplicates", "duplicates"),
    *("contacts?q=noor", "contacts?q=noor%20n&tag=go&tier=A"),
    *("contacts", "contacts?sort=recent", "contacts?tag=go", "contacts?limit=1", "encounters", "tasks"),
    *("encounters?contact_id={contact}", "encounters?event=PyData%20mixer", "tasks?status=open"),
    *("tasks?contact_id={contact}", "tasks?encounter_id={encounter}", "tokens", "sessions"),
)


def walks(database: Path, statement: str, parameters: Any) -> list[str]:
    """The steps of the plan that read a growing table from one end to the other."""
    with closing(sqlite3.connect(database)) as conn:
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    return [step for step in plan if re.match(rf"SCAN ({'|'.join(GROWING)})\b", step)]


@pytest.mark.database("sqlite")
async def test_hot_reads_go_by_an_index(
    app: FastAPI, alice: ApiClient, data_dir: Path, subtests: pytest.Subtests
) -> None:
    rows: Rows = await settle(alice)
    for path in HOT:
        with subtests.test(path):
            with recorded(app) as seen:
                await make.get(alice, path.format(**rows))
            assert len(seen) > 1, "who asks, and what they asked for"
            assert [step for one in seen for step in walks(data_dir / "sundown.db", *one)] == []


@pytest.mark.database("sqlite")
async def test_later_pages_go_by_an_index(app: FastAPI, alice: ApiClient, data_dir: Path) -> None:
    await settle(alice)
    for path in ("contacts?limit=1", "contacts?limit=1&sort=recent", "encounters?limit=1", "tasks?limit=1"):
        after = (await make.get(alice, path))["next"]
        with recorded(app) as seen:
            await make.get(alice, f"{path}&after={after}")
        assert [step for one in seen for step in walks(data_dir / "sundown.db", *one)] == [], path


@pytest.mark.database("sqlite")
async def test_a_capture_goes_by_an_index(app: FastAPI, alice: ApiClient, data_dir: Path) -> None:
    with recorded(app) as seen:
        await alice.post(f"{make.API}/captures", json=make.capture(), headers={"Idempotency-Key": "one"})
    assert [step for one in seen for step in walks(data_dir / "sundown.db", *one)] == []


@pytest.mark.database("sqlite")
async def test_a_walk_through_a_table_is_seen(app: FastAPI, data_dir: Path) -> None:
    assert walks(data_dir / "sundown.db", "SELECT * FROM tasks WHERE title = ?", ("x",)) == ["SCAN tasks"]


@pytest.mark.database("sqlite")
async def test_the_index_of_words_drives_a_search_and_gives_the_order(
    app: FastAPI, alice: ApiClient, data_dir: Path
) -> None:
    await settle(alice)
    with recorded(app) as seen:
        await make.get(alice, "contacts?q=noor%20n&tag=go")
    for statement, parameters in seen:
        if "search_words" in statement:
            with closing(sqlite3.connect(data_dir / "sundown.db")) as conn:
                plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert plan[0].startswith("SCAN search_words VIRTUAL TABLE")
            assert not [step for step in plan if "TEMP B-TREE" in step], "the limit would come after every match"


MANY_CONTACTS = """
INSERT INTO contacts SELECT (jsonb_populate_record(c, jsonb_build_object('id', 'person ' || n))).*
FROM contacts AS c, generate_series(1, 20000) AS n
"""
MANY_WORDS = """
INSERT INTO search_contacts (owner_id, contact_id, words)
SELECT owner_id, id, CAST(replace(id, 'person ', 'dana w') || said AS tsvector)
FROM contacts, LATERAL (SELECT string_agg(' ' || md5(id || n), '') AS said FROM generate_series(1, 20) AS n) AS notes
WHERE id LIKE 'person %'
"""


@pytest.mark.database("postgresql")
async def test_the_index_of_words_drives_a_search_on_postgresql(app: FastAPI, alice: ApiClient) -> None:
    def fill(conn: Any, _me: None) -> None:
        for statement in (MANY_CONTACTS, MANY_WORDS, "ANALYZE contacts, search_contacts"):
            conn.execute(text(statement))

    def plan(conn: Any, statement: str, parameters: Any) -> str:
        return "\n".join(conn.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars())

    await make.add(alice, "contacts", make.contact())
    await app.state.db.write(fill, None)
    with recorded(app) as seen:
        assert len((await make.get(alice, "contacts?q=dana%20w777&limit=20"))["items"]) == 11
    searches = [one for one in seen if "tsquery" in one[0]]
    assert len(searches) == 3
    for statement, parameters in searches:
        steps = await app.state.db.read(plan, statement, parameters)
        _, scan, condition = steps.partition("Bitmap Index Scan on ix_search_contacts_words")
        assert scan, steps
        assert "owner_id" in condition.partition("Index Cond")[2].splitlines()[0], "the owner is in the index, too"
