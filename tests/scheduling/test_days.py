"""Which day it is and when it ends, where clocks do odd things."""

from datetime import date, time

import pytest

from app.scheduling.almanac import (
    day_of,
    end_of_day,
    first_instant,
    following_day,
    last_second,
    opening,
    preceding_day,
    wall_time,
)
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


@pytest.mark.parametrize(
    ("day", "timezone", "began", "ended"),
    [
        pytest.param(
            "2026-09-06", "America/Santiago", "2026-09-06T04:00:00Z", "2026-09-07T02:59:59Z", id="no midnight"
        ),
        pytest.param("2026-09-05", "America/Santiago", "2026-09-05T04:00:00Z", "2026-09-06T03:59:59Z", id="before it"),
        pytest.param("1919-03-31", "America/Toronto", "1919-03-31T04:30:00Z", "1919-04-01T03:59:59Z", id="from 00:30"),
        pytest.param("1919-03-30", "America/Toronto", "1919-03-30T05:00:00Z", "1919-03-31T04:29:59Z", id="to 23:30"),
        pytest.param(
            "2019-11-03", "America/Havana", "2019-11-03T04:00:00Z", "2019-11-04T04:59:59Z", id="two midnights"
        ),
        pytest.param("2006-10-28", "America/St_Johns", "2006-10-28T02:30:00Z", "2006-10-29T03:29:59Z", id="ends twice"),
        pytest.param("2006-10-29", "America/St_Johns", "2006-10-29T03:30:00Z", "2006-10-30T03:29:59Z", id="after that"),
        pytest.param(
            "2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-30T09:59:59Z", id="before the skip"
        ),
        pytest.param("2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T09:59:59Z", id="after the skip"),
        pytest.param("1969-09-30", "Pacific/Kwajalein", "1969-09-29T13:00:00Z", "1969-10-01T11:59:59Z", id="47 hours"),
        pytest.param("2026-10-24", "Europe/Dublin", "2026-10-23T23:00:00Z", "2026-10-24T22:59:59Z", id="Irish summer"),
        pytest.param("2026-10-26", "Europe/Dublin", "2026-10-26T00:00:00Z", "2026-10-26T23:59:59Z", id="negative DST"),
        pytest.param("2026-02-20", "Africa/Casablanca", "2026-02-20T00:00:00Z", "2026-02-20T23:59:59Z", id="Ramadan"),
        pytest.param(
            "2026-06-01", "Africa/Casablanca", "2026-05-31T23:00:00Z", "2026-06-01T22:59:59Z", id="not Ramadan"
        ),
        pytest.param(
            "1900-01-01", "Europe/Lisbon", "1900-01-01T00:36:45Z", "1900-01-02T00:36:44Z", id="the city's own"
        ),
    ],
)
def test_a_day_lasts_from_its_first_instant_to_one_second_before_the_next(
    day: str, timezone: str, began: str, ended: str
) -> None:
    on = date.fromisoformat(day)
    assert (first_instant(on, timezone), last_second(on, timezone)) == (instant(began), instant(ended))


def test_what_happens_in_the_hour_that_clocks_repeat_is_not_over_before_it_happened() -> None:
    the_second_half_past_eleven = instant("2006-10-29T03:00:00Z")
    assert day_of(the_second_half_past_eleven, "America/St_Johns", time(0)) == date(2006, 10, 28)
    assert end_of_day(the_second_half_past_eleven, "America/St_Johns", FOUR) == instant("2006-10-29T03:29:59Z")


def test_a_boundary_that_clocks_skip_moves_on_with_them() -> None:
    ten_past_three = instant("2026-03-29T03:10+02:00")
    assert day_of(ten_past_three, "Europe/Berlin", time(2, 30)) == date(2026, 3, 28)
    assert local(end_of_day(ten_past_three, "Europe/Berlin", time(2, 30)), "Europe/Berlin") == "2026-03-29 03:30:00"


def test_clocks_that_go_back_over_midnight_and_boundary_give_the_evening_back() -> None:
    """Casey went from 02:00 on 5 March 2010 to 23:00 on the 4th."""
    at = instant("2010-03-04T15:00Z")
    assert day_of(at, "Antarctica/Casey", time(1, 30)) == date(2010, 3, 4)
    assert opening(date(2010, 3, 5), "Antarctica/Casey", time(1, 30)) == instant("2010-03-04T16:00Z")


def test_samoa_had_no_30_december_2011() -> None:
    assert following_day(date(2011, 12, 29), "Pacific/Apia") == date(2011, 12, 31)
    assert preceding_day(date(2011, 12, 31), "Pacific/Apia") == date(2011, 12, 29)
    assert preceding_day(date(2012, 1, 2), "Pacific/Apia") == date(2012, 1, 1)


def test_what_was_said_before_four_on_the_31st_belongs_to_the_evening_of_the_29th() -> None:
    past_midnight = instant("2011-12-31T01:00+14:00")
    assert day_of(past_midnight, "Pacific/Apia", FOUR) == date(2011, 12, 29)
    assert local(end_of_day(past_midnight, "Pacific/Apia", FOUR), "Pacific/Apia") == "2011-12-31 04:00:00"


@pytest.mark.parametrize(
    ("day", "hour", "timezone", "is_at"),
    [
        ("2026-03-29", time(1, 30), "Europe/Lisbon", "2026-03-29T02:30:00+01:00"),
        ("2026-10-04", time(2, 15), "Australia/Lord_Howe", "2026-10-04T02:45:00+11:00"),
        ("2026-09-06", time(0, 0), "America/Santiago", "2026-09-06T01:00:00-03:00"),
        ("2011-12-30", time(18), "Pacific/Apia", "2011-12-31T18:00:00+14:00"),
    ],
)
def test_a_wall_time_that_clocks_skip_moves_on_by_the_gap(day: str, hour: time, timezone: str, is_at: str) -> None:
    assert wall_time(date.fromisoformat(day), hour, timezone) == instant(is_at)


@pytest.mark.parametrize(
    ("day", "hour", "timezone", "is_at"),
    [
        ("2026-10-25", time(1, 30), "Europe/Lisbon", "2026-10-25T01:30:00+01:00"),
        ("2026-04-05", time(1, 45), "Australia/Lord_Howe", "2026-04-05T01:45:00+11:00"),
        ("2026-10-25", time(1, 30), "Europe/Dublin", "2026-10-25T01:30:00+01:00"),
        ("2019-11-03", time(0, 0), "America/Havana", "2019-11-03T00:00:00-04:00"),
    ],
)
def test_of_a_wall_time_that_comes_twice_the_first_is_meant(day: str, hour: time, timezone: str, is_at: str) -> None:
    assert wall_time(date.fromisoformat(day), hour, timezone) == instant(is_at)
