"""Done, snoozed and skipped: three different things, each idempotent, each undone by reopen (product.md, 2.10)."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.tasks.models import TOUCHES
from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

CONFLICT, INVALID = httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY
NOW, UNTIL = "2026-03-03T15:30:00Z", "2026-03-04T08:00:00Z"
BODIES: dict[str, Any] = {"snooze": {"until": UNTIL}}


@pytest.fixture
async def dana(alice: ApiClient) -> str:
    return (await make.add(alice, "contacts", make.contact()))["id"]


@pytest.fixture
async def task(alice: ApiClient, dana: str) -> dict[str, Any]:
    return await make.add(alice, "tasks", make.task(dana))


async def send(client: ApiClient, task: dict[str, Any], verb: str, body: Any = None) -> httpx.Response:
    body = BODIES.get(verb) if body is None else body
    return await client.post(f"{make.API}/tasks/{task['id']}/{verb}", json=body)


async def do(client: ApiClient, task: dict[str, Any], verb: str, body: Any = None) -> dict[str, Any]:
    answer = await send(client, task, verb, body)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()


async def touches(app: FastAPI) -> list[dict[str, Any]]:
    def read(conn: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in conn.execute(TOUCHES.select()).mappings()]

    return await app.state.db.read(read)


async def test_done_records_one_touch(alice: ApiClient, app: FastAPI, task: dict[str, Any], dana: str) -> None:
    done = await do(alice, task, "complete", {"outcome": "She was pleased.", "note": "Sent with the slides."})
    assert (done["status"], done["completed_at"], done["outcome"]) == ("done", NOW, "She was pleased.")
    (touch,) = await touches(app)
    assert (touch["contact_id"], touch["task_id"]) == (dana, task["id"])
    assert (touch["channel"], touch["direction"], touch["note"]) == ("email", "out", "Sent with the slides.")
    assert (await make.get(alice, f"contacts/{dana}"))["last_touch_at"] == NOW


async def test_done_on_another_channel_is_a_touch_on_that_channel(
    alice: ApiClient, app: FastAPI, task: dict[str, Any]
) -> None:
    await do(alice, task, "complete", {"channel": "in_person"})
    assert [touch["channel"] for touch in await touches(app)] == ["in_person"]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"null", b' {"at": null, "channel": null, "note": null} '])
async def test_done_takes_no_body_or_an_empty_one(
    alice: ApiClient, task: dict[str, Any], content: bytes | None
) -> None:
    address = f"{make.API}/tasks/{task['id']}/complete"
    answer = await alice.post(address, content=content, headers={"Content-Type": "application/json"})
    assert answer.json()["completed_at"] == NOW


async def test_done_needs_no_content_type_without_a_body(alice: ApiClient, task: dict[str, Any]) -> None:
    for verb in ("complete", "reopen", "skip"):
        assert (await alice.post(f"{make.API}/tasks/{task['id']}/{verb}")).is_success


async def test_done_may_be_back_dated(alice: ApiClient, app: FastAPI, task: dict[str, Any], dana: str) -> None:
    earlier = "2026-02-27T17:00:00Z"
    done = await do(alice, task, "complete", {"at": "2026-02-27T18:00:00+01:00"})
    assert done["completed_at"] == earlier
    assert (await make.get(alice, f"contacts/{dana}"))["last_touch_at"] == earlier


async def test_done_is_not_in_the_future(alice: ApiClient, app: FastAPI, task: dict[str, Any]) -> None:
    answer = await send(alice, task, "complete", {"at": make.moment(days=2)})
    check_problem(answer, INVALID)
    assert pointers(answer) == ["#/at"]
    assert await touches(app) == []


async def test_a_phone_whose_clock_is_a_little_ahead_may_say_done(alice: ApiClient, task: dict[str, Any]) -> None:
    ahead = make.moment(hours=3)
    assert (await do(alice, task, "complete", {"at": ahead}))["status"] == "done"


async def test_done_is_never_refused_because_something_is_missing(alice: ApiClient) -> None:
    nobody = await make.add(alice, "contacts", {"descriptor": "red scarf"})
    task = await make.add(alice, "tasks", make.task(nobody["id"], action="handwritten_note"))
    assert task["needs"] == ["name", "postal_address"]
    assert (await do(alice, task, "complete"))["status"] == "done"


async def test_finishing_a_card_is_no_touch(alice: ApiClient, app: FastAPI) -> None:
    made = await make.add(alice, "captures", make.capture())
    task = next(task for task in made["tasks"] if task["action"] == "finish_card_note")
    await do(alice, task, "complete")
    assert await touches(app) == []


async def test_a_snooze_hides_a_row_until_then_and_changes_no_deadline(alice: ApiClient, task: dict[str, Any]) -> None:
    snoozed = await do(alice, task, "snooze")
    assert (snoozed["snoozed_until"], snoozed["act_at"], snoozed["due_at"]) == (UNTIL, UNTIL, task["due_at"])
    assert snoozed["status"] == "open"
    assert snoozed["pinned"] is False
    later = await do(alice, task, "snooze", {"until": make.moment(days=30)})
    assert later["due_at"] == task["due_at"]


async def test_a_snooze_needs_to_know_until_when(alice: ApiClient, task: dict[str, Any]) -> None:
    for body in ({}, {"until": None}, {"until": "tomorrow"}):
        answer = await send(alice, task, "snooze", body)
        check_problem(answer, INVALID)
        assert pointers(answer) == ["#/until"]


async def test_a_skip_keeps_its_reason_and_is_no_touch(alice: ApiClient, app: FastAPI, task: dict[str, Any]) -> None:
    skipped = await do(alice, task, "skip", {"reason": "They moved away"})
    assert (skipped["status"], skipped["skip_reason"], skipped["completed_at"]) == ("skipped", "They moved away", None)
    assert await touches(app) == []


@pytest.mark.parametrize("verb", ["complete", "skip", "snooze", "reopen"])
async def test_saying_it_twice_answers_the_same_task_and_does_nothing_more(
    alice: ApiClient, app: FastAPI, clock: FrozenClock, task: dict[str, Any], verb: str
) -> None:
    if verb == "reopen":
        await do(alice, task, "complete")
    first = await do(alice, task, verb)
    before = await touches(app)
    clock.advance(timedelta(hours=1))
    again = await send(alice, task, verb)
    assert again.json() == first
    assert again.headers["etag"] == (await alice.get(f"{make.API}/tasks/{task['id']}")).headers["etag"]
    assert await touches(app) == before


@pytest.mark.parametrize("verb", ["complete", "skip", "snooze", "reopen"])
async def test_saying_it_twelve_times_at_once_does_it_once(
    alice: ApiClient, app: FastAPI, task: dict[str, Any], verb: str
) -> None:
    if verb == "reopen":
        await do(alice, task, "complete")
    answers = await asyncio.gather(*(send(alice, task, verb) for _ in range(12)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert len(await touches(app)) == (verb == "complete")


@pytest.mark.parametrize(
    ("first", "then", "problem"),
    [
        ("skip", "complete", "task-skipped"),
        ("complete", "skip", "task-done"),
        ("complete", "snooze", "task-done"),
        ("skip", "snooze", "task-skipped"),
    ],
)
async def test_what_is_over_is_reopened_before_it_becomes_something_else(
    alice: ApiClient, app: FastAPI, task: dict[str, Any], first: str, then: str, problem: str
) -> None:
    over = await do(alice, task, first)
    before = await touches(app)
    answer = await send(alice, task, then)
    assert check_problem(answer, CONFLICT)["type"] == f"/problems/{problem}"
    assert "Reopen" in answer.json()["detail"]
    assert await make.get(alice, f"tasks/{task['id']}") == over
    assert await touches(app) == before
    await do(alice, task, "reopen")
    await do(alice, task, then)


@pytest.mark.parametrize("verb", ["complete", "skip", "snooze"])
async def test_reopening_gives_the_task_back_as_it_was(alice: ApiClient, task: dict[str, Any], verb: str) -> None:
    body = {"complete": {"outcome": "Sent", "at": make.moment(days=-1)}, "skip": {"reason": "No"}}.get(verb)
    await do(alice, task, verb, body)
    back = await do(alice, task, "reopen")
    assert {name for name in task if task[name] != back[name]} <= {"updated_at"}


async def test_reopening_takes_back_exactly_the_touch_that_done_recorded(
    alice: ApiClient, app: FastAPI, task: dict[str, Any], dana: str
) -> None:
    other = await make.add(alice, "tasks", make.task(dana))
    await do(alice, other, "complete", {"at": make.moment(days=-2)})
    await do(alice, task, "complete")
    await do(alice, task, "reopen")
    assert [touch["task_id"] for touch in await touches(app)] == [other["id"]]
    last = (await make.get(alice, f"contacts/{dana}"))["last_touch_at"]
    assert last == "2026-03-01T15:30:00Z"


async def test_a_snoozed_task_may_be_done_or_skipped(alice: ApiClient, dana: str) -> None:
    for verb in ("complete", "skip"):
        task = await make.add(alice, "tasks", make.task(dana))
        await do(alice, task, "snooze")
        await do(alice, task, verb)
        assert (await do(alice, task, "reopen"))["snoozed_until"] is None


async def test_a_task_the_plan_took_away_can_still_be_done_or_skipped(alice: ApiClient, app: FastAPI) -> None:
    made = await make.add(alice, "captures", make.capture(name="Dana Reyes"))
    await make.change(alice, f"encounters/{made['id']}", {"follow_up": "none"})
    note, invite = sorted(made["tasks"], key=lambda task: task["action"])
    assert (await make.get(alice, f"tasks/{note['id']}"))["status"] == "cancelled"
    assert check_problem(await send(alice, note, "snooze"), CONFLICT)["type"] == "/problems/task-cancelled"
    assert (await do(alice, note, "complete"))["status"] == "done"
    assert (await do(alice, invite, "skip"))["status"] == "skipped"
    assert len(await touches(app)) == 1


async def test_a_task_the_plan_took_away_and_the_user_wants_stays(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture(name="Dana Reyes"))
    await make.change(alice, f"encounters/{made['id']}", {"follow_up": "none"})
    note = made["tasks"][0]
    assert (await do(alice, note, "reopen"))["status"] == "open"
    await alice.post(f"{make.API}/encounters/{made['id']}/replan")
    assert (await make.get(alice, f"tasks/{note['id']}"))["status"] == "open"


async def test_whatever_is_said_in_whatever_order_a_done_task_has_one_touch_and_any_other_none(
    alice: ApiClient, app: FastAPI, dana: str
) -> None:
    chance = random.Random(20260303)
    for _ in range(8):
        task = await make.add(alice, "tasks", make.task(dana))
        for _ in range(12):
            before = await make.get(alice, f"tasks/{task['id']}")
            answer = await send(alice, task, chance.choice(["complete", "skip", "snooze", "reopen"]))
            assert answer.status_code in (httpx.codes.OK, CONFLICT)
            after = await make.get(alice, f"tasks/{task['id']}")
            assert answer.json() == after if answer.is_success else after == before
            mine = [touch for touch in await touches(app) if touch["task_id"] == task["id"]]
            assert len(mine) == (after["status"] == "done")
            assert after["due_at"] == task["due_at"]
            assert after["act_at"] == (after["snoozed_until"] or after["due_at"])
