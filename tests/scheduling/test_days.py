"""Which day it is and when it ends, where clocks do odd things."""

from datetime import date, time

import pytest

from app.scheduling.almanac import day_of, end_of_day, following_day, last_second, preceding_day, wall_time
from tests.scheduling.meetings import instant, local

FOUR = time(4)


@pytest.mark.parametrize(
    ("at", "timezone", "boundary", "day", "ends"),
    [
        pytest.param(
            "2026-03-03T19:30-08:00", "America/Los_Angeles", FOUR, "2026-03-03", "2026-03-03 23:59:59", id="19:30 LA"
        ),
        pytest.param(
            "2026-03-04T00:40+00:00",
            "Europe/Lisbon",
            FOUR,
            "2026-03-03",
            "2026-03-04 04:00:00",
            id="00:40 after a mixer",
        ),
        pytest.param(
            "2026-03-04T00:40+00:00", "Europe/Lisbon", time(0), "2026-03-04", "2026-03-04 23:59:59", id="boundary 00:00"
        ),
        pytest.param(
            "2026-03-04T04:00+00:00", "Europe/Lisbon", FOUR, "2026-03-04", "2026-03-04 23:59:59", id="at the boundary"
        ),
        pytest.param(
            "2026-03-03T09:00+14:00", "Pacific/Kiritimati", FOUR, "2026-03-03", "2026-03-03 23:59:59", id="Kiritimati"
        ),
        pytest.param(
            "2026-03-03T23:00+13:00", "Pacific/Auckland", FOUR, "2026-03-03", "2026-03-03 23:59:59", id="Auckland"
        ),
        pytest.param(
            "2026-03-08T12:00-07:00",
            "America/Phoenix",
            FOUR,
            "2026-03-08",
            "2026-03-08 23:59:59",
            id="no DST in Phoenix",
        ),
        pytest.param(
            "2026-03-03T23:59+05:45", "Asia/Kathmandu", FOUR, "2026-03-03", "2026-03-03 23:59:59", id="quarter hours"
        ),
        pytest.param(
            "2026-03-28T23:30+00:00",
            "Europe/Lisbon",
            FOUR,
            "2026-03-28",
            "2026-03-28 23:59:59",
            id="spring-forward night",
        ),
        pytest.param(
            "2026-10-24T23:30+01:00", "Europe/Lisbon", FOUR, "2026-10-24", "2026-10-24 23:59:59", id="fall-back night"
        ),
        pytest.param(
            "2026-04-04T23:30+11:00",
            "Australia/Lord_Howe",
            FOUR,
            "2026-04-04",
            "2026-04-04 23:59:59",
            id="half an hour",
        ),
        pytest.param(
            "2028-02-29T12:00+00:00", "Europe/Lisbon", FOUR, "2028-02-29", "2028-02-29 23:59:59", id="29 February"
        ),
        pytest.param("2026-03-03T23:30+00:00", "UTC", FOUR, "2026-03-03", "2026-03-03 23:59:59", id="UTC as zone"),
    ],
)
def test_a_day_belongs_to_the_evening_before_until_its_boundary(
    at: str, timezone: str, boundary: time, day: str, ends: str
) -> None:
    assert str(day_of(instant(at), timezone, boundary)) == day
    assert local(end_of_day(instant(at), timezone, boundary), timezone) == ends


def test_santiago_skips_midnight_and_the_day_ends_a_second_before_the_skip() -> None:
    before_the_skip = date(2026, 9, 5)
    assert local(last_second(before_the_skip, "America/Santiago"), "America/Santiago") == "2026-09-05 23:59:59"
    began = wall_time(date(2026, 9, 6), time(0), "America/Santiago")
    assert local(began, "America/Santiago") == "2026-09-06 01:00:00"


def test_samoa_had_no_30_december_2011() -> None:
    assert following_day(date(2011, 12, 29), "Pacific/Apia") == date(2011, 12, 31)
    assert preceding_day(date(2011, 12, 31), "Pacific/Apia") == date(2011, 12, 29)
    assert preceding_day(date(2012, 1, 2), "Pacific/Apia") == date(2012, 1, 1)


def test_a_wall_time_that_clocks_skip_moves_on_by_the_gap() -> None:
    assert local(wall_time(date(2026, 3, 29), time(1, 30), "Europe/Lisbon"), "Europe/Lisbon") == "2026-03-29 02:30:00"


def test_of_a_wall_time_that_comes_twice_the_first_is_meant() -> None:
    assert wall_time(date(2026, 10, 25), time(1, 30), "Europe/Lisbon") == instant("2026-10-25T01:30:00+01:00")
