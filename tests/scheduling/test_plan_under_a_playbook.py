"""What a changed playbook makes of a meeting: other dues, own rules, and notes that go by e-mail."""

from typing import Any

import pytest

from app.scheduling.facts import Occasion
from app.scheduling.plan import PlannedTask, plan
from app.scheduling.playbook import BUILT_IN
from app.scheduling.proposal import proposed
from tests.followups.proposals import document, own
from tests.scheduling.meetings import DANA, ELI, LISBON, interview, local, meeting, person, promise

BY_EMAIL = {"write_by_email": True}
WITHOUT_ADDRESS = {"else": {"no_address": "email"}}


def planned(occasion: Occasion, sent: dict[str, Any]) -> list[PlannedTask]:
    return list(plan(occasion, LISBON, proposed(sent, BUILT_IN)))


def by_rule(occasion: Occasion, sent: dict[str, Any]) -> dict[str, PlannedTask]:
    return {task.rule: task for task in planned(occasion, sent)}


def test_a_rule_switched_off_gives_nothing() -> None:
    assert set(by_rule(meeting(), document(off=["R13"]))) == {"R8"}


def test_a_rule_of_ones_own_gives_its_task_in_its_rounds_to_its_role_alone() -> None:
    manager = person(DANA, role="hiring_manager")
    both = (manager, person(ELI, role="recruiter"))
    for number, expected in ((1, []), (2, [DANA]), (3, [DANA]), (4, [])):
        tasks = planned(interview(number, people=both), document(own()))
        assert [task.contact_id for task in tasks if task.rule == "portfolio"] == expected
    task = by_rule(interview(2, people=(manager,)), document(own()))["portfolio"]
    assert (task.action, task.channel, task.title, task.minutes) == ("custom", "email", "Send the portfolio", 15)
    assert task.why == "They like to see work."


@pytest.mark.parametrize(
    ("due", "at", "because"),
    [
        (
            {"type": "at", "hour": "12:00", "days": 3},
            "2026-03-06 12:00:00",
            "12:00 in Lisbon three days later, Friday 6 March, 12:00",
        ),
        (
            {"type": "at", "hour": "12:00", "days": 7, "working": True},
            "2026-03-12 12:00:00",
            "12:00 in Lisbon 7 working days later, Thursday 12 March, 12:00",
        ),
        (
            {"type": "at", "hour": "09:30"},
            "2026-03-04 09:30:00",
            "09:30 in Lisbon on the next day, Wednesday 4 March, 09:30",
        ),
        (
            {"type": "at", "hour": "09:30", "working": True},
            "2026-03-04 09:30:00",
            "09:30 in Lisbon on the next working day, Wednesday 4 March, 09:30",
        ),
        (
            {"type": "sundown", "days": 2},
            "2026-03-05 18:33:24",
            "sundown in Lisbon on Thursday 5 March, 18:33",
        ),
        (
            {"type": "end_of_day", "days": 1},
            "2026-03-04 23:59:59",
            "the end of the day in Lisbon, Wednesday 4 March, 23:59",
        ),
    ],
)
def test_an_offset_moves_the_due_time_and_the_sentence_says_so(due: dict[str, Any], at: str, because: str) -> None:
    task = by_rule(meeting(), document(R8={"due": due}))["R8"]
    assert (local(task.due_at, "Europe/Lisbon"), task.because) == (at, because)


def test_waiting_longer_for_a_promise_of_theirs_is_said_as_it_is() -> None:
    theirs = meeting(promises=(promise(by="theirs"),))
    task = by_rule(theirs, document(R12={"due": {"type": "after_date", "working_days": 5}}))["R12"]
    assert task.because.startswith("five working days after a week, since no day was named")


