"""A merge is taken back: the two are as they were, as far as nothing that happened since contradicts it."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.contract.answers import check_problem
from tests.people.merges import complete, everything, merge, two_of_one, undo
from tests.people.searching import found
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

GONE = httpx.codes.GONE


async def person(client: ApiClient, **given: Any) -> str:
    return (await make.add(client, "contacts", make.contact(**given)))["id"]


async def test_undone_at_once_every_row_is_as_it_was(app: FastAPI, alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    await make.add(alice, "encounters", make.meeting(dana, into, talked_about="ships"))
    before = await everything(app, alice)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    answer = await undo(alice, merge_id)
    assert await everything(app, alice) == before
    assert (answer["contact"]["id"], answer["into"]["id"]) == (dana, into)
    for name, contact_id in (("contact", dana), ("into", into)):
        assert answer[name] == await make.get(alice, f"contacts/{contact_id}")
    assert await found(alice, "ladder") == ["Dana Reyes"]
    assert await found(alice, "lantern") == [(await make.get(alice, f"contacts/{dana}"))["name"]]


async def test_tasks_only_one_of_them_had_ended_are_open_again(app: FastAPI, alice: ApiClient) -> None:
    dana, into = await person(alice), await person(alice)
    await make.add(alice, "tasks", make.task(into))
    await make.add(alice, "encounters", make.meeting(into))
    await make.change(alice, f"contacts/{dana}", {"do_not_contact": True})
    before = await everything(app, alice)
    await undo(alice, (await merge(alice, dana, into))["merge_id"])
    assert await everything(app, alice) == before


async def test_the_id_that_was_gone_is_there_again_and_can_be_merged_again(alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    etag = (await alice.get(f"{make.API}/contacts/{dana}")).headers["etag"]
    await undo(alice, (await merge(alice, dana, into))["merge_id"])
    answer = await alice.get(f"{make.API}/contacts/{dana}")
    assert answer.headers["etag"] != etag, "a phone that kept the old card merges with this one"
    assert (await alice.post(f"{make.API}/contacts", json=make.contact(id=dana))).status_code == httpx.codes.OK
    assert (await merge(alice, into, dana))["id"] == dana


async def test_what_came_after_the_merge_stays_with_the_one_who_stayed(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    old = await make.add(alice, "tasks", make.task(dana))
    merge_id = (await merge(alice, dana, into))["merge_id"]
    new = await make.add(alice, "tasks", make.task(into))
    touch = await make.add(alice, f"contacts/{into}/touches", make.touch())
    met = await make.add(alice, "encounters", make.meeting(into))
    await complete(alice, old["id"])
    await undo(alice, merge_id)
    assert (await make.get(alice, f"tasks/{new['id']}"))["contact_id"] == into
    assert [item["id"] for item in (await make.get(alice, f"contacts/{into}/touches"))["items"]] == [touch["id"]]
    assert (await make.get(alice, f"encounters/{met['id']}"))["contact_ids"] == [into]
    task = await make.get(alice, f"tasks/{old['id']}")
    assert (task["contact_id"], task["status"]) == (dana, "done"), "what was done stays done"


async def test_the_touch_of_a_task_done_meanwhile_goes_with_its_task(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    task = await make.add(alice, "tasks", make.task(dana))
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await complete(alice, task["id"])
    await undo(alice, merge_id)
    (touch,) = (await make.get(alice, f"contacts/{dana}/touches"))["items"]
    assert touch["task_id"] == task["id"]
    assert (await make.get(alice, f"contacts/{into}/touches"))["items"] == []


async def test_what_was_changed_on_the_card_since_stays(alice: ApiClient) -> None:
    dana, into = await person(alice, company="Northwind", notes="Hers."), await person(alice, notes="His.")
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await make.change(alice, f"contacts/{into}", {"company": "Contoso", "notes": "His.\n\nHers.\n\nLater."})
    await undo(alice, merge_id)
    now = await make.get(alice, f"contacts/{into}")
    assert (now["company"], now["notes"]) == ("Contoso", "His.\n\nLater.")
    assert (await make.get(alice, f"contacts/{dana}"))["company"] == "Northwind"


async def test_nobody_is_left_without_a_name(alice: ApiClient) -> None:
    dana = await person(alice, name="Dana")
    into = (await make.add(alice, "contacts", {"descriptor": "red scarf"}))["id"]
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await make.change(alice, f"contacts/{into}", {"descriptor": None})
    await undo(alice, merge_id)
    assert (await make.get(alice, f"contacts/{into}"))["name"] == "Dana"


async def test_meetings_deleted_or_left_since_are_not_brought_back(app: FastAPI, alice: ApiClient) -> None:
    dana, into, other = [await person(alice, name=name) for name in ("Dana", "Dana Reyes", "Noor")]
    deleted = await make.add(alice, "encounters", make.meeting(dana, promises=[{"what": "it"}]))
    left = await make.add(alice, "encounters", make.meeting(dana, into, other, promises=[{"what": "it"}]))
    await complete(alice, deleted["tasks"][0]["id"])
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await make.remove(alice, f"encounters/{deleted['id']}")
    await make.change(alice, f"encounters/{left['id']}", {"contact_ids": [other], "promises": []})
    await undo(alice, merge_id)
    assert (await make.get(alice, f"encounters/{left['id']}"))["contact_ids"] == [other]
    assert len((await make.get(alice, f"contacts/{dana}/timeline"))["items"]) == 1, "what was done stays with them"
    rows = await everything(app, alice)
    assert {row["contact_id"] for row in rows["encounter_people"]} == {other}


async def test_a_task_set_aside_whose_meeting_is_gone_stays_beside_the_plan(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    met = await make.add(alice, "encounters", make.meeting(into, dana))
    aside = next(task["id"] for task in met["tasks"] if task["contact_id"] == dana)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await make.remove(alice, f"encounters/{met['id']}")
    await undo(alice, merge_id)
    task = await make.get(alice, f"tasks/{aside}")
    assert (task["status"], task["encounter_id"], task["contact_id"]) == ("cancelled", None, dana)


async def test_a_task_set_aside_and_done_meanwhile_is_done_in_its_place(alice: ApiClient) -> None:
    dana, into = await person(alice, name="Dana"), await person(alice)
    met = await make.add(alice, "encounters", make.meeting(into, dana))
    aside = next(task["id"] for task in met["tasks"] if task["contact_id"] == dana)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await complete(alice, aside)
    await undo(alice, merge_id)
    task = await make.get(alice, f"tasks/{aside}")
    assert (task["status"], task["encounter_id"], task["contact_id"]) == ("done", met["id"], dana)


@pytest.mark.parametrize("order", ["last first", "first first"])
async def test_of_merges_one_after_the_other_any_can_be_undone(app: FastAPI, alice: ApiClient, order: str) -> None:
    one, two, three = [await person(alice, name=f"Dana {number}", tags=[f"t{number}"]) for number in "123"]
    for who in (one, two, three):
        await make.add(alice, "tasks", make.task(who))
        await make.add(alice, "encounters", make.meeting(who))
    before = await everything(app, alice)
    first = (await merge(alice, one, two))["merge_id"]
    second = (await merge(alice, two, three))["merge_id"]
    assert (await make.get(alice, f"contacts/{three}"))["tags"] == ["t3", "t2", "t1"]
    check_problem(await alice.get(f"{make.API}/contacts/{one}"), GONE)
    assert {item["into_id"] for item in (await make.get(alice, "merges"))["items"]} == {three}
    ways = (second, first) if order == "last first" else (first, second)
    for merge_id in ways:
        await undo(alice, merge_id)
    assert (await make.get(alice, "merges"))["items"] == []
    after = await everything(app, alice)
    for table in ("tasks", "touches", "encounter_people", "promises"):
        assert after[table] == before[table], table
    if order == "last first":
        assert after == before


async def test_merges_are_listed_with_the_card_that_is_gone(alice: ApiClient, clock: FrozenClock) -> None:
    cards = {}
    into = await person(alice)
    for number in range(3):
        contact_id = await person(alice, name=f"Dana {number}", emails=["dana@mail.example"], tier="A")
        cards[contact_id] = await make.get(alice, f"contacts/{contact_id}")
        clock.advance(timedelta(minutes=1))
        await merge(alice, contact_id, into)
    items = (await make.get(alice, "merges"))["items"]
    assert [item["contact_id"] for item in items] == list(reversed(cards))
    for item in items:
        card = cards[item["contact_id"]]
        assert item["contact"] == {name: value for name, value in card.items() if name in item["contact"]}
        assert item["into_id"] == into
    first = await make.get(alice, "merges?limit=2")
    assert first["items"] + (await make.get(alice, f"merges?after={first['next']}"))["items"] == items


async def test_a_merge_is_undone_once(app: FastAPI, alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    path = f"{make.API}/merges/{merge_id}/undo"
    answers = await asyncio.gather(*(alice.post(path) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [httpx.codes.OK, *[GONE] * 11]
    assert len((await everything(app, alice))["contacts"]) == 2
    check_problem(await alice.post(f"{make.API}/merges/{make.NOBODY}/undo"), httpx.codes.NOT_FOUND)


async def test_a_merge_of_somebody_else_is_not_there(alice: ApiClient, bob: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    check_problem(await bob.post(f"{make.API}/merges/{merge_id}/undo"), httpx.codes.NOT_FOUND)
    assert (await make.get(bob, "merges"))["items"] == []
    check_problem(await bob.get(f"{make.API}/contacts/{dana}"), httpx.codes.NOT_FOUND)


async def test_with_the_one_who_stayed_the_merge_is_gone_too(alice: ApiClient) -> None:
    dana, into = await two_of_one(alice)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await make.remove(alice, f"contacts/{into}")
    assert (await make.get(alice, "merges"))["items"] == []
    check_problem(await alice.post(f"{make.API}/merges/{merge_id}/undo"), httpx.codes.NOT_FOUND)
    check_problem(await alice.get(f"{make.API}/contacts/{dana}"), httpx.codes.NOT_FOUND)
