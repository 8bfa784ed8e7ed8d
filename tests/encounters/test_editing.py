"""Editing a meeting moves open, untouched tasks, adds what is now asked for and cancels the rest (product.md, 2.9)."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY
EMAIL, NOTE, INVITE, SEND = "email_thank_you", "handwritten_note", "linkedin_invite", "send_link"
UNTIL = "2026-03-04T08:00:00Z"
EVERYTHING: dict[str, Any] = {
    "mode": "video",
    "ends_at": "2026-03-03T15:15:00Z",
    "place": "Rua do Poente 7",
    "event": "PyData mixer",
    "position": "Platform engineer",
    "card_note": "Red scarf.\r\nKnows Ana.",
    "talked_about": "sailing",
    "benefit": "A friend hires SREs.",
    "follow_up": "light",
    "no_follow_up_because": "An old friend.",
    "gaps": [{"asked": "Go?", "answered": "A little.", "better": "Two years.", "use": True}],
    "requested": [{"what": "references", "ready": True, "detail": "Two."}],
    "self_rating": 4,
    "outcome": "waiting",
    "round": 3,
}
WHERE_EMPTY = {"follow_up": "full", "gaps": [], "requested": [], "round": 1}


@pytest.fixture
async def people(alice: ApiClient) -> list[str]:
    names = ("Ana Alves", "Bo Berg", "Cy Castro")
    return [(await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in names]


async def task(client: ApiClient, task: dict[str, Any]) -> dict[str, Any]:
    return await make.get(client, f"tasks/{task['id']}")


async def everything(client: ApiClient, met: dict[str, Any]) -> list[dict[str, Any]]:
    """Every task of the meeting, the cancelled ones too."""
    return (await make.get(client, f"tasks?encounter_id={met['id']}"))["items"]


def of(met: dict[str, Any], action: str, person: str | None = None) -> dict[str, Any]:
    found = [one for one in met["tasks"] if one["action"] == action and person in (None, one["contact_id"])]
    assert len(found) == 1, action
    return found[0]


def actions(met: dict[str, Any]) -> list[str]:
    return sorted(one["action"] for one in met["tasks"])


async def test_every_field_can_be_set_and_is_answered_as_it_was_sent(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    changed = await make.change(alice, f"encounters/{met['id']}", EVERYTHING)
    assert {name: changed[name] for name in EVERYTHING} == EVERYTHING
    assert changed == await make.get(alice, f"encounters/{met['id']}")
    created = await make.add(alice, "encounters", make.interview(people[0], **EVERYTHING))
    assert {name: created[name] for name in EVERYTHING} == EVERYTHING


async def test_null_takes_an_optional_field_away(
    alice: ApiClient, people: list[str], subtests: pytest.Subtests
) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], **EVERYTHING))
    for name in EVERYTHING:
        with subtests.test(name):
            changed = await make.change(alice, f"encounters/{met['id']}", {name: None})
            assert changed[name] == WHERE_EMPTY.get(name)
    created = await make.add(alice, "encounters", make.interview(people[1], **dict.fromkeys(EVERYTHING), promises=None))
    assert created["promises"] == []
    assert {name: created[name] for name in WHERE_EMPTY} == WHERE_EMPTY


@pytest.mark.parametrize("name", ["contact_ids", "people", "kind", "occurred_at", "timezone"])
async def test_null_for_a_required_field_is_refused(alice: ApiClient, people: list[str], name: str) -> None:
    met = await make.add(alice, "encounters", make.meeting(people[0]))
    answer = await alice.patch(f"{make.API}/encounters/{met['id']}", json={name: None})
    check_problem(answer, INVALID)
    assert pointers(answer) == [f"#/{name}"]
    assert await make.get(alice, f"encounters/{met['id']}") == met


async def test_what_is_left_out_stays(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(*people, **EVERYTHING))
    assert await make.change(alice, f"encounters/{met['id']}", {}) == met
    changed = await make.change(alice, f"encounters/{met['id']}", {"place": "Elsewhere"})
    assert {name for name in met if met[name] != changed[name]} <= {"place", "updated_at"}


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"kind": "networking", "round": 2}, "#/round"),
        ({"ends_at": "2026-03-01T00:00:00Z"}, "#/ends_at"),
        ({"occurred_at": "2026-03-20T00:00:00Z"}, "#/occurred_at"),
        ({"contact_ids": []}, "#/contact_ids"),
        ({"people": [{"contact_id": make.NOBODY}]}, "#/people/0/contact_id"),
        ({"promises": [{"what": "it", "contact_id": make.NOBODY}]}, "#/promises/0/contact_id"),
        ({"captured_at": make.moment()}, "#/captured_at"),
        ({"tasks": []}, "#/tasks"),
    ],
)
async def test_what_is_not_right_is_named_and_nothing_changes(
    alice: ApiClient, people: list[str], patch: dict[str, Any], pointer: str
) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], ends_at="2026-03-03T15:15:00Z"))
    answer = await alice.patch(f"{make.API}/encounters/{met['id']}", json={"place": "Elsewhere", **patch})
    check_problem(answer, INVALID)
    assert pointers(answer) == [pointer]
    assert await make.get(alice, f"encounters/{met['id']}") == met


async def test_open_tasks_that_nobody_touched_move_along(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    moved = await make.change(alice, f"encounters/{met['id']}", {"occurred_at": "2026-03-10T10:00:00Z"})
    assert {one["id"] for one in moved["tasks"]} == {one["id"] for one in met["tasks"]}
    assert of(moved, EMAIL)["due_at"] == of(moved, EMAIL)["act_at"] == "2026-03-10T23:59:59Z"
    assert "Wednesday 11 March" in of(moved, NOTE)["because"]
    assert (await task(alice, of(met, NOTE)))["due_at"] == of(moved, NOTE)["due_at"]


@pytest.mark.parametrize("touch", ["complete", "skip", "pin"])
async def test_what_was_touched_is_never_altered(alice: ApiClient, people: list[str], touch: str) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    note = of(met, NOTE)
    if touch == "pin":
        await make.change(alice, f"tasks/{note['id']}", {"due_at": "2026-03-06T12:00:00Z"})
    else:
        await alice.post(f"{make.API}/tasks/{note['id']}/{touch}")
    before = await task(alice, note)
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
        after = await task(alice, note)
        assert after | {"needs": before["needs"]} == before, patch
        assert touch == "pin" or after == before, "only an open task still needs anything"
    changed = await make.change(alice, path, {"contact_ids": people})
    assert [one["id"] for one in changed["tasks"] if one["contact_id"] == people[0]].count(note["id"]) == 1


async def test_a_snoozed_task_moves_its_due_and_keeps_its_snooze(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    note = of(met, NOTE)
    await alice.post(f"{make.API}/tasks/{note['id']}/snooze", json={"until": UNTIL})
    await make.change(alice, f"encounters/{met['id']}", {"occurred_at": "2026-03-10T10:00:00Z"})
    after = await task(alice, note)
    assert after["due_at"].startswith("2026-03-11T18:3")
    assert after["snoozed_until"] == after["act_at"] == UNTIL


async def test_what_the_rules_no_longer_give_is_cancelled_and_comes_back_as_the_same_task(
    alice: ApiClient, people: list[str]
) -> None:
    met = await make.add(alice, "encounters", make.meeting(people[0]))
    talk = await make.change(alice, f"encounters/{met['id']}", {"kind": "other"})
    assert actions(talk) == [EMAIL, NOTE]
    assert (await task(alice, of(met, INVITE)))["status"] == "cancelled"
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
    assert (await task(alice, of(met, NOTE, bo)))["status"] == "cancelled"
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
    assert (await task(alice, book))["status"] == "cancelled"
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


async def test_moving_an_interview_before_another_makes_it_the_first(alice: ApiClient, people: list[str]) -> None:
    early, late = [
        await make.add(alice, "encounters", make.interview(people[0], occurred_at=make.moment(days=-day)))
        for day in (7, 2)
    ]
    assert (actions(early), actions(late)) == ([EMAIL, NOTE], [EMAIL])
    await make.change(alice, f"encounters/{late['id']}", {"occurred_at": make.moment(days=-9)})
    assert actions(await make.get(alice, f"encounters/{late['id']}")) == [EMAIL, NOTE]
    assert (await task(alice, of(early, NOTE)))["status"] == "cancelled"


@pytest.mark.parametrize("how", ["deleted", "of another kind", "of round 0", "with somebody else"])
async def test_where_the_first_interview_is_no_more_another_is_the_first(
    alice: ApiClient, people: list[str], how: str
) -> None:
    early, late = [
        await make.add(alice, "encounters", make.interview(people[0], occurred_at=make.moment(days=-day)))
        for day in (7, 2)
    ]
    path = f"encounters/{early['id']}"
    if how == "deleted":
        await make.remove(alice, path)
    else:
        patches = {"of another kind": {"kind": "social"}, "of round 0": {"round": 0}}
        await make.change(alice, path, patches.get(how, {"contact_ids": [people[1]]}))
    assert actions(await make.get(alice, f"encounters/{late['id']}")) == [EMAIL, NOTE]


async def test_the_note_of_a_first_interview_that_was_written_stays_written(
    alice: ApiClient, people: list[str]
) -> None:
    late = await make.add(alice, "encounters", make.interview(people[0]))
    note = of(late, NOTE)
    await alice.post(f"{make.API}/tasks/{note['id']}/complete")
    await make.add(alice, "encounters", make.interview(people[0], occurred_at=make.moment(days=-7)))
    assert (await task(alice, note))["status"] == "done"


async def test_planning_twice_changes_nothing(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(
        alice, "encounters", make.interview(*people, promises=[{"what": "it"}], requested=[{"what": "that"}])
    )
    before = await everything(alice, met)
    etags = [(await alice.get(f"{make.API}/tasks/{one['id']}")).headers["etag"] for one in before]
    for _ in range(2):
        answer = await alice.post(f"{make.API}/encounters/{met['id']}/replan")
        assert answer.json() == met
    assert await everything(alice, met) == before
    assert [(await alice.get(f"{make.API}/tasks/{one['id']}")).headers["etag"] for one in before] == etags


async def test_planning_twelve_times_at_once_doubles_no_task(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.meeting(*people))
    patches = [{"kind": kind} for kind in ("other", "social", "networking")] * 4
    address = f"{make.API}/encounters/{met['id']}"
    answers = await asyncio.gather(
        *(alice.patch(address, json=patch) for patch in patches), *(alice.post(f"{address}/replan") for _ in range(12))
    )
    assert {answer.status_code for answer in answers} == {httpx.codes.OK}
    tasks = await everything(alice, met)
    keys = [(one["contact_id"], one["rule"]) for one in tasks]
    assert len(keys) == len(set(keys))


async def test_settings_that_changed_since_count_when_it_is_planned_again(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.meeting(people[0]))
    await make.change(alice, "me", {"sundown_at": "17:00"})
    assert await make.get(alice, f"encounters/{met['id']}") == met
    again = (await alice.post(f"{make.API}/encounters/{met['id']}/replan")).json()
    assert of(again, NOTE)["due_at"] == "2026-03-04T17:00:00Z"


@pytest.mark.parametrize("times", [12])
async def test_the_same_edit_at_once_leaves_one_set_of_tasks(
    alice: ApiClient, people: list[str], client: Callable[..., ApiClient], times: int
) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], follow_up="none"))
    address = f"{make.API}/encounters/{met['id']}"
    await asyncio.gather(*(alice.patch(address, json={"follow_up": "full"}) for _ in range(times)))
    assert actions(await make.get(alice, f"encounters/{met['id']}")) == [EMAIL, NOTE]
    assert len(await everything(alice, met)) == 2