@pytest.mark.parametrize("kind", ["networking", "social"])
def test_by_e_mail_a_note_has_the_same_deadline_and_asks_for_an_e_mail_address(kind: str) -> None:
    by_hand = by_rule(meeting(kind=kind), document())["R8"]
    by_email = by_rule(meeting(kind=kind), document() | BY_EMAIL)["R8"]
    assert (by_email.action, by_email.channel, by_email.title) == (
        "email_thank_you",
        "email",
        "Send a thank-you e-mail",
    )
    assert by_email.requires == ("name", "topic", "email")
    assert by_email.mail_hint is None
    for name in ("due_at", "because", "why", "by", "key"):
        assert getattr(by_email, name) == getattr(by_hand, name)


def test_by_e_mail_nobody_is_thanked_twice_for_one_meeting_and_the_reason_says_so() -> None:
    for occasion in (interview(1), meeting(kind="other")):
        before, after = by_rule(occasion, document()), by_rule(occasion, document() | BY_EMAIL)
        note = {"R5", "R8"} & before.keys()
        assert after.keys() == before.keys() - note
        assert after["R3"].why == f"{before['R3'].why} It stands for the note by hand, too."
        assert after["R3"].due_at == before["R3"].due_at


def test_by_e_mail_the_note_stays_where_no_other_e_mail_is_asked_for() -> None:
    after = by_rule(interview(1), document(off=["R3"]) | BY_EMAIL)
    assert {task.rule: task.channel for task in after.values()} == {"R5": "email"}


def test_by_e_mail_a_person_who_wants_one_short_message_gets_one() -> None:
    (task,) = planned(meeting(people=(person(follow_up="light"),)), document(off=["R13"]) | BY_EMAIL)
    assert (task.title, task.channel, task.requires) == ("Send one short message", "email", ("name", "email"))


def test_without_an_address_the_note_waits_unless_the_rule_says_otherwise() -> None:
    nowhere, somewhere = person(has_address=False), person(has_address=True)
    assert by_rule(meeting(people=(nowhere,)), document())["R8"].channel == "letter"
    assert by_rule(meeting(people=(nowhere,)), document(R8=WITHOUT_ADDRESS))["R8"].channel == "email"
    assert by_rule(meeting(people=(somewhere,)), document(R8=WITHOUT_ADDRESS))["R8"].channel == "letter"


def test_without_an_address_only_the_person_without_one_is_written_to_by_e_mail() -> None:
    both = (person(DANA, has_address=True), person(ELI, has_address=False))
    tasks = planned(meeting(people=both), document(R8=WITHOUT_ADDRESS))
    assert {task.contact_id: task.channel for task in tasks if task.rule == "R8"} == {DANA: "letter", ELI: "email"}


def test_a_short_follow_up_keeps_what_the_rule_says_to_keep() -> None:
    light = meeting(people=(person(follow_up="light"),))
    assert set(by_rule(light, document())) == {"R8"}
    assert set(by_rule(light, document(R13={"else": {"light": "keep"}}))) == {"R8", "R13"}
    assert set(by_rule(light, document(R8={"else": {"light": "drop"}}))) == set()
    kept = by_rule(light, document(R8={"else": {"light": "keep"}}))["R8"]
    assert kept.channel == "letter"


def test_an_invitation_is_sent_once_however_many_rules_ask_for_it() -> None:
    invite = own(kind=None, round=None, role=None, action="linkedin_invite", channel="linkedin")
    tasks = planned(meeting(people=(person(DANA), person(ELI))), document(invite))
    assert [task.contact_id for task in tasks if task.action == "linkedin_invite"] == [DANA, ELI]
    tasks = planned(meeting(people=(person(linkedin_state="invited"),)), document(invite))
    assert [task for task in tasks if task.action == "linkedin_invite"] == []


def test_a_call_of_ones_own_rule_is_asked_for_only_where_it_benefits_them() -> None:
    call = own(kind=None, round=None, role=None, action="phone_call", channel="phone")
    assert "portfolio" not in by_rule(meeting(), document(call))
    assert "portfolio" in by_rule(meeting(people=(person(benefit="A lead on a venue"),)), document(call))


def test_no_follow_up_stops_a_rule_of_ones_own_too() -> None:
    nobody = meeting(people=(person(follow_up="none"),))
    assert planned(nobody, document(own(kind=None, round=None, role=None))) == []
