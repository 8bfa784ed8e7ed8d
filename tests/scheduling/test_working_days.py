"""Days on which one calls and days on which letters are collected, by the calendar of the place."""

import threading
from datetime import date
from zoneinfo import available_timezones

import holidays
import pytest

from app.scheduling.almanac import is_mail_day, is_working_day, mail_hint, next_working_day, reply_due
from app.scheduling.places import Place, principal_place
from tests.scheduling.meetings import instant, local

LISBON, DUBAI, UTC = (principal_place(name) for name in ("Europe/Lisbon", "Asia/Dubai", "UTC"))


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        ("2026-03-04", "PT", True),
        ("2026-03-07", "PT", False),
        ("2026-03-08", "PT", False),
        ("2026-12-25", "PT", False),
        ("2026-04-25", "PT", False),
        ("2026-11-26", "US", False),
        ("2026-11-26", "PT", True),
        ("2021-06-04", "AE", False),
        ("2021-06-06", "AE", True),
        ("2026-05-09", "CN", True),
        ("2026-12-25", None, True),
        ("2026-12-26", None, False),
    ],
)
def test_a_working_day_is_one_by_the_calendar_of_the_country(day: str, country: str | None, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day), country) is works


@pytest.mark.parametrize(
    ("day", "country", "collected"),
    [
        ("2026-03-07", "PT", True),
        ("2026-03-08", "PT", False),
        ("2026-04-03", "PT", False),
        ("2026-04-03", None, True),
        ("2026-04-05", None, False),
    ],
)
def test_letters_are_collected_on_saturdays_but_not_on_sundays_and_holidays(
    day: str, country: str | None, collected: bool
) -> None:
    assert is_mail_day(date.fromisoformat(day), country) is collected


@pytest.mark.parametrize(
    ("day", "place", "count", "expected"),
    [
        ("2026-03-05", LISBON, 1, "2026-03-06"),
        ("2026-03-06", LISBON, 1, "2026-03-09"),
        ("2026-04-02", LISBON, 1, "2026-04-06"),
        ("2026-03-05", LISBON, 2, "2026-03-09"),
        ("2026-03-07", LISBON, 0, "2026-03-07"),
        ("2021-06-03", DUBAI, 1, "2021-06-06"),
        ("2026-04-02", UTC, 1, "2026-04-03"),
        ("2011-12-29", principal_place("Pacific/Apia"), 1, "2012-01-03"),
    ],
)
def test_the_next_working_day_skips_weekends_and_holidays(day: str, place: Place, count: int, expected: str) -> None:
    assert next_working_day(date.fromisoformat(day), place, count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("due_at", "timezone", "home", "hint"),
    [
        pytest.param("2026-03-04T18:27Z", "Europe/Lisbon", "PT", None, id="a Wednesday"),
        pytest.param(
            "2026-03-08T18:31Z",
            "Europe/Lisbon",
            "PT",
            "No collection on Sunday 8 March; the next is on Monday 9 March.",
            id="a Sunday",
        ),
        pytest.param(
            "2026-04-03T19:00Z",
            "Europe/Lisbon",
            "PT",
            "No collection on Friday 3 April; the next is on Saturday 4 April.",
            id="Good Friday",
        ),
        pytest.param(
            "2026-04-05T08:00Z",
            "Australia/Lord_Howe",
            "AU",
            "No collection on Sunday 5 April; the next is on Tuesday 7 April.",
            id="Easter Sunday and Monday",
        ),
        pytest.param("2026-03-04T17:00Z", "Europe/Berlin", "US", "Abroad: it usually takes 5 to 10 days.", id="abroad"),
        pytest.param(
            "2026-03-08T17:00Z",
            "Europe/Berlin",
            "US",
            "No collection on Sunday 8 March; the next is on Monday 9 March. Abroad: it usually takes 5 to 10 days.",
            id="both",
        ),
        pytest.param("2026-03-04T17:00Z", "UTC", "US", None, id="nowhere is not abroad"),
        pytest.param("2026-03-04T17:00Z", "Europe/Berlin", None, None, id="nor is anything for somebody of nowhere"),
    ],
)
def test_a_hint_names_the_next_collection_and_the_usual_days_abroad(
    due_at: str, timezone: str, home: str | None, hint: str | None
) -> None:
    assert mail_hint(instant(due_at), principal_place(timezone), home) == hint


@pytest.mark.parametrize(
    ("wrote", "answer_by"),
    [
        pytest.param("2026-03-03T15:00", "2026-03-04 15:00:00", id="24 hours"),
        pytest.param("2026-03-06T15:00", "2026-03-09 12:00:00", id="a Friday: noon of Monday"),
        pytest.param("2026-03-07T15:00", "2026-03-09 12:00:00", id="a Saturday: noon of Monday"),
        pytest.param("2026-03-08T15:00", "2026-03-09 15:00:00", id="a Sunday: 24 hours"),
        pytest.param("2026-04-02T15:00", "2026-04-06 12:00:00", id="before Good Friday: noon after Easter"),
        pytest.param("2026-03-28T15:00", "2026-03-30 12:00:00", id="over the change of clocks"),
    ],
)
def test_a_reply_has_24_hours_and_over_a_weekend_until_noon(wrote: str, answer_by: str) -> None:
    assert local(reply_due(instant(f"{wrote}+00:00"), LISBON), "Europe/Lisbon") == answer_by


def test_every_country_of_zone_tab_has_a_calendar() -> None:
    countries = {principal_place(name).country for name in available_timezones()} - {None}
    assert countries <= set(holidays.list_supported_countries())


@pytest.mark.parametrize("year", [1899, 1900, 1969, 2100, 2200, 2201])
@pytest.mark.parametrize("country", ["IN", "PT", "SA", "CN", "IL"])
def test_a_calendar_reaches_as_far_as_dates_are_taken(country: str, year: int) -> None:
    """India's warns outside 2001 to 2035, where only its fixed days are known."""
    assert {is_working_day(date(year, 1, day), country) for day in range(8, 22)} == {True, False}


def test_threads_that_ask_for_a_new_year_at_once_are_all_told_the_truth() -> None:
    """A calendar of the holidays package fills itself on first use, and says "no holiday" while it does."""
    start = threading.Barrier(8)
    told: list[bool] = []

    def ask() -> None:
        start.wait()
        told.append(is_working_day(date(2087, 12, 25), "DE"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [False] * 8
