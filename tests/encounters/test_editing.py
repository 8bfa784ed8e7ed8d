"""Editing a meeting moves open, untouched tasks, adds what is now asked for and cancels the rest (product.md, 2.9)."""

import pytest

from tests.encounters.tasks_of import EMAIL, INVITE, NOTE, actions, as_it_is, everything, of
from tests.support import factories as make
from tests.support.clients import ApiClient

UNTIL = "2026-03-04T08:00:00Z"


async def test_open_tasks_that_nobody_touched_move_along(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    moved = await make.change(alice, f"encounters/{met['id']}", {"occurred_at": "2026-03-10T10:00:00Z"})
    assert {one["id"] for one in moved["tasks"]} == {one["id"] for one in met["tasks"]}
    assert of(moved, EMAIL)["due_at"] == of(moved, EMAIL)["act_at"] == "2026-03-10T23:59:59Z"
    assert "Wednesday 11 March" in of(moved, NOTE)["because"]
    assert (await as_it_is(alice, of(met, NOTE)))["due_at"] == of(moved, NOTE)["due_at"]


@pytest.mark.parametrize("touch", ["complete", "skip", "pin"])
async def test_what_was_touched_is_never_altered(alice: ApiClient, people: list[str], touch: str) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    note = of(met, NOTE)
    if touch == "pin":
        await make.change(alice, f"tasks/{note['id']}", {"due_at": "2026-03-06T12:00:00Z"})
    else:
        await alice.post(f"{make.API}/tasks/{note['id']}/{touch}")
    before = await as_it_is(alice, note)
    path = f"encounters/{met['id']}"
    for patch in (
        {"occurred_at": "2026-03-10T10:00:00Z"},
        {"timezone": "Asia/Kathmandu"},
        {"kind": "social"},
        {"position": None},
        {"contact_ids": people},
        {"follow_up": "none"},
        {"kind": "interview", "follow_up": "full"},
        {"contact_ids": [people[1]]},
    ):
        await make.change(alice, path, patch)
        after = await as_it_is(alice, note)
        assert after | {"needs": before["needs"]} == before, patch
        assert touch == "pin" or after == before, "only an open task still needs anything"
    changed = await make.change(alice, path, {"contact_ids": people})
    assert [one["id"] for one in changed["tasks"] if one["contact_id"] == people[0]].count(note["id"]) == 1


async def test_a_snoozed_task_moves_its_due_and_keeps_its_snooze(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    note = of(met, NOTE)
    await alice.post(f"{make.API}/tasks/{note['id']}/snooze", json={"until": UNTIL})
    await make.change(alice, f"encounters/{met['id']}", {"occurred_at": "2026-03-10T10:00:00Z"})
    after = await as_it_is(alice, note)
    assert after["due_at"].startswith("2026-03-11T18:3")
    assert after["snoozed_until"] == after["act_at"] == UNTIL


async def test_what_the_rules_no_longer_give_is_cancelled_and_comes_back_as_the_same_task(
    alice: ApiClient, people: list[str]
) -> None:
    met = await make.add(alice, "encounters", make.meeting(people[0]))
    talk = await make.change(alice, f"encounters/{met['id']}", {"kind": "other"})
    assert actions(talk) == [EMAIL, NOTE]
    assert (await as_it_is(alice, of(met, INVITE)))["status"] == "cancelled"
    assert of(talk, NOTE)["id"] == of(met, NOTE)["id"]
    back = await make.change(alice, f"encounters/{met['id']}", {"kind": "networking"})
    assert {one["id"] for one in back["tasks"]} == {one["id"] for one in met["tasks"]}
    assert of(back, INVITE)["status"] == "open"
    assert len(await everything(alice, met)) == 3


async def test_a_kind_without_rounds_loses_the_round_and_an_interview_gets_one(
    alice: ApiClient, people: list[str]
) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], round=2))
    assert (await make.change(alice, f"encounters/{met['id']}", {"kind": "social"}))["round"] is None
    assert (await make.change(alice, f"encounters/{met['id']}", {"kind": "interview"}))["round"] == 1


async def test_people_come_and_go(alice: ApiClient, people: list[str]) -> None:
    ana, bo, cy = people
    met = await make.add(
        alice,
        "encounters",
        make.interview(
            people=[{"contact_id": ana, "role": "recruiter"}, {"contact_id": bo, "talked_about": "sailing"}]
        ),
    )
    changed = await make.change(alice, f"encounters/{met['id']}", {"contact_ids": [cy, ana]})
    assert changed["contact_ids"] == [cy, ana]
    assert [person["role"] for person in changed["people"]] == [None, "recruiter"], "what was known of them stays"
    assert {one["contact_id"] for one in changed["tasks"]} == {ana, cy}
    assert (await as_it_is(alice, of(met, NOTE, bo)))["status"] == "cancelled"
    back = await make.change(alice, f"encounters/{met['id']}", {"people": [{"contact_id": bo}]})
    assert back["people"][0]["talked_about"] is None
    assert of(back, NOTE)["id"] == of(met, NOTE, bo)["id"]


async def test_promises_keep_their_task_through_edits(alice: ApiClient, people: list[str]) -> None:
    promises = [{"what": "the article"}, {"what": "the book"}]
    met = await make.add(alice, "encounters", make.meeting(people[0], follow_up="none", promises=promises))
    path = f"encounters/{met['id']}"
    article, book = sorted(met["tasks"], key=lambda one: one["title"])
    reworded = [{**met["promises"][0], "what": "the trunk-based article", "due_on": "2026-03-09"}]
    changed = await make.change(alice, path, {"promises": reworded})
    (kept,) = changed["tasks"]
    assert (kept["id"], kept["title"]) == (article["id"], "Send: the trunk-based article")
    assert kept["due_at"] == "2026-03-09T23:59:59Z"
    assert (await as_it_is(alice, book))["status"] == "cancelled"
    without_id = [{"what": "The TRUNK-based article"}, {"what": "the book"}]
    again = await make.change(alice, path, {"promises": without_id})
    assert again["promises"][0]["id"] == met["promises"][0]["id"], "the same words are the same promise"
    assert {one["id"] for one in again["tasks"]} >= {article["id"]}
    sent = [{**promise, "kept_at": make.moment()} for promise in again["promises"]]
    assert (await make.change(alice, path, {"promises": sent}))["tasks"] == []
    assert (await make.change(alice, path, {"promises": None}))["promises"] == []


async def test_what_is_ready_is_no_task_any_more(alice: ApiClient, people: list[str]) -> None:
    requested = [{"what": "references"}, {"what": "a sample"}]
    met = await make.add(alice, "encounters", make.interview(people[0], follow_up="none", requested=requested))
    path = f"encounters/{met['id']}"
    ready = await make.change(alice, path, {"requested": [{"what": "references", "ready": True}, requested[1]]})
    assert [one["title"] for one in ready["tasks"]] == ["Get ready: a sample"]
    swapped = await make.change(alice, path, {"requested": [requested[1], requested[0]]})
    assert {one["id"] for one in swapped["tasks"]} == {one["id"] for one in met["tasks"]}
