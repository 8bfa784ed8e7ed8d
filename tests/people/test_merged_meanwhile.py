"""What a phone kept for someone who was merged on another device is done for whom they were merged into."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.people.merges import merge, undo
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY


@pytest.fixture
async def gone(alice: ApiClient) -> tuple[str, str]:
    """Somebody who is gone, merged twice over, and whom they are now."""
    one, two, three = [
        (await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in ("D", "Da", "Dana")
    ]
    await merge(alice, one, two)
    await merge(alice, two, three)
    return one, three


async def test_a_note(alice: ApiClient, gone: tuple[str, str]) -> None:
    old, now = gone
    promises = [{"what": "the trunk-based article", "contact_id": old}]
    captured = await make.add(alice, "captures", make.capture(contact_id=old, promises=promises))
    assert captured["contact"]["id"] == now
    assert captured["encounter"]["contact_ids"] == [now]
    assert captured["encounter"]["promises"][0]["contact_id"] == now
    assert {task["contact_id"] for task in captured["tasks"]} == {now}


async def test_a_task(alice: ApiClient, gone: tuple[str, str]) -> None:
    old, now = gone
    assert (await make.add(alice, "tasks", make.task(old)))["contact_id"] == now


@pytest.mark.parametrize("given", ["contact_ids", "people"])
async def test_a_meeting(alice: ApiClient, gone: tuple[str, str], given: str) -> None:
    old, now = gone
    people: list[Any] = [old] if given == "contact_ids" else [{"contact_id": old, "talked_about": "zebras"}]
    meeting = {**make.interview(people=people), "promises": [{"what": "it", "contact_id": old}]}
    if given == "contact_ids":
        meeting[given] = meeting.pop("people")
    preview = await alice.post(f"{make.API}/encounters/preview", json=meeting)
    assert {task["contact_id"] for task in preview.json()["tasks"]} == {now}
    met = await make.add(alice, "encounters", meeting)
    assert met["contact_ids"] == [now]
    assert met["promises"][0]["contact_id"] == now
    assert {task["contact_id"] for task in met["tasks"]} == {now}


async def test_changes_of_a_meeting(alice: ApiClient, gone: tuple[str, str]) -> None:
    old, now = gone
    noor = (await make.add(alice, "contacts", make.contact(name="Noor Nilsen")))["id"]
    met = await make.add(alice, "encounters", make.meeting(now, people=[{"contact_id": now, "talked_about": "zebras"}]))
    path = f"encounters/{met['id']}"
    changed = await make.change(alice, path, {"promises": [{"what": "it", "contact_id": old}]})
    assert changed["promises"][0]["contact_id"] == now
    changed = await make.change(alice, path, {"contact_ids": [noor, old]})
    assert changed["contact_ids"] == [noor, now]
    assert changed["people"][1]["talked_about"] == "zebras", "what is known of them stays"
    changed = await make.change(alice, path, {"people": [{"contact_id": old, "role": "recruiter"}]})
    assert (changed["contact_ids"], changed["people"][0]["role"]) == ([now], "recruiter")


async def test_who_is_named_by_both_ids_is_there_once_and_was_told_both(
    alice: ApiClient, gone: tuple[str, str]
) -> None:
    old, now = gone
    met = await make.add(alice, "encounters", make.meeting(old, now))
    assert met["contact_ids"] == [now]
    people: list[dict[str, Any]] = [
        {"contact_id": old, "talked_about": "zebras", "follow_up": "light"},
        {"contact_id": now, "talked_about": "trains", "benefit": "a letter"},
    ]
    (person,) = (await make.add(alice, "encounters", make.meeting(people=people)))["people"]
    told = {"talked_about": "zebras; trains", "benefit": "a letter", "follow_up": "light"}
    assert {name: person[name] for name in told} == told


async def test_how_a_card_was_sorted(alice: ApiClient, gone: tuple[str, str]) -> None:
    old, now = gone
    met = await make.add(alice, "encounters", make.meeting(now))
    item = {"encounter_id": met["id"], "contact_id": old, "follow_up": "none", "no_follow_up_because": "An old friend."}
    answer = (await alice.post(f"{make.API}/encounters/sort", json={"items": [item]})).json()
    assert answer["gone"] == []
    assert answer["items"][0]["contact_id"] == now
    assert (await make.get(alice, f"encounters/{met['id']}"))["people"][0]["follow_up"] == "none"


async def test_another_merge(alice: ApiClient, gone: tuple[str, str]) -> None:
    old, now = gone
    other = (await make.add(alice, "contacts", make.contact(name="Dana R.")))["id"]
    assert (await merge(alice, other, old))["id"] == now
    answer = await alice.post(f"{make.API}/contacts/{now}/merge", json={"into": old})
    check_problem(answer, INVALID)
    assert pointers(answer) == ["#/into"]


async def test_after_undo_the_one_is_meant_again(alice: ApiClient) -> None:
    dana, into = [(await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in ("Dana", "D.")]
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await undo(alice, merge_id)
    assert (await make.add(alice, "tasks", make.task(dana)))["contact_id"] == dana


async def test_who_was_deleted_or_is_of_somebody_else_is_still_nobody(
    alice: ApiClient, bob: ApiClient, gone: tuple[str, str]
) -> None:
    old, now = gone
    for body in (make.meeting(old), make.meeting(people=[{"contact_id": old}])):
        answer = await bob.post(f"{make.API}/encounters", json=body)
        check_problem(answer, INVALID)
        assert pointers(answer) == ["#/people/0/contact_id" if "people" in body else "#/contact_ids/0"]
    await make.remove(alice, f"contacts/{now}")
    for path, body in (("captures", make.capture(contact_id=old)), ("tasks", make.task(old))):
        answer = await alice.post(f"{make.API}/{path}", json=body)
        check_problem(answer, INVALID)
        assert pointers(answer) == ["#/contact_id"]
