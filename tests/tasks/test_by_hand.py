"""Tasks made and changed by hand."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY
NOW = "2026-03-03T15:30:00Z"
# What each action brings along where nothing is said: channel, minutes.
ACTIONS = {
    "email_thank_you": ("email", 8),
    "handwritten_note": ("letter", 10),
    "send_link": ("email", 5),
    "phone_call": ("phone", 5),
    "linkedin_invite": ("linkedin", 2),
    "requested_item": ("other", 15),
    "their_promise": ("email", 5),
    "finish_card_note": ("other", 2),
    "keep_in_touch": ("email", 10),
    "new_year_card": ("letter", 10),
    "reply": ("email", 5),
    "custom": ("other", 10),
}


@pytest.fixture
async def dana(alice: ApiClient) -> str:
    return (await make.add(alice, "contacts", make.contact()))["id"]


async def planned(alice: ApiClient, dana: str) -> dict[str, Any]:
    met = await make.add(alice, "encounters", make.meeting(dana))
    return next(task for task in met["tasks"] if task["action"] == "handwritten_note")


@pytest.mark.parametrize("action", ACTIONS)
async def test_an_action_brings_its_channel_and_minutes_along(alice: ApiClient, dana: str, action: str) -> None:
    made = await make.add(alice, "tasks", make.task(dana, action=action))
    assert (made["channel"], made["minutes"]) == ACTIONS[action]
    said = await make.add(alice, "tasks", make.task(dana, action=action, channel="sms", minutes=0))
    assert (said["channel"], said["minutes"]) == ("sms", 0)


async def test_a_task_by_hand_says_so(alice: ApiClient, dana: str) -> None:
    made = await make.add(alice, "tasks", make.task(dana, due_at="2026-03-05T16:00:00+01:00", timezone="Europe/Berlin"))
    assert made["status"] == "open"
    assert made["rule"] is made["encounter_id"] is made["stack"] is made["mail_hint"] is None
    assert made["due_at"] == made["act_at"] == "2026-03-05T15:00:00Z"
    assert made["start_at"] == NOW
    assert made["because"] == "the time you chose, Thursday 5 March, 16:00 in Berlin"
    assert made["why"] == "You planned this yourself."
    assert made["pinned"] is False


async def test_everything_that_may_be_said_is_kept(alice: ApiClient, dana: str) -> None:
    met = await make.add(alice, "encounters", make.meeting(dana))
    said = {
        "why": "She asked for it twice.",
        "start_at": "2026-03-04T09:00:00Z",
        "planned_on": "2026-03-04",
        "encounter_id": met["id"],
        "channel": "in_person",
        "minutes": 45,
    }
    made = await make.add(alice, "tasks", make.task(dana, **said))
    assert {name: made[name] for name in said} == said
    assert await make.get(alice, f"tasks/{made['id']}") == made


async def test_what_may_be_left_out_may_be_null(alice: ApiClient, dana: str) -> None:
    optional = ("id", "channel", "encounter_id", "why", "start_at", "minutes", "planned_on")
    made, plain = [await make.add(alice, "tasks", make.task(dana, **given)) for given in (dict.fromkeys(optional), {})]
    differing = {name for name in made if made[name] != plain[name]}
    assert differing == {"id"}


@pytest.mark.parametrize("name", ["contact_id", "action", "title", "due_at", "timezone"])
async def test_what_is_required_is_neither_left_out_nor_null(alice: ApiClient, dana: str, name: str) -> None:
    body = make.task(dana)
    for wrong in (body | {name: None}, {key: value for key, value in body.items() if key != name}):
        answer = await alice.post(f"{make.API}/tasks", json=wrong)
        check_problem(answer, INVALID)
        assert pointers(answer) == [f"#/{name}"]


async def test_a_task_that_is_overdue_already_may_be_begun_already(alice: ApiClient, dana: str) -> None:
    made = await make.add(alice, "tasks", make.task(dana, due_at=make.moment(days=-1)))
    assert made["start_at"] == made["due_at"]


async def test_a_task_is_not_begun_after_it_is_due(alice: ApiClient, dana: str) -> None:
    late = {"start_at": make.moment(days=3)}
    answer = await alice.post(f"{make.API}/tasks", json=make.task(dana, **late))
    check_problem(answer, INVALID)
    assert pointers(answer) == ["#/start_at"]
    made = await make.add(alice, "tasks", make.task(dana))
    check_problem(await alice.patch(f"{make.API}/tasks/{made['id']}", json=late), INVALID)
    earlier = await make.change(alice, f"tasks/{made['id']}", {"due_at": make.moment(days=-1)})
    assert earlier["start_at"] == earlier["due_at"]


async def test_an_encounter_has_to_be_there(alice: ApiClient, bob: ApiClient, dana: str) -> None:
    person = await make.add(bob, "contacts", make.contact())
    theirs = await make.add(bob, "encounters", make.meeting(person["id"]))
    for encounter_id in (make.NOBODY, theirs["id"]):
        answer = await alice.post(f"{make.API}/tasks", json=make.task(dana, encounter_id=encounter_id))
        check_problem(answer, INVALID)
        assert pointers(answer) == ["#/encounter_id"]


async def test_a_planned_task_is_of_the_plan_until_it_is_moved_by_hand(alice: ApiClient, dana: str) -> None:
    note = await planned(alice, dana)
    assert note["pinned"] is False
    moved = await make.change(alice, f"tasks/{note['id']}", {"due_at": "2026-03-06T12:00:00Z"})
    assert moved["pinned"] is True
    assert moved["due_at"] == moved["act_at"] == "2026-03-06T12:00:00Z"
    assert moved["because"] == "the time you chose, Friday 6 March, 12:00 in Lisbon"
    assert moved["rule"] == note["rule"]


async def test_a_pinned_task_stays_where_it_is_when_the_plan_moves(alice: ApiClient, dana: str) -> None:
    note = await planned(alice, dana)
    path = f"encounters/{note['encounter_id']}"
    moved = await make.change(alice, f"tasks/{note['id']}", {"due_at": "2026-03-06T12:00:00Z"})
    await make.change(alice, path, {"occurred_at": make.moment(days=-7)})
    await alice.post(f"{make.API}/{path}/replan")
    assert await make.get(alice, f"tasks/{note['id']}") == moved
    await make.change(alice, path, {"follow_up": "none"})
    assert await make.get(alice, f"tasks/{note['id']}") == moved


async def test_giving_a_task_back_to_the_plan_brings_it_where_the_plan_has_it(alice: ApiClient, dana: str) -> None:
    note = await planned(alice, dana)
    path = f"tasks/{note['id']}"
    same = ("due_at", "start_at", "act_at", "because", "title", "why", "channel", "minutes", "needs", "pinned")
    await make.change(alice, path, {"due_at": "2026-03-06T12:00:00Z", "title": "Write to Dana", "channel": "email"})
    back = await make.change(alice, path, {"pinned": False})
    assert {name: back[name] for name in same} == {name: note[name] for name in same}
    assert back == await make.get(alice, path)
    await make.change(alice, path, {"due_at": "2026-03-06T12:00:00Z"})
    await make.change(alice, f"encounters/{note['encounter_id']}", {"occurred_at": make.moment(days=1)})
    assert (await make.change(alice, path, {"pinned": None}))["due_at"].startswith("2026-03-05T18:3")


async def test_a_task_given_back_to_a_plan_that_no_longer_has_it_is_cancelled(alice: ApiClient, dana: str) -> None:
    note = await planned(alice, dana)
    path = f"tasks/{note['id']}"
    await make.change(alice, path, {"pinned": True})
    await make.change(alice, f"encounters/{note['encounter_id']}", {"follow_up": "none"})
    assert (await make.get(alice, path))["status"] == "open"
    assert (await make.change(alice, path, {"pinned": False}))["status"] == "cancelled"


async def test_a_task_without_a_plan_keeps_its_time_when_it_is_unpinned(alice: ApiClient, dana: str) -> None:
    made = await make.add(alice, "tasks", make.task(dana))
    await make.change(alice, f"tasks/{made['id']}", {"due_at": "2026-03-06T12:00:00Z"})
    back = await make.change(alice, f"tasks/{made['id']}", {"pinned": False})
    assert (back["due_at"], back["pinned"]) == ("2026-03-06T12:00:00Z", False)


async def test_the_day_one_means_to_do_it_moves_no_deadline(alice: ApiClient, dana: str) -> None:
    note = await planned(alice, dana)
    meant = await make.change(alice, f"tasks/{note['id']}", {"planned_on": "2026-03-05"})
    assert meant["planned_on"] == "2026-03-05"
    assert (meant["due_at"], meant["pinned"]) == (note["due_at"], False)
    assert (await make.change(alice, f"tasks/{note['id']}", {"planned_on": None}))["planned_on"] is None


@pytest.mark.parametrize("name", ["title", "due_at", "timezone"])
async def test_null_for_what_is_required_is_refused(alice: ApiClient, dana: str, name: str) -> None:
    made = await make.add(alice, "tasks", make.task(dana))
    answer = await alice.patch(f"{make.API}/tasks/{made['id']}", json={name: None})
    check_problem(answer, INVALID)
    assert pointers(answer) == [f"#/{name}"]


async def test_null_gives_back_what_the_action_brings(alice: ApiClient, dana: str, subtests: pytest.Subtests) -> None:
    plain = await make.add(alice, "tasks", make.task(dana))
    said = {"why": "Because.", "channel": "sms", "minutes": 45, "start_at": make.moment(days=1)}
    made = await make.add(alice, "tasks", make.task(dana, **said))
    for name in said:
        with subtests.test(name):
            assert (await make.change(alice, f"tasks/{made['id']}", {name: None}))[name] == plain[name]


@pytest.mark.parametrize("name", ["status", "contact_id", "action", "act_at", "because", "needs", "rule", "stack"])
async def test_what_is_not_for_the_client_to_say_is_refused(alice: ApiClient, dana: str, name: str) -> None:
    made = await make.add(alice, "tasks", make.task(dana))
    answer = await alice.patch(f"{make.API}/tasks/{made['id']}", json={name: made[name]})
    check_problem(answer, INVALID)
    assert pointers(answer) == [f"#/{name}"]


async def test_what_a_task_needs_is_what_is_not_known(alice: ApiClient) -> None:
    nobody = (await make.add(alice, "contacts", {"descriptor": "red scarf"}))["id"]
    call = await make.add(alice, "tasks", make.task(nobody, action="phone_call"))
    assert call["needs"] == ["name", "phone", "number"]
    await make.change(alice, f"contacts/{nobody}", {"name": "Dana Reyes", "phones": ["+1 555 010 0101"]})
    await make.change(alice, "me", {"phone": "+1 555 010 0199"})
    assert (await make.get(alice, f"tasks/{call['id']}"))["needs"] == []
    await make.change(alice, f"contacts/{nobody}", {"phones": []})
    assert (await make.get(alice, f"tasks/{call['id']}"))["needs"] == ["phone"]


async def test_another_channel_asks_for_its_own_address(alice: ApiClient, dana: str) -> None:
    note = await make.add(alice, "tasks", make.task(dana, action="handwritten_note"))
    assert note["needs"] == ["postal_address"]
    emailed = await make.change(alice, f"tasks/{note['id']}", {"channel": "email"})
    assert emailed["needs"] == ["email"]
    handed_over = await make.change(alice, f"tasks/{note['id']}", {"channel": "in_person"})
    assert handed_over["needs"] == []
