"""Two entries become one person with everything of both."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.models import METADATA
from tests.contract.answers import check_problem, pointers
from tests.people.merges import complete, everything, merge, two_of_one
from tests.people.searching import found
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID, GONE, CONFLICT = httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.GONE, httpx.codes.CONFLICT


async def person(client: ApiClient, **given: Any) -> str:
    return (await make.add(client, "contacts", make.contact(**given)))["id"]


async def test_everything_of_one_is_the_others(app: FastAPI, alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    before = await everything(app, alice)
    answer = await merge(alice, dana, into)
    assert answer["id"] == into
    shown = {name: answer[name] for name in ("name", "company", "emails", "phones", "notes", "tags", "tier")}
    assert shown == {
        "name": "Dana Reyes",
        "company": "Northwind",
        "emails": ["dana@mail.example"],
        "phones": ["+1 555 010 0199"],
        "notes": "VP.\n\nLikes Go.",
        "tags": ["vp", "go"],
        "tier": "B",
    }
    after = await everything(app, alice)
    for table in ("tasks", "touches", "promises", "encounters"):
        assert [row["id"] for row in after[table]] == [row["id"] for row in before[table]], table
    for table in ("tasks", "touches", "promises", "encounter_people", "contact_tags"):
        assert {row["contact_id"] for row in after[table]} == {into}, table
    assert [row["id"] for row in after["contacts"]] == [into]
    for typed in ("lantern", "ladder", "trunk", "northwind", "likes"):
        assert await found(alice, typed) == ["Dana Reyes"], typed
    timeline = (await make.get(alice, f"contacts/{into}/timeline"))["items"]
    assert [item["type"] for item in timeline].count("encounter") == 2


async def test_the_answer_is_the_person_who_stays_as_they_are_now(alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    answer = await alice.post(f"{make.API}/contacts/{dana}/merge", json={"into": into})
    now = await alice.get(f"{make.API}/contacts/{into}")
    assert {name: value for name, value in answer.json().items() if name != "merge_id"} == now.json()
    assert answer.headers["etag"] == now.headers["etag"]


async def test_the_id_that_was_merged_is_gone_and_says_whither(alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    await merge(alice, dana, into)
    path = f"{make.API}/contacts/{dana}"
    for answer in (
        await alice.get(path),
        await alice.get(f"{path}/timeline"),
        await alice.get(f"{path}/touches"),
        await alice.patch(path, json={"notes": "x"}),
        await alice.delete(path),
        await alice.post(f"{path}/merge", json={"into": into}),
    ):
        check_problem(answer, GONE)
        assert (answer.json()["type"], answer.json()["into"]) == ("/problems/contact-merged", into)
    check_problem(await alice.post(f"{make.API}/contacts", json=make.contact(id=dana)), GONE)
    assert len((await make.get(alice, "contacts"))["items"]) == 1


async def test_a_touch_a_phone_kept_for_the_one_is_logged_with_the_other(alice: ApiClient) -> None:
    dana, into = await person(alice), await person(alice)
    await merge(alice, dana, into)
    touch = await make.add(alice, f"contacts/{dana}/touches", make.touch(needs_answer=True, note="Kept offline."))
    assert touch["contact_id"] == into
    assert (await make.get(alice, f"contacts/{into}/touches"))["items"] == [touch]


async def test_a_done_a_phone_kept_for_a_task_of_the_one_counts_for_the_other(alice: ApiClient) -> None:
    dana, into = await person(alice), await person(alice)
    task = await make.add(alice, "tasks", make.task(dana))
    await merge(alice, dana, into)
    await complete(alice, task["id"])
    assert len((await make.get(alice, f"contacts/{into}/touches"))["items"]) == 1


async def test_who_was_twice_in_one_meeting_is_there_once_and_was_told_both(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    people = [
        {"contact_id": into, "talked_about": "zebras"},
        {"contact_id": dana, "talked_about": "trains", "role": "recruiter", "benefit": "a letter"},
    ]
    met = await make.add(
        alice, "encounters", make.meeting(people=people, promises=[{"what": "it", "contact_id": dana}])
    )
    await merge(alice, dana, into)
    now = await make.get(alice, f"encounters/{met['id']}")
    (one,) = now["people"]
    assert one == {
        "contact_id": into,
        "talked_about": "zebras; trains",
        "role": "recruiter",
        "benefit": "a letter",
        "follow_up": None,
        "no_follow_up_because": None,
    }
    assert now["promises"][0]["contact_id"] == into
    open_tasks = [task for task in now["tasks"] if task["status"] == "open"]
    assert len({(task["rule"], task["title"]) for task in open_tasks}) == len(open_tasks), "nothing is asked for twice"
    assert len([task for task in open_tasks if task["action"] == "handwritten_note"]) == 1


@pytest.mark.parametrize("of_both", ["first", "second", "both"])
async def test_of_the_same_task_of_one_meeting_what_was_done_is_kept(alice: ApiClient, of_both: str) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    met = await make.add(alice, "encounters", make.meeting(into, dana))
    notes = {task["contact_id"]: task["id"] for task in met["tasks"] if task["action"] == "handwritten_note"}
    done = {"first": [dana], "second": [into], "both": [dana, into]}[of_both]
    for who in done:
        await complete(alice, notes[who])
    await merge(alice, dana, into)
    tasks = [await make.get(alice, f"tasks/{task_id}") for task_id in notes.values()]
    assert {task["contact_id"] for task in tasks} == {into}
    assert sorted(task["status"] for task in tasks) == sorted(["done"] * len(done) + ["cancelled"] * (2 - len(done)))
    assert len((await make.get(alice, f"contacts/{into}/touches"))["items"]) == len(done)
    replanned = await alice.post(f"{make.API}/encounters/{met['id']}/replan")
    assert [task["status"] for task in replanned.json()["tasks"] if task["action"] == "handwritten_note"] == ["done"]


async def test_a_done_for_the_task_that_was_set_aside_still_counts(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    met = await make.add(alice, "encounters", make.meeting(into, dana))
    aside = next(task["id"] for task in met["tasks"] if task["contact_id"] == dana)
    await merge(alice, dana, into)
    assert (await make.get(alice, f"tasks/{aside}"))["status"] == "cancelled"
    await complete(alice, aside)
    assert len((await make.get(alice, f"contacts/{into}/touches"))["items"]) == 1


async def test_a_task_moved_by_hand_keeps_its_place_before_one_nobody_touched(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    met = await make.add(alice, "encounters", make.meeting(into, dana))
    mine = next(task["id"] for task in met["tasks"] if task["contact_id"] == dana)
    await make.change(alice, f"tasks/{mine}", {"due_at": make.moment(days=5)})
    await merge(alice, dana, into)
    kept = await make.get(alice, f"tasks/{mine}")
    assert (kept["status"], kept["contact_id"], kept["encounter_id"]) == ("open", into, met["id"])


async def test_plans_are_of_one_person_now(alice: ApiClient) -> None:
    """One handwritten note after the first interview, one invitation (R5, R13)."""
    dana, into = await person(alice, name="Dana"), await person(alice)
    first = await make.add(alice, "encounters", make.interview(into, occurred_at=make.moment(days=-2)))
    second = await make.add(alice, "encounters", make.interview(dana, occurred_at=make.moment(days=-1)))
    for who, hours in ((into, -3), (dana, -2)):
        await make.add(alice, "encounters", make.meeting(who, occurred_at=make.moment(hours=hours)))
    await merge(alice, dana, into)
    tasks = (await make.get(alice, f"tasks?contact_id={into}&status=open&limit=200"))["items"]
    invitations = [task for task in tasks if task["action"] == "linkedin_invite"]
    notes = {task["encounter_id"] for task in tasks if task["action"] == "handwritten_note"}
    assert len(invitations) == 1
    assert first["id"] in notes
    assert second["id"] not in notes


async def test_needs_are_those_of_the_whole_card(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana", emails=["dana@mail.example"]), await person(alice)
    task = await make.add(alice, "tasks", make.task(into))
    assert task["needs"] == ["email"]
    await merge(alice, dana, into)
    assert (await make.get(alice, f"tasks/{task['id']}"))["needs"] == []


@pytest.mark.parametrize("who", ["one", "other"])
async def test_who_is_not_to_be_contacted_is_not_once_merged(alice: ApiClient, who: str) -> None:
    dana = await person(alice, do_not_contact=who == "one")
    into = await person(alice, do_not_contact=who == "other")
    tasks = [await make.add(alice, "tasks", make.task(contact_id)) for contact_id in (dana, into)]
    assert (await merge(alice, dana, into))["do_not_contact"] is True
    for task in tasks:
        assert (await make.get(alice, f"tasks/{task['id']}"))["status"] == "cancelled"


async def test_meetings_of_the_one_are_other_versions_of_themselves(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    met = await make.add(alice, "encounters", make.meeting(dana))
    before = (await alice.get(f"{make.API}/encounters/{met['id']}")).headers["etag"]
    await merge(alice, dana, into)
    stale = {"If-Match": before}
    answer = await alice.patch(f"{make.API}/encounters/{met['id']}", json={"place": "x"}, headers=stale)
    check_problem(answer, httpx.codes.PRECONDITION_FAILED)


async def test_a_person_is_merged_into_somebody_else_who_is_there(alice: ApiClient, bob: ApiClient) -> None:
    dana, theirs = await person(alice), await person(bob)
    for into in (dana, theirs, make.NOBODY, "x", None):
        answer = await alice.post(f"{make.API}/contacts/{dana}/merge", json={"into": into})
        check_problem(answer, INVALID)
        assert pointers(answer) == ["#/into"]
    for body in ({}, None, [], {"into": dana, "from": dana}):
        check_problem(await alice.post(f"{make.API}/contacts/{dana}/merge", json=body), INVALID)
    assert (await make.get(alice, f"contacts/{dana}"))["id"] == dana


async def test_notes_that_are_too_long_together_are_not_cut(alice: ApiClient) -> None:
    dana, into = await person(alice, notes="a" * 10_000), await person(alice, notes="b" * 10_000)
    answer = await alice.post(f"{make.API}/contacts/{dana}/merge", json={"into": into})
    check_problem(answer, CONFLICT)
    assert answer.json()["type"] == "/problems/notes-too-long"
    assert len((await make.get(alice, "contacts"))["items"]) == 2


async def test_lists_that_are_long_together_are_kept_whole(alice: ApiClient) -> None:
    def addresses(letter: str) -> list[str]:
        return [f"{letter}{number}@mail.example" for number in range(20)]

    dana, into = await person(alice, emails=addresses("a")), await person(alice, emails=addresses("b"))
    assert (await merge(alice, dana, into))["emails"] == addresses("b") + addresses("a")


async def test_twelve_at_once_merge_once(app: FastAPI, alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    path = f"{make.API}/contacts/{dana}/merge"
    answers = await asyncio.gather(*(alice.post(path, json={"into": into}) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [httpx.codes.OK, *[GONE] * 11]
    assert len((await everything(app, alice))["merges"]) == 1


async def test_two_who_are_merged_into_each_other_at_once_are_one(alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    ways = [(dana, into), (into, dana)] * 6
    answers = await asyncio.gather(
        *(alice.post(f"{make.API}/contacts/{one}/merge", json={"into": other}) for one, other in ways)
    )
    assert [answer.status_code for answer in answers].count(httpx.codes.OK) == 1
    assert {answer.status_code for answer in answers} <= {httpx.codes.OK, GONE, INVALID}
    assert len((await make.get(alice, "contacts"))["items"]) == 1


async def test_the_same_key_is_merged_once_and_answered_alike(alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    same: dict[str, Any] = {"json": {"into": into}, "headers": {"Idempotency-Key": "one"}}
    answers = [await alice.post(f"{make.API}/contacts/{dana}/merge", **same) for _ in range(2)]
    assert answers[0].is_success
    assert answers[0].content == answers[1].content


def test_every_table_that_speaks_of_a_person_is_handed_over() -> None:
    """A table added later has to be thought of, in belongings.py for one, or a merge would delete its rows."""
    speaking = {
        table.name
        for table in METADATA.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "contacts" and table.name != "contacts"
    }
    assert speaking == {
        *("tasks", "touches", "promises", "encounter_people", "contact_tags"),
        *("merges", "not_duplicates"),
    }
