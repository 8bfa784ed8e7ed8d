"""What a mixer, a dinner or a coffee asks for: R7, R8, R13 and `follow_up`."""

from typing import Any

import pytest

from app.scheduling.plan import plan
from tests.scheduling.meetings import (
    DANA,
    ELI,
    FAY,
    LISBON,
    actions,
    coffee,
    due,
    local,
    meeting,
    person,
    tasks,
)

R3, R7, R8 = "R3 email_thank_you", "R7 finish_card_note", "R8 handwritten_note"
R8_SHORT, R13 = "R8 email_thank_you", "R13 linkedin_invite"


def test_a_mixer_asks_for_a_note_by_sundown_the_next_day_and_an_invitation_by_the_second() -> None:
    assert actions(meeting()) == [R8, R13]
    assert tasks(meeting())["handwritten_note"].because == "sundown in Lisbon on Wednesday 4 March, 18:32"
    assert tasks(meeting())["linkedin_invite"].because == "sundown in Lisbon on Thursday 5 March, 18:33"


def test_a_dinner_asks_for_the_same_with_its_own_reason() -> None:
    assert actions(meeting(kind="social")) == [R8, R13]
    assert tasks(meeting(kind="social"))["handwritten_note"].why == (
        "After a social evening, a short note is in the mail by sundown the next day."
    )


def test_a_coffee_asks_for_the_note_and_for_an_email_the_same_day() -> None:
    assert actions(coffee()) == [R3, R8]
    assert due(coffee(), "email_thank_you") == "2026-03-03 23:59:59"


def test_a_note_after_an_event_is_built_on_the_topic() -> None:
    for kind in ("networking", "social", "other"):
        assert tasks(meeting(kind=kind))["handwritten_note"].requires == ("name", "postal_address", "topic")


def test_a_recruiter_is_asked_to_connect_after_a_coffee_too() -> None:
    assert actions(coffee(people=(person(role="recruiter"),))) == [R3, R8, R13]


def test_a_recruiter_at_a_mixer_is_asked_once() -> None:
    assert actions(meeting(people=(person(role="recruiter"),))) == [R8, R13]


@pytest.mark.parametrize(
    "fact", [{"linkedin_state": "invited"}, {"linkedin_state": "connected"}, {"linkedin_asked": True}]
)
def test_nobody_is_asked_to_connect_twice(fact: dict[str, Any]) -> None:
    assert actions(meeting(people=(person(**fact),))) == [R8]
    assert actions(coffee(people=(person(role="recruiter", **fact),))) == [R3, R8]


@pytest.mark.parametrize(
    ("kind", "follow_up", "expected"),
    [
        ("networking", "full", [R8, R13]),
        ("networking", "light", [R8_SHORT]),
        ("networking", "none", []),
        ("social", "full", [R8, R13]),
        ("social", "light", [R8_SHORT]),
        ("social", "none", []),
        ("other", "full", [R3, R8]),
        ("other", "light", [R3]),
        ("other", "none", []),
    ],
)
def test_a_card_is_written_by_hand_or_gets_one_short_message_or_none(
    kind: str, follow_up: str, expected: list[str]
) -> None:
    assert actions(meeting(kind=kind, people=(person(follow_up=follow_up),))) == expected


def test_one_short_message_has_the_notes_deadline_and_needs_no_stamp() -> None:
    sunday = "2026-03-07T16:00+00:00"
    by_hand = tasks(meeting(sunday))["handwritten_note"]
    short = tasks(meeting(sunday, people=(person(follow_up="light"),)))["email_thank_you"]
    assert (short.channel, short.title, short.minutes) == ("email", "Send one short message", 8)
    assert (short.due_at, short.because) == (by_hand.due_at, by_hand.because)
    assert short.requires == ("name", "email")
    assert (by_hand.mail_hint, short.mail_hint) == (
        "No collection on Sunday 8 March; the next is on Monday 9 March.",
        None,
    )


def test_each_person_of_one_event_is_sorted_alone() -> None:
    crowd = meeting(people=(person(DANA), person(ELI, follow_up="light"), person(FAY, follow_up="none")))
    assert actions(crowd, DANA) == [R8, R13]
    assert actions(crowd, ELI) == [R8_SHORT]
    assert actions(crowd, FAY) == []


def test_a_thin_note_is_finished_by_noon_of_the_next_day() -> None:
    card = tasks(meeting("2026-03-04T00:40+00:00", people=(person(thin=True),)))["finish_card_note"]
    assert local(card.due_at, "Europe/Lisbon") == "2026-03-04 12:00:00"
    assert card.because == "12:00 in Lisbon on the next day, Wednesday 4 March, 12:00"
    assert (card.rule, card.channel, card.minutes, card.by) == ("R7", "other", 2, "hour")
    assert actions(meeting(people=(person(thin=True, follow_up="light"),))) == [R7, R8_SHORT]
    assert actions(meeting(people=(person(thin=True, follow_up="none"),))) == []


def test_a_meeting_in_the_afternoon_is_written_about_in_the_evening() -> None:
    assert local(tasks(meeting())["handwritten_note"].start_at, "Europe/Lisbon") == "2026-03-03 18:00:00"
    assert local(tasks(meeting())["linkedin_invite"].start_at, "Europe/Lisbon") == "2026-03-03 16:00:00"


def test_the_deadline_says_what_it_is() -> None:
    assert {task.action: task.by for task in plan(coffee(people=(person(thin=True),)), LISBON)} == {
        "email_thank_you": "midnight",
        "handwritten_note": "sundown",
        "finish_card_note": "hour",
    }
