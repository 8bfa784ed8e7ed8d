"""Upcoming reads open tasks alone: years of done ones cost nothing, with and without statistics."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.agenda import queries
from tests.contract.test_query_plans import recorded
from tests.support import factories as make
from tests.support.clients import ApiClient

OVER_ALL = "ix_tasks_owner_id_act_at_id"


def plans(database: Path, seen: list[tuple[str, Any]]) -> list[str]:
    """The steps of every statement's plan that read tasks."""
    with closing(sqlite3.connect(database)) as conn:
        steps = [row[3] for one in seen for row in conn.execute(f"EXPLAIN QUERY PLAN {one[0]}", one[1])]
    return [step for step in steps if " tasks " in step]


def make_anew(database: Path, index: str) -> None:
    """Of two indexes that look alike to SQLite it takes the younger, so that the other has to be better."""
    with closing(sqlite3.connect(database)) as conn:
        (statement,) = conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
        conn.execute(f"DROP INDEX {index}")
        conn.execute(statement)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("rows_a_page", [queries.GROUP_LIMIT, 1])
async def test_no_group_is_read_from_the_index_over_all_tasks(
    app: FastAPI, alice: ApiClient, data_dir: Path, monkeypatch: pytest.MonkeyPatch, rows_a_page: int
) -> None:
    for number in range(3):
        await make.add(alice, "captures", make.capture(event="PyData mixer", name=f"Person {number}"))
    monkeypatch.setattr(queries, "GROUP_LIMIT", rows_a_page)
    make_anew(data_dir / "sundown.db", OVER_ALL)
    with recorded(app) as seen:
        first = await make.get(alice, "upcoming")
        after = first["groups"][3]["next"]
        await make.get(alice, "upcoming?group=tomorrow" + (f"&after={after}" if after else ""))
    found = plans(data_dir / "sundown.db", seen)
    assert any("ix_tasks_open" in step for step in found)
    assert any("ix_tasks_stacked" in step for step in found) == (rows_a_page == 1)
    assert [step for step in found if OVER_ALL in step or "SCAN tasks" in step] == []
