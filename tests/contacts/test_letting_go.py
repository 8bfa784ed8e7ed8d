"""Do not contact ends everything and keeps history (R12); deleting a person takes along what is about them (2.12)."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.encounters.models import PROMISES
from app.tasks.models import TOUCHES
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ApiClient

NOT_FOUND = httpx.codes.NOT_FOUND


@pytest.fixture
async def dana(alice: ApiClient) -> str:
    return (await make.add(alice, "contacts", make.contact()))["id"]


async def tasks_of(client: ApiClient, contact_id: str) -> dict[str, str]:
    items = (await make.get(client, f"tasks?contact_id={contact_id}"))["items"]
    return {task["title"]: task["status"] for task in items}


async def rows(app: FastAPI, table: Any) -> list[Any]:
    return await app.state.db.read(lambda conn: conn.execute(table.select()).all())


async def full_history(client: ApiClient, dana: str) -> dict[str, Any]:
    """A meeting with open, done, skipped, snoozed and pinned tasks, and one by hand."""
    met = await make.add(
        client, "encounters", make.interview(dana, promises=[{"what": "the article"}], benefit="A book.")
    )
    actions = {task["action"]: task for task in met["tasks"]}
    await client.post(f"{make.API}/tasks/{actions['email_thank_you']['id']}/complete")
    await client.post(f"{make.API}/tasks/{actions['phone_call']['id']}/skip")
    await client.post(f"{make.API}/tasks/{actions['send_link']['id']}/snooze", json={"until": make.moment(days=1)})
    await make.change(client, f"tasks/{actions['handwritten_note']['id']}", {"due_at": make.moment(days=3)})
    await make.add(client, "tasks", make.task(dana, title="By hand"))
    return met


async def test_do_not_contact_ends_every_open_task_and_keeps_history(alice: ApiClient, app: FastAPI, dana: str) -> None:
    await full_history(alice, dana)
    person = await make.change(alice, f"contacts/{dana}", {"do_not_contact": True})
    assert await tasks_of(alice, dana) == {
        "Send a thank-you e-mail": "done",
        "Call, or leave a short voicemail": "skipped",
        "Send: the article": "cancelled",
        "Mail a handwritten note": "cancelled",
        "By hand": "cancelled",
    }
    assert person["next_task"] is None
    assert person["last_touch_at"] is not None
    assert len(await rows(app, TOUCHES)) == 1
    assert all(group["tasks"] == [] for group in (await make.get(alice, "upcoming"))["groups"])


async def test_an_interview_after_do_not_contact_asks_for_nothing(alice: ApiClient, dana: str) -> None:
    await make.change(alice, f"contacts/{dana}", {"do_not_contact": True})
    met = await make.add(alice, "encounters", make.interview(dana, promises=[{"what": "the article"}]))
    captured = await make.add(alice, "captures", make.capture(contact_id=dana, text="Dana"))
    assert met["tasks"] == captured["tasks"] == []
    await make.change(alice, f"encounters/{met['id']}", {"occurred_at": make.moment(days=-1)})
    assert await tasks_of(alice, dana) == {}


async def test_who_may_be_contacted_again_gets_the_plan_back(alice: ApiClient, dana: str) -> None:
    met = await make.add(alice, "encounters", make.interview(dana))
    await make.change(alice, f"contacts/{dana}", {"do_not_contact": True})
    await make.change(alice, f"contacts/{dana}", {"do_not_contact": False})
    back = await make.get(alice, f"encounters/{met['id']}")
    assert [task["id"] for task in back["tasks"]] == [task["id"] for task in met["tasks"]]
    assert {task["status"] for task in back["tasks"]} == {"open"}


async def test_a_cancelled_task_of_theirs_can_still_be_said_to_be_done(alice: ApiClient, dana: str) -> None:
    met = await make.add(alice, "encounters", make.interview(dana))
    await make.change(alice, f"contacts/{dana}", {"do_not_contact": True})
    done = await alice.post(f"{make.API}/tasks/{met['tasks'][0]['id']}/complete")
    assert done.json()["status"] == "done"


async def test_deleting_a_person_takes_along_what_is_about_them(alice: ApiClient, app: FastAPI, dana: str) -> None:
    met = await full_history(alice, dana)
    await make.remove(alice, f"contacts/{dana}")
    for path in (f"contacts/{dana}", f"encounters/{met['id']}", *(f"tasks/{task['id']}" for task in met["tasks"])):
        check_problem(await alice.get(f"{make.API}/{path}"), NOT_FOUND)
    for kind in ("contacts", "encounters", "tasks"):
        assert (await make.get(alice, kind))["items"] == []
    assert await rows(app, TOUCHES) == await rows(app, PROMISES) == []
    check_problem(await alice.delete(f"{make.API}/contacts/{dana}"), NOT_FOUND)


async def test_a_meeting_with_others_stays_with_the_others(alice: ApiClient, app: FastAPI, dana: str) -> None:
    bo = (await make.add(alice, "contacts", make.contact(name="Bo Berg")))["id"]
    promises = [{"what": "the article", "contact_id": dana}, {"what": "the book", "contact_id": bo}]
    requested = [{"what": "references"}]
    met = await make.add(
        alice, "encounters", make.interview(dana, bo, promises=promises, requested=requested, occurred_at=make.moment())
    )
    await make.remove(alice, f"contacts/{dana}")
    left = await make.get(alice, f"encounters/{met['id']}")
    assert left["contact_ids"] == [person["contact_id"] for person in left["people"]] == [bo]
    assert [promise["what"] for promise in left["promises"]] == ["the book"]
    assert {task["contact_id"] for task in left["tasks"]} == {bo}
    assert {task["title"] for task in left["tasks"]} >= {"Send: the book", "Get ready: references"}
    kept = {task["id"] for task in met["tasks"] if task["contact_id"] == bo}
    assert kept <= {task["id"] for task in left["tasks"]}


async def test_a_meeting_somebody_left_is_another_version_of_it(alice: ApiClient, dana: str) -> None:
    bo = (await make.add(alice, "contacts", make.contact(name="Bo Berg")))["id"]
    met = await make.add(alice, "encounters", make.meeting(dana, bo))
    before = (await alice.get(f"{make.API}/encounters/{met['id']}")).headers["etag"]
    await make.remove(alice, f"contacts/{dana}")
    assert (await alice.get(f"{make.API}/encounters/{met['id']}")).headers["etag"] != before
    late = {"contact_ids": [dana, bo]}
    answer = await alice.patch(f"{make.API}/encounters/{met['id']}", json=late, headers={"If-Match": before})
    check_problem(answer, httpx.codes.PRECONDITION_FAILED)


async def test_nothing_of_somebody_else_goes_along(alice: ApiClient, bob: ApiClient, dana: str) -> None:
    chosen = make.NOBODY
    await make.add(alice, "contacts", make.contact(id=chosen))
    await make.add(bob, "contacts", make.contact(id=chosen))
    await make.add(bob, "encounters", make.interview(chosen))
    await make.remove(alice, f"contacts/{chosen}")
    assert (await make.get(bob, f"contacts/{chosen}"))["id"] == chosen
    assert len((await make.get(bob, "tasks"))["items"]) == 2
