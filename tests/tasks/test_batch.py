"""One verb for many tasks: all of them, or none and the position that was refused."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.tasks.models import TOUCHES
from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

BATCH = f"{make.API}/tasks/batch"
INVALID, CONFLICT = httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.CONFLICT
UNTIL = "2026-03-04T08:00:00Z"


@pytest.fixture
async def ids(alice: ApiClient) -> list[str]:
    person = await make.add(alice, "contacts", make.contact())
    return [(await make.add(alice, "tasks", make.task(person["id"])))["id"] for _ in range(3)]


async def states(client: ApiClient) -> set[str]:
    return {task["status"] for task in (await make.get(client, "tasks"))["items"]}


async def count_touches(app: FastAPI) -> int:
    return len(await app.state.db.read(lambda conn: conn.execute(TOUCHES.select()).all()))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"do": "complete", "at": "2026-03-01T12:00:00Z"}, {"status": "done", "completed_at": "2026-03-01T12:00:00Z"}),
        ({"do": "complete", "channel": "email", "note": "By e-mail.", "outcome": "Sent"}, {"outcome": "Sent"}),
        ({"do": "skip", "reason": "Let these go"}, {"status": "skipped", "skip_reason": "Let these go"}),
        ({"do": "skip"}, {"status": "skipped", "skip_reason": None}),
        ({"do": "snooze", "until": UNTIL}, {"status": "open", "snoozed_until": UNTIL, "act_at": UNTIL}),
        ({"do": "plan", "planned_on": "2026-03-05"}, {"status": "open", "planned_on": "2026-03-05"}),
        ({"do": "plan", "planned_on": None}, {"planned_on": None}),
        ({"do": "reopen"}, {"status": "open", "snoozed_until": None}),
    ],
)
async def test_each_verb_does_to_many_what_it_does_to_one(
    alice: ApiClient, ids: list[str], words: dict[str, Any], expected: dict[str, Any]
) -> None:
    answer = await alice.post(BATCH, json={"ids": ids, **words})
    assert answer.status_code == httpx.codes.OK, answer.text
    items = answer.json()["items"]
    assert [item["id"] for item in items] == ids
    for item in items:
        assert {name: item[name] for name in expected} == expected
        assert item == await make.get(alice, f"tasks/{item['id']}")


async def test_doing_many_records_a_touch_for_each_and_repeating_it_none(
    alice: ApiClient, app: FastAPI, ids: list[str]
) -> None:
    for _ in range(2):
        assert (await alice.post(BATCH, json={"ids": [*ids, ids[0]], "do": "complete"})).is_success
        assert await count_touches(app) == 3
    assert (await alice.post(BATCH, json={"ids": ids, "do": "reopen"})).is_success
    assert await count_touches(app) == 0


async def test_one_that_may_not_is_named_and_none_is_done(alice: ApiClient, app: FastAPI, ids: list[str]) -> None:
    await alice.post(f"{make.API}/tasks/{ids[2]}/skip")
    answer = await alice.post(BATCH, json={"ids": ids, "do": "complete"})
    assert check_problem(answer, CONFLICT)["type"] == "/problems/task-skipped"
    assert pointers(answer) == ["#/ids/2"]
    assert await states(alice) == {"open", "skipped"}
    assert await count_touches(app) == 0


async def test_one_that_is_not_there_is_named_and_none_is_done(
    alice: ApiClient, bob: ApiClient, app: FastAPI, ids: list[str]
) -> None:
    person = await make.add(bob, "contacts", make.contact())
    theirs = await make.add(bob, "tasks", make.task(person["id"]))
    for absent in (make.NOBODY, theirs["id"]):
        answer = await alice.post(BATCH, json={"ids": [ids[0], absent, ids[1]], "do": "complete"})
        check_problem(answer, INVALID)
        assert pointers(answer) == ["#/ids/1"]
    assert await states(alice) == await states(bob) == {"open"}
    assert await count_touches(app) == 0


async def test_a_hundred_at_once_are_taken(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    ids = [(await make.add(alice, "tasks", make.task(person["id"])))["id"] for _ in range(100)]
    answer = await alice.post(BATCH, json={"ids": ids, "do": "skip", "reason": "Let these go"})
    assert len(answer.json()["items"]) == 100
    assert await states(alice) == {"skipped"}


@pytest.mark.parametrize(
    "words",
    [
        {"do": "complete", "reason": "x"},
        {"do": "complete", "until": UNTIL},
        {"do": "reopen", "note": "x"},
        {"do": "plan"},
        {"do": "plan", "planned_on": "2026-03-05", "at": UNTIL},
        {"do": "snooze", "until": None},
        {"do": "snooze", "until": UNTIL, "planned_on": None},
    ],
)
async def test_a_verb_takes_its_own_words_only(alice: ApiClient, ids: list[str], words: dict[str, Any]) -> None:
    answer = await alice.post(BATCH, json={"ids": ids, **words})
    problem = check_problem(answer, INVALID)
    assert words["do"] in problem["errors"][0]["detail"]
    assert await states(alice) == {"open"}
