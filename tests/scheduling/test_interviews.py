"""What an interview asks for: R2, R3, R5, R6 and the rounds of "Kinds"."""

from dataclasses import fields, replace
from datetime import date

import pytest

from app.scheduling.facts import Occasion, Person
from app.scheduling.plan import plan
from app.scheduling.playbook import BUILT_IN, Playbook
from tests.scheduling.meetings import (
    DANA,
    ELI,
    FAY,
    ITEM,
    LISBON,
    OTHER_ITEM,
    actions,
    due,
    interview,
    local,
    person,
    preferences,
    requested,
    tasks,
)

R3, R5, R6 = "R3 email_thank_you", "R5 handwritten_note", "R6 email_thank_you"
AT_FOUR = "2026-03-03T16:00+00:00"


def switched_on(rule_id: str) -> Playbook:
    return replace(
        BUILT_IN, rules=tuple(replace(rule, on=True) if rule.id == rule_id else rule for rule in BUILT_IN.rules)
    )


def test_a_first_interview_is_thanked_by_email_the_same_day_and_by_hand_the_next() -> None:
    assert actions(interview(1)) == [R3, R5]
    assert due(interview(1), "email_thank_you") == "2026-03-03 23:59:59"
    assert tasks(interview(1))["handwritten_note"].because == "sundown in Lisbon on Wednesday 4 March, 18:32"


def test_the_email_may_go_two_hours_after_the_end() -> None:
    met = interview(1, at=AT_FOUR, ends="2026-03-03T17:30+00:00")
    assert local(tasks(met)["email_thank_you"].start_at, "Europe/Lisbon") == "2026-03-03 19:30:00"
    without_an_end = tasks(interview(1, at=AT_FOUR))["email_thank_you"]
    assert local(without_an_end.start_at, "Europe/Lisbon") == "2026-03-03 18:00:00"


def test_the_note_is_begun_that_evening_and_posted_the_next_day() -> None:
    assert local(tasks(interview(1))["handwritten_note"].start_at, "Europe/Lisbon") == "2026-03-03 18:00:00"
    late = interview(1, at="2026-03-03T21:00+00:00")
    assert local(tasks(late)["handwritten_note"].start_at, "Europe/Lisbon") == "2026-03-03 21:00:00"


def test_the_day_of_an_interview_is_the_day_it_ends() -> None:
    into_the_night = interview(1, at="2026-03-03T22:00+00:00", ends="2026-03-04T00:30+00:00")
    assert due(into_the_night, "email_thank_you") == "2026-03-04 04:00:00"
    assert tasks(into_the_night)["handwritten_note"].because == "sundown in Lisbon on Wednesday 4 March, 18:32"
    of_two_days = interview(1, at="2026-03-03T09:00+00:00", ends="2026-03-04T17:00+00:00")
    assert due(of_two_days, "email_thank_you") == "2026-03-04 23:59:59"
    assert tasks(of_two_days)["handwritten_note"].because == "sundown in Lisbon on Thursday 5 March, 18:33"


def test_the_position_is_named_in_the_note_and_in_the_email() -> None:
    planned = tasks(interview(1))
    assert planned["handwritten_note"].requires == ("name", "postal_address", "position")
    assert planned["email_thank_you"].requires == ("name", "email", "position")


@pytest.mark.parametrize(
    ("round_", "first", "role", "expected"),
    [
        pytest.param(0, True, None, [R3], id="a screen: the e-mail"),
        pytest.param(0, True, "interviewer", [R3], id="a screen with an interviewer"),
        pytest.param(0, True, "hiring_manager", [R3, R5], id="a screen by the hiring manager: the note, too"),
        pytest.param(0, False, "hiring_manager", [R3, R5], id="a screen knows no earlier interview"),
        pytest.param(1, True, None, [R3, R5], id="the first"),
        pytest.param(1, True, "hiring_manager", [R3, R5], id="the first, one note"),
        pytest.param(None, True, None, [R3, R5], id="no round said: the first"),
        pytest.param(1, False, None, [R3], id="round 1 with somebody interviewed before"),
        pytest.param(2, True, None, [R6, R5], id="round 2, the first with this person"),
        pytest.param(2, False, None, [R6], id="round 2, met before"),
        pytest.param(3, False, "hiring_manager", [R6], id="round 3"),
        pytest.param(20, True, None, [R6, R5], id="the highest round there is"),
    ],
)
def test_each_round_has_its_courtesies(round_: int | None, first: bool, role: str | None, expected: list[str]) -> None:
    assert actions(interview(round_, people=(person(first_interview=first, role=role),))) == expected


