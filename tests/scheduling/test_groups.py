"""In which group of upcoming a task stands: days in the reader's zone with the day boundary."""

from datetime import date, time

import pytest

from app.scheduling.agenda import edges, group_of
from app.scheduling.facts import Preferences
from tests.scheduling.meetings import instant, local, preferences

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
    assert group_of("reply", ahead, ahead, around) == "replies"
    assert group_of("handwritten_note", past, ahead, around) == "today"


def test_what_is_overdue_and_snoozed_waits_until_then() -> None:
    around = edges(NOW, "Europe/Lisbon", LISBON)
    overdue = instant("2026-03-01T12:00+00:00")
    assert group_of("handwritten_note", instant("2026-03-04T12:00Z"), overdue, around) == "tomorrow"
    assert group_of("handwritten_note", instant("2026-03-03T15:00Z"), overdue, around) == "overdue"


@pytest.mark.parametrize(
    ("now", "timezone", "today", "today_ends", "tomorrow_ends", "week_ends"),
    [
        pytest.param(
            "2026-03-28T22:00Z",
            "Europe/Lisbon",
            "2026-03-28",
            "2026-03-29T04:00+01:00",
            "2026-03-30T04:00+01:00",
            "2026-04-04T04:00+01:00",
            id="the short night",
        ),
        pytest.param(
            "2026-10-25T00:30Z",
            "Europe/Lisbon",
            "2026-10-24",
            "2026-10-25T04:00+00:00",
            "2026-10-26T04:00+00:00",
            "2026-10-31T04:00+00:00",
            id="in the hour that comes twice",
        ),
        pytest.param(
            "2026-10-04T02:00+11:00",
            "Australia/Lord_Howe",
            "2026-10-03",
            "2026-10-04T04:00+11:00",
            "2026-10-05T04:00+11:00",
            "2026-10-10T04:00+11:00",
            id="half an hour",
        ),
        pytest.param(
            "2011-12-29T12:00-10:00",
            "Pacific/Apia",
            "2011-12-29",
            "2011-12-31T04:00+14:00",
            "2012-01-01T04:00+14:00",
            "2012-01-06T04:00+14:00",
            id="the skipped day counts for nothing",
        ),
        pytest.param(
            "2026-03-03T23:00-08:00",
            "America/Los_Angeles",
            "2026-03-03",
            "2026-03-04T04:00-08:00",
            "2026-03-05T04:00-08:00",
            "2026-03-10T04:00-07:00",
            id="a reader elsewhere than at home",
        ),
    ],
)
def test_the_edges_are_the_readers_days(
    now: str, timezone: str, today: str, today_ends: str, tomorrow_ends: str, week_ends: str
) -> None:
    around = edges(instant(now), timezone, LISBON)
    assert around.today == date.fromisoformat(today)
    assert (around.today_ends, around.tomorrow_ends, around.week_ends) == (
        instant(today_ends),
        instant(tomorrow_ends),
        instant(week_ends),
    )


def test_a_boundary_of_midnight_ends_a_day_where_the_next_begins() -> None:
    around = edges(instant("2026-09-05T20:00-04:00"), "America/Santiago", preferences(boundary=time(0)))
    assert local(around.today_ends, "America/Santiago") == "2026-09-06 01:00:00"


def test_the_sundowns_are_those_over_the_reader() -> None:
    at_home = edges(NOW, "Europe/Lisbon", preferences(latitude=41.15, longitude=-8.61))
    assert local(at_home.sundown_today.at, "Europe/Lisbon")[:16] == "2026-03-03 18:27"
    away = edges(NOW, "America/New_York", preferences(latitude=41.15, longitude=-8.61))
    assert local(away.sundown_today.at, "America/New_York")[:16] == "2026-03-03 17:49"
    assert local(away.sundown_tomorrow.at, "America/New_York")[:16] == "2026-03-04 17:50"
    owl = edges(instant("2026-03-04T01:00Z"), "Europe/Lisbon", preferences(sundown_at=time(17)))
    assert local(owl.sundown_today.at, "Europe/Lisbon") == "2026-03-03 17:00:00", "the evening is not over"
