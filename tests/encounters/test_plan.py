"""What a meeting asks for next, told by the API (R1 to R13)."""

from typing import Any

import pytest

from tests.encounters.tasks_of import ASK, CALL, EMAIL, INVITE, ITEM, NOTE, SEND, actions, of
from tests.support import factories as make
from tests.support.clients import ApiClient


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"kind": "networking"}, [NOTE, INVITE]),
        ({"kind": "social"}, [NOTE, INVITE]),
        ({"kind": "other"}, [EMAIL, NOTE]),
        ({"kind": "interview"}, [EMAIL, NOTE]),
        ({"kind": "interview", "round": 1}, [EMAIL, NOTE]),
        ({"kind": "interview", "round": 0}, [EMAIL]),
        ({"kind": "interview", "round": 3}, [EMAIL, NOTE]),
        ({"kind": "networking", "follow_up": "light"}, [EMAIL]),
        ({"kind": "social", "follow_up": "light"}, [EMAIL]),
        ({"kind": "other", "follow_up": "light"}, [EMAIL]),
        ({"kind": "interview", "follow_up": "light"}, [EMAIL]),
        ({"kind": "networking", "benefit": "A friend hires SREs."}, [NOTE, INVITE, CALL]),
        ({"kind": "networking", "no_follow_up_because": "An old friend."}, []),
        ({"kind": "interview", "follow_up": "none"}, []),
    ],
)
async def test_each_kind_of_meeting_asks_for_its_own(
    alice: ApiClient, people: list[str], given: dict[str, Any], expected: list[str]
) -> None:
    met = await make.add(alice, "encounters", make.meeting(people[0], **given))
    assert actions(met) == sorted(expected)
    assert {task["status"] for task in met["tasks"]} <= {"open"}


async def test_everyone_met_is_thanked_and_not_the_meeting(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(*people))
    for person in people:
        assert actions(met, person) == [EMAIL, NOTE]


async def test_each_person_has_a_topic_a_role_and_a_benefit_of_their_own(alice: ApiClient, people: list[str]) -> None:
    recruiter, helped, nobody = people
    met = await make.add(
        alice,
        "encounters",
        make.interview(
            people=[
                {"contact_id": recruiter, "role": "recruiter", "talked_about": "sailing"},
                {"contact_id": helped, "benefit": "A friend hires SREs.", "follow_up": "light"},
                {"contact_id": nobody, "no_follow_up_because": "An old friend."},
            ]
        ),
    )
    assert actions(met, recruiter) == [EMAIL, NOTE, INVITE]
    assert actions(met, helped) == [EMAIL]
    assert actions(met, nobody) == []
    assert [person["role"] for person in met["people"]] == ["recruiter", None, None]
    assert met["contact_ids"] == people
    assert of(met, INVITE)["needs"] == []


async def test_what_is_said_of_the_meeting_holds_for_whoever_has_nothing_of_their_own(
    alice: ApiClient, people: list[str]
) -> None:
    met = await make.add(
        alice,
        "encounters",
        make.meeting(
            people=[
                {"contact_id": people[0]},
                {"contact_id": people[1], "follow_up": "light"},
                {"contact_id": people[2], "follow_up": "full", "talked_about": "sailing"},
            ],
            follow_up="none",
        ),
    )
    assert [actions(met, person) for person in people] == [[], [EMAIL], sorted([NOTE, INVITE])]
    shared = await make.add(alice, "encounters", make.meeting(*people, talked_about="sailing", benefit="A book."))
    assert all("topic" not in task["needs"] for task in shared["tasks"])
    assert actions(shared).count(CALL) == 3


@pytest.mark.parametrize("silence", [{"follow_up": "none"}, {"no_follow_up_because": "An old friend."}])
async def test_no_follow_up_stops_courtesy_and_not_promises(
    alice: ApiClient, people: list[str], silence: dict[str, Any]
) -> None:
    met = await make.add(
        alice,
        "encounters",
        make.interview(
            people[0],
            **silence,
            promises=[{"what": "the article"}, {"what": "her slides", "by": "theirs"}],
            requested=[{"what": "references"}],
        ),
    )
    assert actions(met) == sorted([SEND, ASK, ITEM])


async def test_however_it_went_the_thanks_are_the_same(alice: ApiClient, people: list[str]) -> None:
    for rating, outcome in ((1, "rejected"), (5, "offer"), (None, None)):
        given = {"self_rating": rating, "outcome": outcome}
        person = (await make.add(alice, "contacts", make.contact()))["id"]
        met = await make.add(alice, "encounters", make.interview(person, **given))
        assert actions(met) == [EMAIL, NOTE]
        await make.change(alice, f"encounters/{met['id']}", {"outcome": "withdrawn", "self_rating": 1})
        assert (await make.get(alice, f"encounters/{met['id']}"))["tasks"] == met["tasks"]