def test_the_email_of_a_later_round_adds_what_came_up() -> None:
    email = tasks(interview(2))["email_thank_you"]
    assert email.why == "After a later interview, an e-mail the same day thanks and adds what came up."
    assert local(email.due_at, "Europe/Lisbon") == "2026-03-03 23:59:59"


def test_a_recruiter_on_the_first_call_is_asked_to_connect_too() -> None:
    assert actions(interview(0, people=(person(role="recruiter"),))) == [R3, "R13 linkedin_invite"]


def test_everyone_on_a_panel_is_thanked_and_nobody_twice() -> None:
    panel = interview(2, people=(person(DANA), person(ELI, first_interview=False), person(FAY, role="recruiter")))
    assert actions(panel, DANA) == [R6, R5]
    assert actions(panel, ELI) == [R6]
    assert actions(panel, FAY) == [R6, R5, "R13 linkedin_invite"]
    assert [task.contact_id for task in plan(panel, LISBON)][:3] == [DANA, ELI, FAY], "as they were listed"


def test_how_it_went_is_no_fact_a_thank_you_depends_on() -> None:
    told = {field.name for kind in (Occasion, Person) for field in fields(kind)}
    assert not told & {"self_rating", "outcome", "rating", "result"}


def test_what_was_asked_for_and_is_not_ready_is_a_task_of_its_own_with_the_first_person() -> None:
    asked = (
        requested("references"),
        requested("salary requirements", id=OTHER_ITEM),
        requested("a portfolio", id=DANA, ready=True),
    )
    met = interview(2, people=(person(DANA), person(ELI)), requested=asked)
    items = [task for task in plan(met, LISBON) if task.action == "requested_item"]
    assert [(task.contact_id, task.item_id, task.title, task.rule) for task in items] == [
        (DANA, ITEM, "Get ready: references", "R6"),
        (DANA, OTHER_ITEM, "Get ready: salary requirements", "R6"),
    ]
    assert {task.because for task in items} == {"sundown in Lisbon on Wednesday 4 March, 18:32"}
    assert {(task.channel, task.minutes, task.requires) for task in items} == {("other", 15, ())}


def test_what_was_asked_for_by_a_date_is_due_at_its_end() -> None:
    met = interview(2, requested=(requested(due_on=date(2026, 3, 10)),))
    assert (
        tasks(met)["requested_item"].because == "the date named, the end of the day in Lisbon, Tuesday 10 March, 23:59"
    )


def test_what_was_asked_for_is_with_the_first_person_who_may_be_contacted() -> None:
    met = interview(2, people=(person(DANA, do_not_contact=True), person(ELI)), requested=(requested(),))
    assert actions(met, DANA) == []
    assert "R6 requested_item" in actions(met, ELI)


def test_a_note_to_someone_already_thanked_by_hand_is_a_switch_that_is_off() -> None:
    met = interview(2, people=(person(first_interview=False),))
    assert not next(rule for rule in BUILT_IN.rules if rule.id == "R5.again").on
    with_the_switch = plan(met, LISBON, switched_on("R5.again"))
    assert [f"{task.rule} {task.action}" for task in with_the_switch] == [R6, R5]
    first = interview(2)
    assert plan(first, LISBON, switched_on("R5.again")) == plan(first, LISBON), "never two notes for one interview"


def test_an_invitation_to_an_interviewer_is_a_switch_that_is_off() -> None:
    assert "R13 linkedin_invite" not in actions(interview(1))
    switched = plan(interview(1), LISBON, switched_on("R13.interviewer"))
    assert [task.rule for task in switched] == ["R3", "R5", "R13"]


def test_one_short_message_after_an_interview_is_the_email() -> None:
    assert actions(interview(1, people=(person(follow_up="light"),))) == [R3]
    assert actions(interview(2, people=(person(follow_up="light", role="recruiter"),))) == [R6]


def test_a_note_abroad_says_how_long_it_travels() -> None:
    met = interview(1, at="2026-03-07T14:00+01:00", timezone="Europe/Berlin")
    note = tasks(met, preferences("America/New_York"))["handwritten_note"]
    assert note.mail_hint == (
        "No collection on Sunday 8 March; the next is on Monday 9 March. Abroad: it usually takes 5 to 10 days."
    )
    assert note.because == "sundown in Berlin on Sunday 8 March, 17:58", "a Sunday does not move the deadline"
    assert tasks(met, preferences("America/New_York"))["email_thank_you"].mail_hint is None
