"""Undo of a capture removes what it alone created (product.md, 2.12)."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ApiClient

NOT_FOUND = httpx.codes.NOT_FOUND


async def undo(client: ApiClient, capture: dict[str, Any]) -> None:
    await make.remove(client, f"captures/{capture['id']}")


async def is_there(client: ApiClient, path: str) -> bool:
    return (await client.get(f"{make.API}/{path}")).is_success


async def test_the_person_the_encounter_and_the_tasks_go(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture(promises=[{"what": "the article"}]))
    await undo(alice, made)
    for kind in ("contacts", "encounters", "tasks"):
        assert (await make.get(alice, kind))["items"] == []


async def test_undoing_twice_finds_nothing(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture())
    await undo(alice, made)
    check_problem(await alice.delete(f"{make.API}/captures/{made['id']}"), NOT_FOUND)


async def test_a_person_who_was_known_before_stays(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    made = await make.add(alice, "captures", make.capture(contact_id=person["id"]))
    await undo(alice, made)
    assert await is_there(alice, f"contacts/{person['id']}")
    assert not await is_there(alice, f"encounters/{made['id']}")
    assert (await make.get(alice, "tasks"))["items"] == []


@pytest.mark.parametrize("also", ["edited", "met again", "a task by hand", "a note that went out"])
async def test_a_person_something_else_speaks_of_stays(alice: ApiClient, also: str) -> None:
    made = await make.add(alice, "captures", make.capture())
    person = made["contact"]["id"]
    if also == "edited":
        await make.change(alice, f"contacts/{person}", {"company": "Northwind"})
    elif also == "met again":
        await make.add(alice, "encounters", make.meeting(person, follow_up="none"))
    elif also == "a task by hand":
        await make.add(alice, "tasks", make.task(person))
    else:
        await alice.post(f"{make.API}/tasks/{made['tasks'][0]['id']}/complete")
    await undo(alice, made)
    assert await is_there(alice, f"contacts/{person}")
    assert not await is_there(alice, f"encounters/{made['id']}")


async def test_what_was_done_stays_with_the_person(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture(name="Dana Reyes"))
    note = next(task for task in made["tasks"] if task["action"] == "handwritten_note")
    await alice.post(f"{make.API}/tasks/{note['id']}/complete")
    await undo(alice, made)
    (kept,) = (await make.get(alice, "tasks"))["items"]
    assert (kept["id"], kept["status"], kept["encounter_id"]) == (note["id"], "done", None)
    assert (await make.get(alice, f"contacts/{made['contact']['id']}"))["last_touch_at"] is not None


async def test_somebody_put_in_the_place_of_the_person_it_made_stays(alice: ApiClient) -> None:
    known = await make.add(alice, "contacts", make.contact())
    made = await make.add(alice, "captures", make.capture())
    await make.change(alice, f"encounters/{made['id']}", {"contact_ids": [known["id"]]})
    await undo(alice, made)
    assert await is_there(alice, f"contacts/{known['id']}")
    assert not await is_there(alice, f"contacts/{made['contact']['id']}")


async def test_a_person_who_was_deleted_meanwhile_is_no_obstacle(alice: ApiClient) -> None:
    known = await make.add(alice, "contacts", make.contact())
    made = await make.add(alice, "captures", make.capture())
    together = {"contact_ids": [made["contact"]["id"], known["id"]]}
    await make.change(alice, f"encounters/{made['id']}", together)
    await make.remove(alice, f"contacts/{made['contact']['id']}")
    await undo(alice, made)
    assert await is_there(alice, f"contacts/{known['id']}")


async def test_a_meeting_that_was_not_captured_is_no_capture(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    met = await make.add(alice, "encounters", make.meeting(person["id"]))
    check_problem(await alice.delete(f"{make.API}/captures/{met['id']}"), NOT_FOUND)
    assert await is_there(alice, f"encounters/{met['id']}")


async def test_undoing_the_first_interview_makes_the_other_the_first(alice: ApiClient) -> None:
    first = await make.add(alice, "captures", make.capture(kind="interview", captured_at=make.moment(days=-7)))
    person = first["contact"]["id"]
    second = await make.add(alice, "encounters", make.interview(person, round=2))
    assert {task["action"] for task in second["tasks"]} == {"email_thank_you"}
    await undo(alice, first)
    after = await make.get(alice, f"encounters/{second['id']}")
    assert {task["action"] for task in after["tasks"]} == {"email_thank_you", "handwritten_note"}
