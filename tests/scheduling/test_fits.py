"""How many of the notes fit before the sundown ahead, and into an evening."""

from datetime import datetime, timedelta

import pytest

from app.scheduling.agenda import Edges, edges, fits
from tests.scheduling.meetings import LISBON, instant


def at(text: str) -> Edges:
    return edges(instant(text), "Europe/Lisbon", LISBON)


AFTERNOON = at("2026-03-03T15:31:29+00:00")
EVENING = at("2026-03-03T20:00:00+00:00")


def test_the_sundown_ahead_is_todays_until_it_is_over() -> None:
    assert AFTERNOON.next_sundown == (AFTERNOON.today, AFTERNOON.sundown_today.at)
    assert EVENING.next_sundown == (EVENING.tomorrow, EVENING.sundown_tomorrow.at)
    exactly = at(AFTERNOON.sundown_today.at.isoformat())
    assert exactly.next_sundown[0] == exactly.tomorrow


@pytest.mark.parametrize(
    ("moment", "an_evening", "minutes", "count"),
    [
        (AFTERNOON, 60, [10] * 15, 6),
        (AFTERNOON, None, [10] * 30, 17),
        (AFTERNOON, 600, [10] * 30, 17),
        (AFTERNOON, 0, [10], 0),
        (AFTERNOON, 0, [0, 10], 1),
        (AFTERNOON, 60, [50, 20, 5], 1),
        (AFTERNOON, 60, [10] * 3, 3),
        (AFTERNOON, 60, [], 0),
        (EVENING, 45, [10] * 15, 4),
    ],
)
def test_tasks_are_taken_in_order_while_there_is_time(
    moment: Edges, an_evening: int | None, minutes: list[int], count: int
) -> None:
    found = fits(moment, an_evening, minutes)
    assert (found.count, found.of) == (count, len(minutes))
    assert found.minutes_an_evening == an_evening


def test_what_is_left_is_told_in_whole_minutes() -> None:
    found = fits(AFTERNOON, 60, [])
    assert found.until == AFTERNOON.sundown_today.at
    left: timedelta = found.until - datetime.fromisoformat("2026-03-03T15:31:29+00:00")
    assert timedelta(minutes=found.minutes_left) <= left < timedelta(minutes=found.minutes_left + 1)
