"""Deleting a meeting deletes its open tasks; done ones and their touches stay with the person (product.md, 2.12)."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.encounters.models import PROMISES
from app.tasks.models import TOUCHES
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ApiClient


@pytest.fixture
async def dana(alice: ApiClient) -> str:
    return (await make.add(alice, "contacts", make.contact()))["id"]


@pytest.fixture
async def met(alice: ApiClient, dana: str) -> dict[str, Any]:
    promises = [{"what": "the article"}, {"what": "the book"}]
    return await make.add(alice, "encounters", make.interview(dana, promises=promises))


async def rows(app: FastAPI, table: Any) -> list[Any]:
    return await app.state.db.read(lambda conn: conn.execute(table.select()).all())


async def test_open_tasks_go_and_done_and_skipped_ones_stay_with_the_person(
    alice: ApiClient, app: FastAPI, dana: str, met: dict[str, Any]
) -> None:
    done, skipped, *open_ = met["tasks"]
    await alice.post(f"{make.API}/tasks/{done['id']}/complete")
    await alice.post(f"{make.API}/tasks/{skipped['id']}/skip", json={"reason": "They moved away"})
    await make.remove(alice, f"encounters/{met['id']}")
    for task in open_:
        check_problem(await alice.get(f"{make.API}/tasks/{task['id']}"), httpx.codes.NOT_FOUND)
    left = {task["id"]: task for task in (await make.get(alice, "tasks"))["items"]}
    assert {task_id: task["status"] for task_id, task in left.items()} == {done["id"]: "done", skipped["id"]: "skipped"}
    assert {task["encounter_id"] for task in left.values()} == {None}
    assert {task["contact_id"] for task in left.values()} == {dana}
    assert len(await rows(app, TOUCHES)) == 1
    assert (await make.get(alice, f"contacts/{dana}"))["last_touch_at"] is not None


async def test_a_done_task_that_stayed_can_be_reopened(
    alice: ApiClient, app: FastAPI, dana: str, met: dict[str, Any]
) -> None:
    done = met["tasks"][0]
    await alice.post(f"{make.API}/tasks/{done['id']}/complete")
    await make.remove(alice, f"encounters/{met['id']}")
    back = await alice.post(f"{make.API}/tasks/{done['id']}/reopen")
    assert back.json()["status"] == "open"
    assert await rows(app, TOUCHES) == []
    moved = await make.change(alice, f"tasks/{done['id']}", {"due_at": make.moment(days=1)})
    assert (await make.change(alice, f"tasks/{done['id']}", {"pinned": False}))["due_at"] == moved["due_at"]


async def test_the_person_stays_and_the_promises_go(
    alice: ApiClient, app: FastAPI, dana: str, met: dict[str, Any]
) -> None:
    await make.remove(alice, f"encounters/{met['id']}")
    assert (await make.get(alice, f"contacts/{dana}"))["next_task"] is None
    assert await rows(app, PROMISES) == []
    check_problem(await alice.get(f"{make.API}/encounters/{met['id']}"), httpx.codes.NOT_FOUND)
    check_problem(await alice.delete(f"{make.API}/encounters/{met['id']}"), httpx.codes.NOT_FOUND)


async def test_a_task_by_hand_goes_along_and_one_of_another_meeting_stays(
    alice: ApiClient, dana: str, met: dict[str, Any]
) -> None:
    by_hand = await make.add(alice, "tasks", make.task(dana, encounter_id=met["id"]))
    other = await make.add(alice, "encounters", make.meeting(dana, kind="other"))
    alone = await make.add(alice, "tasks", make.task(dana))
    await make.remove(alice, f"encounters/{met['id']}")
    left = {task["id"] for task in (await make.get(alice, "tasks"))["items"]}
    assert left == {alone["id"], *(task["id"] for task in other["tasks"])}
    assert by_hand["id"] not in left


async def test_a_captured_meeting_may_be_deleted_too_and_the_person_stays(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture())
    await make.remove(alice, f"encounters/{made['id']}")
    assert (await make.get(alice, f"contacts/{made['contact']['id']}"))["descriptor"] == made["contact"]["descriptor"]
    check_problem(await alice.delete(f"{make.API}/captures/{made['id']}"), httpx.codes.NOT_FOUND)
