"""The sort pass after a fair: forty cards, each by hand, one short message, or not this one."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.statements import recorded

SORT = f"{make.API}/encounters/sort"
SOMEBODY = {"encounter_id": make.NOBODY, "contact_id": make.NOBODY, "follow_up": "none"}
INVALID = httpx.codes.UNPROCESSABLE_ENTITY


async def cards(client: ApiClient, number: int = 3, **given: Any) -> list[dict[str, Any]]:
    notes = [make.capture(event="Career fair", name=f"Person {index}", **given) for index in range(number)]
    return [await make.add(client, "captures", note) for note in notes]


def item(card: dict[str, Any], follow_up: str, **given: Any) -> dict[str, Any]:
    return {"encounter_id": card["id"], "contact_id": card["contact"]["id"], "follow_up": follow_up, **given}


async def sort(client: ApiClient, *items: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(SORT, json={"items": items})
    assert answer.is_success, answer.text
    return answer.json()


def asked(answer: dict[str, Any]) -> list[list[str]]:
    return [sorted(task["action"] for task in found["tasks"]) for found in answer["items"]]


async def test_one_pass_decides_what_each_person_gets(alice: ApiClient) -> None:
    by_hand, short, nothing = await cards(alice)
    answer = await sort(
        alice,
        item(by_hand, "full"),
        item(short, "light"),
        item(nothing, "none", no_follow_up_because="Sells insurance"),
    )
    assert asked(answer) == [["handwritten_note", "linkedin_invite"], ["email_thank_you"], []]
    assert answer["gone"] == []
    assert answer["items"][1]["tasks"][0]["title"] == "Send one short message"
    for card, found in zip((by_hand, short, nothing), answer["items"], strict=True):
        stored = await make.get(alice, f"encounters/{card['id']}")
        assert stored["tasks"] == found["tasks"]
        (person,) = stored["people"]
        assert [person[name] for name in ("follow_up", "no_follow_up_because")] == [
            found[name] for name in ("follow_up", "no_follow_up_because")
        ]


async def test_sorting_twice_changes_nothing_and_sorting_again_undoes(alice: ApiClient) -> None:
    (card,) = await cards(alice, 1)
    address = f"{make.API}/encounters/{card['id']}"
    first = await sort(alice, item(card, "none"))
    before = await alice.get(address)
    assert await sort(alice, item(card, "none")) == first
    after = await alice.get(address)
    assert (before.content, before.headers["etag"]) == (after.content, after.headers["etag"])
    back = await sort(alice, item(card, "full"))
    assert [task["id"] for task in back["items"][0]["tasks"]] == [task["id"] for task in card["tasks"]]
    assert (await alice.get(address)).headers["etag"] != after.headers["etag"]


async def test_a_decision_takes_back_the_reason_of_an_earlier_one_and_of_the_meeting(alice: ApiClient) -> None:
    people = [await make.add(alice, "contacts", make.contact(name=name)) for name in ("Ana", "Bo")]
    met = await make.add(
        alice, "encounters", make.meeting(*(who["id"] for who in people), no_follow_up_because="Only passing by")
    )
    assert met["tasks"] == []
    one = {"encounter_id": met["id"], "contact_id": people[0]["id"]}
    assert asked(await sort(alice, one | {"follow_up": "full"})) == [["handwritten_note", "linkedin_invite"]]
    await sort(alice, one | {"follow_up": "none", "no_follow_up_because": "Changed my mind"})
    assert asked(await sort(alice, one | {"follow_up": "light"})) == [["email_thank_you"]]
    others = {task["contact_id"] for task in (await make.get(alice, f"encounters/{met['id']}"))["tasks"]}
    assert others == {people[0]["id"]}, "the meeting's reason holds for who was not decided on"


async def test_promises_are_kept_whatever_is_decided(alice: ApiClient) -> None:
    (card,) = await cards(alice, 1, promises=[{"what": "the article"}])
    assert asked(await sort(alice, item(card, "none"))) == [["send_link"]]


async def test_what_was_done_stays_done(alice: ApiClient) -> None:
    (card,) = await cards(alice, 1)
    note = next(task for task in card["tasks"] if task["action"] == "handwritten_note")
    await alice.post(f"{make.API}/tasks/{note['id']}/complete")
    (found,) = (await sort(alice, item(card, "none")))["items"]
    assert [(task["id"], task["status"]) for task in found["tasks"]] == [(note["id"], "done")]


async def test_a_card_deleted_elsewhere_is_passed_over_and_the_others_are_sorted(alice: ApiClient) -> None:
    deleted, undone, kept = await cards(alice)
    met = await make.add(alice, "encounters", make.meeting(kept["contact"]["id"], deleted["contact"]["id"]))
    await make.remove(alice, f"contacts/{deleted['contact']['id']}")
    await make.remove(alice, f"captures/{undone['id']}")
    taken_out = {"encounter_id": met["id"], "contact_id": deleted["contact"]["id"], "follow_up": "light"}
    answer = await sort(alice, item(deleted, "light"), item(undone, "light"), item(kept, "light"), taken_out)
    assert asked(answer) == [["email_thank_you"]]
    assert [one["encounter_id"] for one in answer["gone"]] == [deleted["id"], undone["id"], met["id"]]


async def test_a_meeting_there_never_was_refuses_the_pass_and_changes_nothing(alice: ApiClient, bob: ApiClient) -> None:
    (card,) = await cards(alice, 1)
    (theirs,) = await cards(bob, 1)
    for other in (item(theirs, "none"), item(card, "none") | {"encounter_id": make.NOBODY}):
        answer = await alice.post(SORT, json={"items": [item(card, "none"), other]})
        check_problem(answer, INVALID)
        assert pointers(answer) == ["#/items/1/encounter_id"]
    assert len((await make.get(alice, f"encounters/{card['id']}"))["tasks"]) == 2
    assert len((await make.get(bob, f"encounters/{theirs['id']}"))["tasks"]) == 2


@pytest.mark.parametrize(
    ("items", "pointer"),
    [
        ([], "#/items"),
        ([{}], "#/items/0/encounter_id"),
        ([SOMEBODY | {"follow_up": "later"}], "#/items/0/follow_up"),
        ([SOMEBODY, SOMEBODY], "#/items"),
        ([SOMEBODY | {"follow_up": "full", "no_follow_up_because": "x"}], "#/items/0"),
        ([SOMEBODY | {"contact_id": "Dana"}], "#/items/0/contact_id"),
        ([SOMEBODY] * 101, "#/items"),
    ],
)
@pytest.mark.database("sqlite")
async def test_a_pass_that_cannot_be_names_the_field(alice: ApiClient, items: Any, pointer: str) -> None:
    answer = await alice.post(SORT, json={"items": items})
    check_problem(answer, INVALID)
    assert pointer in pointers(answer), answer.text


async def test_a_pass_sent_again_with_its_key_is_done_once(alice: ApiClient) -> None:
    (card,) = await cards(alice, 1)
    request = {"json": {"items": [item(card, "light")]}, "headers": {"Idempotency-Key": "sort-1"}}
    first = await alice.post(SORT, **request)
    await sort(alice, item(card, "full"))
    again = await alice.post(SORT, **request)
    assert again.content == first.content
    assert (await make.get(alice, f"encounters/{card['id']}"))["people"][0]["follow_up"] == "full"


async def test_twelve_passes_at_once_double_no_task(alice: ApiClient) -> None:
    found = await cards(alice, 2)
    choices = ("full", "light", "none")
    await asyncio.gather(*(sort(alice, *(item(card, choices[number % 3]) for card in found)) for number in range(12)))
    final = await sort(alice, *(item(card, "light") for card in found))
    assert asked(final) == [["email_thank_you"], ["email_thank_you"]]
    tasks = (await make.get(alice, "tasks"))["items"]
    assert len({(task["encounter_id"], task["rule"]) for task in tasks}) == len(tasks) == 4


async def test_a_pass_plans_each_meeting_once_and_reads_them_together(app: FastAPI, alice: ApiClient) -> None:
    people = [await make.add(alice, "contacts", make.contact(name=f"Person {index}")) for index in range(6)]
    met = await make.add(alice, "encounters", make.meeting(*(who["id"] for who in people), event="Career fair"))
    counts: list[int] = []
    for number in (2, 6):
        chosen = [
            {"encounter_id": met["id"], "contact_id": who["id"], "follow_up": ("light", "none")[number > 2]}
            for who in people[:number]
        ]
        with recorded(app) as seen:
            await sort(alice, *chosen)
        counts.append(sum("FROM profiles" in one and "sundown_at" in one for one, _ in seen))
    assert counts == [1, 1], "one plan a meeting"