async def test_a_note_by_hand_follows_the_first_interview_with_that_person(alice: ApiClient, people: list[str]) -> None:
    ana, bo, _ = people
    screen = await make.add(alice, "encounters", make.interview(ana, round=0, occurred_at=make.moment(days=-9)))
    first = await make.add(alice, "encounters", make.interview(ana, round=1, occurred_at=make.moment(days=-7)))
    second = await make.add(alice, "encounters", make.interview(ana, bo, round=2, occurred_at=make.moment(days=-2)))
    assert actions(screen) == [EMAIL]
    assert actions(first) == [EMAIL, NOTE]
    assert actions(second, ana) == [EMAIL]
    assert actions(second, bo) == [EMAIL, NOTE], "the first with Bo"


async def test_of_two_interviews_at_one_instant_the_lower_id_is_the_first(alice: ApiClient, people: list[str]) -> None:
    low, high = "0190b5a2-7c1e-7000-8000-000000000001", "0190b5a2-7c1e-7000-8000-000000000002"
    for chosen in (high, low):
        await make.add(alice, "encounters", make.interview(people[0], id=chosen))
    assert actions(await make.get(alice, f"encounters/{low}")) == [EMAIL, NOTE]
    assert actions(await make.get(alice, f"encounters/{high}")) == [EMAIL]


async def test_a_recruiter_screen_has_a_note_for_the_hiring_manager_only(alice: ApiClient, people: list[str]) -> None:
    roles = ("hiring_manager", "recruiter", "interviewer")
    named = [{"contact_id": person, "role": role} for person, role in zip(people, roles, strict=True)]
    met = await make.add(alice, "encounters", make.interview(people=named, round=0))
    assert [NOTE in actions(met, person) for person in people] == [True, False, False]


async def test_they_are_asked_to_connect_once(alice: ApiClient, people: list[str]) -> None:
    ana, bo, cy = people
    await make.change(alice, f"contacts/{bo}", {"linkedin_state": "invited"})
    await make.change(alice, f"contacts/{cy}", {"linkedin_state": "connected"})
    first = await make.add(alice, "encounters", make.meeting(*people))
    second = await make.add(alice, "encounters", make.meeting(*people))
    assert [INVITE in actions(first, person) for person in (ana, bo, cy)] == [True, False, False]
    assert INVITE not in actions(second)


async def test_promises_belong_to_a_person_and_have_a_date(alice: ApiClient, people: list[str]) -> None:
    ana, bo, _ = people
    promises = [
        {
            "what": "the article",
            "contact_id": bo,
            "due_on": "2026-03-09",
            "url": "https://a.example",
            "why": "She asked",
        },
        {"what": "the book"},
        {"what": "his slides", "contact_id": bo, "by": "theirs"},
        {"what": "sent on the spot", "kept_at": make.moment(hours=-1)},
    ]
    met = await make.add(alice, "encounters", make.meeting(ana, bo, follow_up="none", promises=promises))
    titles = {task["title"]: task for task in met["tasks"]}
    assert titles.keys() == {"Send: the article", "Send: the book", "Ask once: his slides"}
    assert titles["Send: the article"]["contact_id"] == titles["Ask once: his slides"]["contact_id"] == bo
    assert titles["Send: the article"]["due_at"] == "2026-03-09T23:59:59Z"
    assert titles["Send: the book"]["contact_id"] == ana
    assert titles["Send: the book"]["due_at"].startswith("2026-03-04T18:3")
    kept = [{name: value for name, value in promise.items() if name != "id"} for promise in met["promises"]]
    blank = {"url": None, "why": None, "by": "mine", "promised": True, "due_on": None, "kept_at": None}
    assert kept[1] == {**blank, "what": "the book", "contact_id": ana}
    assert kept[0] == {**blank, **promises[0]}
    assert kept[3]["kept_at"] == "2026-03-03T14:30:00Z"


async def test_what_they_asked_for_and_is_not_ready_is_a_task_each(alice: ApiClient, people: list[str]) -> None:
    requested = [
        {"what": "references"},
        {"what": "salary", "ready": True},
        {"what": "a sample", "detail": "Any.", "due_on": "2026-03-09"},
    ]
    met = await make.add(alice, "encounters", make.interview(*people, round=2, requested=requested))
    items = [task for task in met["tasks"] if task["action"] == ITEM]
    assert {task["title"]: task["due_at"][:13] for task in items} == {
        "Get ready: references": "2026-03-04T18",
        "Get ready: a sample": "2026-03-09T23",
    }
    assert {task["contact_id"] for task in items} == {people[0]}
    assert met["requested"] == [
        {"what": "references", "ready": False, "detail": None, "due_on": None},
        {"what": "salary", "ready": True, "detail": None, "due_on": None},
        {"what": "a sample", "ready": False, "detail": "Any.", "due_on": "2026-03-09"},
    ]


