"""Contacts logged by hand: what came in, what went out, and the reply that is owed (R18)."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

CHOSEN = "0190b5a2-7c1e-7000-8000-000000000001"
INVALID, GONE, NOT_FOUND = httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.GONE, httpx.codes.NOT_FOUND


async def person(client: ApiClient, **given: Any) -> str:
    return (await make.add(client, "contacts", make.contact(**given)))["id"]


async def log(client: ApiClient, contact_id: str, **given: Any) -> dict[str, Any]:
    return await make.add(client, f"contacts/{contact_id}/touches", make.touch(**given))


async def replies(client: ApiClient) -> list[dict[str, Any]]:
    (group,) = [one for one in (await make.get(client, "upcoming"))["groups"] if one["name"] == "replies"]
    return group["tasks"]


async def test_a_message_that_needs_an_answer_arms_a_reply_that_stands_first(alice: ApiClient) -> None:
    dana = await person(alice, emails=["dana@mail.example"])
    touch = await log(alice, dana, needs_answer=True, note="Asked when I could start.")
    (task,) = await replies(alice)
    assert (task["action"], task["channel"], task["rule"], task["minutes"]) == ("reply", "email", "R18", 5)
    assert (task["contact_id"], task["needs"], task["status"]) == (dana, [], "open")
    assert task["due_at"] == "2026-03-04T15:00:00Z"
    assert task["because"] == "24 hours after they wrote, Wednesday 4 March, 15:00 in Lisbon"
    assert touch["reply"] == {name: task[name] for name in ("id", "status", "due_at", "timezone", "because")}
    assert (await make.get(alice, f"contacts/{dana}/touches"))["items"] == [touch]
    assert (await make.get(alice, "upcoming"))["groups"][0]["name"] == "replies"


@pytest.mark.parametrize("direction", ["in", "out"])
async def test_any_touch_is_the_last_touch_and_one_without_need_of_an_answer_arms_nothing(
    alice: ApiClient, direction: str
) -> None:
    dana = await person(alice)
    touch = await log(alice, dana, direction=direction, channel="phone", note="Ten minutes.")
    assert touch["reply"] is None
    assert await replies(alice) == []
    found = await make.get(alice, f"contacts/{dana}")
    assert (found["last_touch_at"], found["next_task"]) == ("2026-03-03T15:00:00Z", None)


async def test_nothing_said_is_a_touch_of_mine_now(alice: ApiClient) -> None:
    dana = await person(alice)
    touch = await make.add(alice, f"contacts/{dana}/touches", {})
    shown = {name: touch[name] for name in ("direction", "channel", "at", "note", "needs_answer", "task_id")}
    at = "2026-03-03T15:30:00Z"
    assert shown == {
        "direction": "out",
        "channel": "other",
        "at": at,
        "note": None,
        "needs_answer": False,
        "task_id": None,
    }


@pytest.mark.parametrize(
    ("came_by", "answered_on", "needs"),
    [
        ("email", "email", ["email"]),
        ("letter", "letter", ["postal_address"]),
        ("phone", "phone", ["phone"]),
        ("voicemail", "phone", ["phone"]),
        ("sms", "sms", ["phone"]),
        ("linkedin", "linkedin", []),
        ("in_person", "email", ["email"]),
        ("other", "email", ["email"]),
    ],
)
@pytest.mark.database("sqlite")
async def test_a_message_is_answered_on_the_channel_it_came_by(
    alice: ApiClient, came_by: str, answered_on: str, needs: list[str]
) -> None:
    await log(alice, await person(alice), channel=came_by, needs_answer=True)
    (task,) = await replies(alice)
    assert (task["channel"], task["needs"]) == (answered_on, needs)


async def test_a_reply_is_due_where_they_are_else_at_home(alice: ApiClient) -> None:
    friday = {"needs_answer": True, "at": "2026-02-27T22:00:00Z"}
    auckland = await log(alice, await person(alice, timezone="Pacific/Auckland"), **friday)
    home = await log(alice, await person(alice), **friday)
    # In Auckland it is Saturday already, and the day after is Sunday.
    assert (auckland["reply"]["timezone"], auckland["reply"]["due_at"]) == ("Pacific/Auckland", "2026-03-01T23:00:00Z")
    assert (home["reply"]["timezone"], home["reply"]["due_at"]) == ("Europe/Lisbon", "2026-03-02T12:00:00Z")


async def test_a_message_logged_late_is_overdue_at_once_and_still_first(alice: ApiClient) -> None:
    await log(alice, await person(alice), needs_answer=True, at=make.moment(days=-7))
    (task,) = await replies(alice)
    assert task["due_at"] == "2026-02-25T15:30:00Z"


async def test_someone_not_to_be_contacted_gets_no_reply(alice: ApiClient) -> None:
    dana = await person(alice, do_not_contact=True)
    assert (await log(alice, dana, needs_answer=True))["reply"] is None
    assert await replies(alice) == []


async def test_a_reply_done_is_a_touch_of_its_own_and_reopens(alice: ApiClient) -> None:
    dana = await person(alice)
    touch = await log(alice, dana, needs_answer=True)
    answer = await alice.post(f"{make.API}/tasks/{touch['reply']['id']}/complete", json={"note": "In May."})
    assert answer.is_success
    out, into = (await make.get(alice, f"contacts/{dana}/touches"))["items"]
    assert (out["direction"], out["task_id"], out["note"]) == ("out", touch["reply"]["id"], "In May.")
    assert (into["id"], into["reply"]["status"]) == (touch["id"], "done")
    await alice.post(f"{make.API}/tasks/{touch['reply']['id']}/reopen")
    assert (await make.get(alice, f"contacts/{dana}/touches"))["items"] == [touch]


async def test_a_touch_taken_back_takes_its_open_reply_along(alice: ApiClient) -> None:
    dana = await person(alice)
    touch = await log(alice, dana, needs_answer=True)
    other = await log(alice, dana, needs_answer=True, at=make.moment(minutes=-5))
    await make.remove(alice, f"contacts/{dana}/touches/{touch['id']}")
    assert [task["id"] for task in await replies(alice)] == [other["reply"]["id"]]
    assert (await make.get(alice, f"contacts/{dana}/touches"))["items"] == [other]
    check_problem(await alice.delete(f"{make.API}/contacts/{dana}/touches/{touch['id']}"), NOT_FOUND)
    check_problem(await alice.get(f"{make.API}/tasks/{touch['reply']['id']}"), NOT_FOUND)


async def test_a_reply_done_stays_when_the_touch_it_answered_is_taken_back(alice: ApiClient) -> None:
    dana = await person(alice)
    touch = await log(alice, dana, needs_answer=True)
    await alice.post(f"{make.API}/tasks/{touch['reply']['id']}/complete")
    await make.remove(alice, f"contacts/{dana}/touches/{touch['id']}")
    assert (await make.get(alice, f"tasks/{touch['reply']['id']}"))["status"] == "done"
    assert len((await make.get(alice, f"contacts/{dana}/touches"))["items"]) == 1


async def test_what_a_task_recorded_is_taken_back_by_reopening_the_task(alice: ApiClient) -> None:
    dana = await person(alice)
    task = await make.add(alice, "tasks", make.task(dana))
    await alice.post(f"{make.API}/tasks/{task['id']}/complete")
    (touch,) = (await make.get(alice, f"contacts/{dana}/touches"))["items"]
    check_problem(await alice.delete(f"{make.API}/contacts/{dana}/touches/{touch['id']}"), httpx.codes.CONFLICT)
    await alice.post(f"{make.API}/tasks/{task['id']}/reopen")
    assert (await make.get(alice, f"contacts/{dana}/touches"))["items"] == []


async def test_a_touch_sent_twice_under_its_own_id_is_there_once_and_once_deleted_never_again(alice: ApiClient) -> None:
    dana = await person(alice)
    path, body = f"{make.API}/contacts/{dana}/touches", make.touch(id=CHOSEN, needs_answer=True)
    first, second = await alice.post(path, json=body), await alice.post(path, json=body)
    assert (first.status_code, second.status_code) == (httpx.codes.CREATED, httpx.codes.OK)
    assert first.json() == second.json()
    assert len(await replies(alice)) == 1
    await make.remove(alice, f"contacts/{dana}/touches/{CHOSEN}")
    check_problem(await alice.post(path, json=body), GONE)
    assert await replies(alice) == []


async def test_twelve_at_once_log_one_touch_and_arm_one_reply(alice: ApiClient) -> None:
    dana = await person(alice)
    path, body = f"{make.API}/contacts/{dana}/touches", make.touch(id=CHOSEN, needs_answer=True)
    answers = await asyncio.gather(*(alice.post(path, json=body) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [*[httpx.codes.OK] * 11, httpx.codes.CREATED]
    assert len(await replies(alice)) == 1
    same = {"Idempotency-Key": "one"}
    answers = await asyncio.gather(*(alice.post(path, json=make.touch(), headers=same) for _ in range(12)))
    assert {answer.status_code for answer in answers} == {httpx.codes.CREATED}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await make.get(alice, f"contacts/{dana}/touches"))["items"]) == 2
    gone = await asyncio.gather(*(alice.delete(f"{path}/{CHOSEN}") for _ in range(12)))
    assert sorted(answer.status_code for answer in gone) == [httpx.codes.NO_CONTENT, *[NOT_FOUND] * 11]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (make.touch(needs_answer=True, direction="out"), "#/needs_answer"),
        (make.touch(at=make.moment(days=2)), "#/at"),
        (make.touch(at="yesterday"), "#/at"),
        (make.touch(channel="fax"), "#/channel"),
        (make.touch(direction="both"), "#/direction"),
        (make.touch(direction=None), "#/direction"),
        (make.touch(needs_answer="yes"), "#/needs_answer"),
        (make.touch(note="a" * 20_001), "#/note"),
        (make.touch(note="\x00"), "#/note"),
        (make.touch(id="one"), "#/id"),
        (make.touch(contact_id=CHOSEN), "#/contact_id"),
        ([], "#"),
        (None, "#"),
    ],
)
@pytest.mark.database("sqlite")
async def test_what_cannot_be_is_refused_by_its_name(alice: ApiClient, body: Any, pointer: str) -> None:
    dana = await person(alice)
    answer = await alice.post(f"{make.API}/contacts/{dana}/touches", json=body)
    check_problem(answer, INVALID)
    assert pointer in pointers(answer)
    assert (await make.get(alice, f"contacts/{dana}/touches"))["items"] == []


async def test_a_touch_is_reached_by_its_person_alone(alice: ApiClient) -> None:
    dana, other = await person(alice), await person(alice)
    touch = await log(alice, dana)
    check_problem(await alice.delete(f"{make.API}/contacts/{other}/touches/{touch['id']}"), NOT_FOUND)
    assert len((await make.get(alice, f"contacts/{dana}/touches"))["items"]) == 1


async def test_deleting_the_person_takes_touches_and_replies_along(alice: ApiClient) -> None:
    dana = await person(alice)
    touch = await log(alice, dana, needs_answer=True)
    await make.remove(alice, f"contacts/{dana}")
    assert await replies(alice) == []
    for path in ("touches", "timeline"):
        check_problem(await alice.get(f"{make.API}/contacts/{dana}/{path}"), NOT_FOUND)
    other = await person(alice)
    answer = await alice.post(f"{make.API}/contacts/{other}/touches", json=make.touch(id=touch["id"]))
    check_problem(answer, GONE)


async def test_one_id_for_a_person_a_meeting_and_a_touch_is_no_trouble(alice: ApiClient) -> None:
    dana = await person(alice, id=CHOSEN)
    await make.add(alice, "encounters", make.meeting(dana, id=CHOSEN))
    await log(alice, dana, id=CHOSEN, needs_answer=True)
    await make.remove(alice, f"contacts/{dana}/touches/{CHOSEN}")
    await make.remove(alice, f"contacts/{dana}")
    check_problem(await alice.post(f"{make.API}/contacts", json=make.contact(id=CHOSEN)), GONE)
