"""Due times that a playbook of one's own may ask for, and the words they are explained with."""

from datetime import date, time

import pytest

from app.scheduling.due import Moment, due_at
from app.scheduling.places import principal_place
from app.scheduling.rules import AfterDate, At, Due, EndOfDay, Sundown
from app.scheduling.wording import chosen_by_user, counted, where
from tests.scheduling.meetings import instant, local, preferences

LISBON = principal_place("Europe/Lisbon")
AFTERNOON, PAST_MIDNIGHT = "2026-03-03T16:00+00:00", "2026-03-04T03:00+00:00"


def moment(due: Due, end: str = AFTERNOON, named: date | None = None) -> Moment:
    return due_at(due, instant(end), LISBON, preferences(), LISBON, named)


@pytest.mark.parametrize(
    ("due", "end", "start_at", "because"),
    [
        pytest.param(
            EndOfDay(days=3),
            AFTERNOON,
            "2026-03-03 18:00:00",
            "the end of the day in Lisbon, Friday 6 March, 23:59",
            id="the end of the third day",
        ),
        pytest.param(
            Sundown(days=2, evening=True),
            AFTERNOON,
            "2026-03-04 18:00:00",
            "sundown in Lisbon on Thursday 5 March, 18:33",
            id="sundown of the second day, begun the evening before it",
        ),
        pytest.param(
            At(hour=time(9, 30), days=3),
            AFTERNOON,
            "2026-03-03 16:00:00",
            "09:30 in Lisbon three days later, Friday 6 March, 09:30",
            id="three days later",
        ),
        pytest.param(
            At(hour=time(9, 30), days=12, working=True, opens=time(8)),
            AFTERNOON,
            "2026-03-19 08:00:00",
            "09:30 in Lisbon 12 working days later, Thursday 19 March, 09:30",
            id="twelve working days later",
        ),
        pytest.param(
            At(hour=time(2)),
            PAST_MIDNIGHT,
            "2026-03-04 03:00:00",
            "02:00 in Lisbon on the next day, Thursday 5 March, 02:00",
            id="an hour that had passed",
        ),
        pytest.param(
            At(hour=time(2), working=True),
            "2026-03-07T03:00+00:00",
            "2026-03-07 03:00:00",
            "02:00 in Lisbon on the next working day, Monday 9 March, 02:00",
            id="on a Saturday morning",
        ),
        pytest.param(
            AfterDate(working_days=0),
            PAST_MIDNIGHT,
            "2026-03-10 09:00:00",
            "no working days after a week, since no day was named: "
            "the end of the day in Lisbon, Tuesday 10 March, 23:59",
            id="no working day later",
        ),
    ],
)
def test_a_due_time_counts_from_the_day_of_the_meeting(due: Due, end: str, start_at: str, because: str) -> None:
    found = moment(due, end)
    assert (local(found.start_at, "Europe/Lisbon"), found.because) == (start_at, because)


def test_an_hour_that_passed_on_a_working_day_is_that_of_the_next() -> None:
    found = moment(At(hour=time(2), working=True), PAST_MIDNIGHT)
    assert found.because == "02:00 in Lisbon on the next working day, Thursday 5 March, 02:00"


def test_asked_for_on_the_very_day_the_evening_lasts_until_the_boundary() -> None:
    found = moment(AfterDate(working_days=0), PAST_MIDNIGHT, date(2026, 3, 3))
    assert local(found.due_at, "Europe/Lisbon") == "2026-03-04 04:00:00"
    assert local(found.start_at, "Europe/Lisbon") == "2026-03-04 03:00:00"


def test_a_time_set_by_hand_says_so() -> None:
    at = instant("2026-03-04T18:27Z")
    assert chosen_by_user(at, "Europe/Lisbon") == "the time you chose, Wednesday 4 March, 18:27 in Lisbon"
    assert chosen_by_user(at, "UTC") == "the time you chose, Wednesday 4 March, 18:27 (UTC)"


def test_numbers_are_written_out_while_they_are_small() -> None:
    assert [counted(number, "day") for number in (0, 1, 6, 7)] == ["no days", "one day", "six days", "7 days"]


def test_a_place_without_a_city_is_called_by_what_is_known() -> None:
    assert where(LISBON) == "in Lisbon"
    assert where(principal_place("Etc/GMT+3")) == "(Etc/GMT+3)"


@pytest.mark.parametrize(
    ("timezone", "because"),
    [
        ("Europe/Lisbon", "sundown in Lisbon on Tuesday 2 January, 16:49"),
        ("Africa/Monrovia", "sundown in Monrovia on Tuesday 2 January, 17:57"),
        ("America/Sao_Paulo", "sundown in Sao Paulo on Tuesday 2 January, 18:50"),
    ],
)
def test_in_1900_clocks_showed_the_citys_own_time(timezone: str, because: str) -> None:
    """Offsets had seconds then: Lisbon was 36 minutes and 45 seconds behind Greenwich."""
    place = principal_place(timezone)
    end = instant("1900-01-01T12:00Z")
    assert due_at(Sundown(), end, place, preferences(timezone), place).because == because