async def test_what_was_promised_comes_first_of_what_is_due_at_one_time(alice: ApiClient, people: list[str]) -> None:
    met = make.meeting(*people, promises=[{"what": f"page {number}"} for number in range(5)])
    await make.add(alice, "encounters", met)
    groups = {group["name"]: group["tasks"] for group in (await make.get(alice, "upcoming"))["groups"]}
    assert [task["action"] for task in groups["tomorrow"]] == [SEND] * 5 + [NOTE] * 3
    assert [task["title"] for task in groups["tomorrow"]][:5] == [f"Send: page {number}" for number in range(5)]


async def test_spaces_are_no_reason_and_no_benefit(alice: ApiClient, people: list[str]) -> None:
    blank = {"no_follow_up_because": "  ", "benefit": "\n", "talked_about": " "}
    met = await make.add(alice, "encounters", make.meeting(people[0], **blank))
    assert actions(met) == [NOTE, INVITE]
    assert "topic" in of(met, NOTE)["needs"]


async def test_nobody_who_wants_no_contact_gets_a_task(alice: ApiClient, people: list[str]) -> None:
    ana, bo, _ = people
    await make.change(alice, f"contacts/{ana}", {"do_not_contact": True})
    met = await make.add(alice, "encounters", make.interview(ana, bo, promises=[{"what": "the article"}]))
    assert actions(met, ana) == []
    assert actions(met, bo) == [EMAIL, NOTE]


async def test_the_same_day_is_the_day_of_the_end(alice: ApiClient, people: list[str]) -> None:
    overnight = {"occurred_at": "2026-03-02T20:00:00Z", "ends_at": "2026-03-03T11:00:00Z"}
    met = await make.add(alice, "encounters", make.interview(people[0], **overnight))
    assert of(met, EMAIL)["due_at"] == "2026-03-03T23:59:59Z"
    assert of(met, EMAIL)["start_at"] == "2026-03-03T13:00:00Z"
    assert of(met, NOTE)["due_at"].startswith("2026-03-04T18:3")


async def test_a_meeting_may_lie_ahead(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], occurred_at="2026-03-10T10:00:00Z"))
    assert of(met, EMAIL)["due_at"] == "2026-03-10T23:59:59Z"
    assert of(met, EMAIL)["start_at"] == "2026-03-10T12:00:00Z"


async def test_every_task_says_on_which_channel_why_and_by_which_rule(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(
        alice,
        "encounters",
        make.interview(
            people=[{"contact_id": people[0], "role": "recruiter", "benefit": "A book."}],
            promises=[{"what": "the article"}, {"what": "slides", "by": "theirs"}],
            requested=[{"what": "references"}],
        ),
    )
    rules = {task["action"]: task["rule"] for task in met["tasks"]}
    assert rules == {EMAIL: "R3", NOTE: "R5", INVITE: "R13", CALL: "R10", SEND: "R9", ASK: "R12", ITEM: "R6"}
    for task in met["tasks"]:
        assert task["channel"]
        assert task["why"].endswith(".")
        assert task["because"]
        assert task["timezone"] == make.ZONE


async def test_what_a_task_needs_comes_from_the_person_the_meeting_and_the_user(alice: ApiClient) -> None:
    nobody = (await make.add(alice, "contacts", {"descriptor": "red scarf"}))["id"]
    met = await make.add(alice, "encounters", make.interview(nobody, position=None, benefit="A book."))
    assert of(met, EMAIL)["needs"] == ["name", "position", "email"]
    assert of(met, NOTE)["needs"] == ["name", "position", "postal_address"]
    assert of(met, CALL)["needs"] == ["name", "phone", "number"]
    await make.change(alice, f"encounters/{met['id']}", {"position": "Platform engineer"})
    known = {"name": "Dana Reyes", "emails": ["dana@mail.example"], "postal_address": "Rua do Poente 7"}
    await make.change(alice, f"contacts/{nobody}", known)
    after = await make.get(alice, f"encounters/{met['id']}")
    assert of(after, EMAIL)["needs"] == of(after, NOTE)["needs"] == []


async def test_tasks_of_one_action_from_one_event_can_be_stacked(alice: ApiClient, people: list[str]) -> None:
    stacks: list[str] = []
    for person, event in zip(people, ("PyData mixer", "pydata MIXER", "A dinner"), strict=True):
        met = await make.add(alice, "encounters", make.meeting(person, event=event))
        assert of(met, NOTE)["stack"] != of(met, INVITE)["stack"]
        stacks.append(of(met, NOTE)["stack"])
    assert stacks[0] == stacks[1] != stacks[2]
    alone = await make.add(alice, "encounters", make.meeting(people[0]))
    assert of(alone, NOTE)["stack"] is None
