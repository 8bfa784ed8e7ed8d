"""In which group of upcoming a task stands."""

import pytest

from app.scheduling.agenda import edges, group_of
from app.scheduling.facts import Preferences
from tests.scheduling.meetings import instant

LISBON = Preferences(timezone="Europe/Lisbon")
NOW = instant("2026-03-03T15:30+00:00")


@pytest.mark.parametrize(
    ("act_at", "group"),
    [
        ("2026-03-03T15:29:59+00:00", "overdue"),
        ("2026-03-03T15:30:00+00:00", "today"),
        ("2026-03-04T04:00:00+00:00", "today"),
        ("2026-03-04T04:00:01+00:00", "tomorrow"),
        ("2026-03-05T04:00:00+00:00", "tomorrow"),
        ("2026-03-05T04:00:01+00:00", "this_week"),
        ("2026-03-10T04:00:00+00:00", "this_week"),
        ("2026-03-10T04:00:01+00:00", "later"),
    ],
)
def test_a_day_ends_with_its_boundary(act_at: str, group: str) -> None:
    around = edges(NOW, "Europe/Lisbon", LISBON)
    assert group_of("handwritten_note", instant(act_at), instant(act_at), around) == group


def test_what_is_due_at_the_boundary_tonight_is_due_today() -> None:
    around = edges(instant("2026-03-04T01:00+00:00"), "Europe/Lisbon", LISBON)
    due = instant("2026-03-04T04:00+00:00")
    assert group_of("email_thank_you", due, due, around) == "today"


def test_a_reply_comes_first_and_a_passed_snooze_is_for_today() -> None:
    around = edges(NOW, "Europe/Lisbon", LISBON)
    past, ahead = instant("2026-03-01T12:00+00:00"), instant("2026-03-20T12:00+00:00")
    assert group_of("reply", past, past, around) == "replies"
    assert group_of("handwritten_note", past, ahead, around) == "today"
