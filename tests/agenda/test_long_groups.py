"""A group of more than a hundred goes on, page by page, with the sum of the whole."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from app.accounts.me import Me
from app.core.ids import new_id
from app.tasks.models import TASKS
from app.tasks.service import blank
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import DEFAULT_NOW


@pytest.fixture
async def dana(alice: ApiClient) -> str:
    return (await make.add(alice, "contacts", make.contact()))["id"]


async def test_a_group_goes_on_past_a_hundred(alice: ApiClient, app: FastAPI, dana: str) -> None:
    await fill(app, alice, dana, {"today": 230, "overdue": 101, "later": 100})
    upcoming = {group["name"]: group for group in (await make.get(alice, "upcoming"))["groups"]}
    assert {name: len(group["tasks"]) for name, group in upcoming.items() if group["tasks"]} == {
        "today": 100,
        "overdue": 100,
        "later": 100,
    }
    assert upcoming["later"]["next"] is None
    for name, number in (("today", 230), ("overdue", 101)):
        assert upcoming[name]["minutes"] == number * 7
        seen, after = [task["id"] for task in upcoming[name]["tasks"]], upcoming[name]["next"]
        while after is not None:
            answer = await make.get(alice, f"upcoming?group={name}&after={after}")
            (group,) = answer["groups"]
            assert group["name"] == name
            assert group["minutes"] == number * 7, "the sum of the whole group on every page"
            seen += [task["id"] for task in group["tasks"]]
            after = group["next"]
        assert len(seen) == len(set(seen)) == number


async def fill(app: FastAPI, client: ApiClient, dana: str, groups: dict[str, int]) -> None:
    """Many tasks at once, some with the same instant, straight into the table; in `today` some are awake again."""
    me = Me(client.account["id"])
    starts = {"today": timedelta(minutes=1), "overdue": timedelta(days=-9), "later": timedelta(days=30)}
    rows: list[dict[str, Any]] = []
    for name, number in groups.items():
        for index in range(number):
            due = DEFAULT_NOW + starts[name] + timedelta(seconds=index // 3)
            awake = name == "today" and index % 2
            rows.append(
                {
                    **blank(me, new_id(DEFAULT_NOW), DEFAULT_NOW),
                    "contact_id": dana,
                    "action": "custom",
                    "channel": "other",
                    "title": f"{name} {index}",
                    "why": "Many.",
                    "start_at": DEFAULT_NOW,
                    "due_at": due,
                    "timezone": make.ZONE,
                    "act_at": DEFAULT_NOW - timedelta(minutes=index // 3) if awake and index else due,
                    "snoozed_until": DEFAULT_NOW - timedelta(minutes=index // 3) if awake and index else None,
                    "because": "the time you chose",
                    "minutes": 7,
                    "requires": [],
                    "needs": [],
                }
            )
    await app.state.db.write(lambda conn, _me: conn.execute(insert(TASKS), rows) and None, me)
