"""Which day it is, when it ends, when the sun goes down, and which days the mail is collected (product.md, 2)."""

import warnings
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from app.scheduling.places import Place
from app.scheduling.sun import first_sunset

NOON, MIDNIGHT, WITHOUT_SUN = time(12), time(0), time(18)
ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)
ABROAD_DAYS = "5 to 10 days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sundown:
    """`reason`: sunset, fixed, no_place, no_sun (polar day or night) or after_midnight (the sun sets the next day)."""

    at: datetime
    reason: str


def wall_time(day: date, hour: time, timezone: str) -> datetime:
    """The UTC instant of a local wall time: moved on where clocks skip it, the first where it comes twice."""
    return datetime.combine(day, hour, ZoneInfo(timezone)).astimezone(UTC)


@lru_cache(maxsize=8192)
def first_instant(day: date, timezone: str) -> datetime:
    """Midnight, or the first instant after it where clocks skip it.

    Where clocks go back over midnight it comes twice; the second is the one that ends the day before.
    """
    midnight = datetime.combine(day, MIDNIGHT, ZoneInfo(timezone))
    first, second = midnight.astimezone(UTC), midnight.replace(fold=1).astimezone(UTC)
    if second < first:  # in the gap, the two readings stand on either side of the change (PEP 495)
        seconds = range(int((first - second).total_seconds()))
        change = bisect_left(seconds, day, key=lambda after: _date_at(second + timedelta(seconds=after), timezone))
        return second + timedelta(seconds=change)
    return second if _date_at(second - ONE_SECOND, timezone) < day else first


def _date_at(at: datetime, timezone: str) -> date:
    return at.astimezone(ZoneInfo(timezone)).date()


def last_second(day: date, timezone: str) -> datetime:
    """One second before the local midnight that ends the day, or before the first instant after it."""
    return first_instant(day + ONE_DAY, timezone) - ONE_SECOND


def following_day(day: date, timezone: str) -> date:
    """The calendar day that begins when this one ends; Samoa skipped 30 December 2011."""
    return _date_at(first_instant(day + ONE_DAY, timezone), timezone)


def preceding_day(day: date, timezone: str) -> date:
    """The calendar day that ends when this one begins."""
    return _date_at(first_instant(day, timezone) - ONE_SECOND, timezone)


@lru_cache(maxsize=8192)
def opening(day: date, timezone: str, boundary: time) -> datetime:
    """The instant from which a moment belongs to this day; what is earlier belongs to the evening before."""
    began = first_instant(day, timezone)
    return began if boundary == MIDNIGHT else max(began, wall_time(day, boundary, timezone))


def day_of(at: datetime, timezone: str, boundary: time) -> date:
    """The local calendar day, except that before the boundary it is still the evening before (product.md, 2.2)."""
    day = _date_at(at, timezone)
    return day if at >= opening(day, timezone, boundary) else preceding_day(day, timezone)


def end_of_day(at: datetime, timezone: str, boundary: time) -> datetime:
    """Same day (product.md, 2.3): the last second; for a time past midnight but before the boundary, the boundary."""
    day = _date_at(at, timezone)
    opens = opening(day, timezone, boundary)
    return opens if at < opens else last_second(day, timezone)


@lru_cache(maxsize=8192)
def sundown_of(day: date, place: Place, fixed: time | None = None) -> Sundown:
    """Sundown of a day at a place, to the second, in UTC (product.md, 2.4)."""
    if fixed is not None:
        return Sundown(at=wall_time(day, fixed, place.timezone), reason="fixed")
    if place.latitude is None or place.longitude is None:
        return Sundown(at=wall_time(day, WITHOUT_SUN, place.timezone), reason="no_place")
    sunset = first_sunset(wall_time(day, NOON, place.timezone), place.latitude, place.longitude)
    if sunset is None:
        return Sundown(at=wall_time(day, WITHOUT_SUN, place.timezone), reason="no_sun")
    if sunset > last_second(day, place.timezone):
        return Sundown(at=last_second(day, place.timezone), reason="after_midnight")
    return Sundown(at=sunset, reason="sunset")


_one_calendar_at_a_time = Lock()


@lru_cache(maxsize=4096)
def _calendar(country: str, year: int) -> Any:
    """A country's public holidays of one year, complete, so that threads can share it."""
    import holidays

    # The lock is for the warnings, whose filters belong to the whole process: India is known from 2001 to 2035.
    with _one_calendar_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return holidays.country_holidays(country, years=year, expand=False)


def is_working_day(day: date, country: str | None) -> bool:
    """Monday to Friday without public holidays; the country's own weekend where it is known."""
    return day.weekday() < 5 if country is None else _calendar(country, day.year).is_working_day(day)


def is_mail_day(day: date, country: str | None) -> bool:
    """Monday to Saturday without public holidays."""
    return day.weekday() < 6 and (country is None or day not in _calendar(country, day.year))


def next_working_day(day: date, place: Place, count: int = 1) -> date:
    """The `count`-th working day after `day` at the place."""
    while count > 0:
        day = following_day(day, place.timezone)
        count -= is_working_day(day, place.country)
    return day


def mail_hint(due_at: datetime, place: Place, home_country: str | None) -> str | None:
    """When a letter due now is collected, and how long it travels abroad; never moves a deadline (product.md, 2.6)."""
    hints: list[str] = []
    day = _date_at(due_at, place.timezone)
    if not is_mail_day(day, place.country):
        collected = day
        while not is_mail_day(collected, place.country):
            collected = following_day(collected, place.timezone)
        hints.append(f"No collection on {dated(day)}; the next is on {dated(collected)}.")
    if place.country and home_country and place.country != home_country:
        hints.append(f"Abroad: it usually takes {ABROAD_DAYS}.")
    return " ".join(hints) or None


def reply_due(at: datetime, place: Place) -> datetime:
    """24 hours; where that is no working day, noon of the next one (R18)."""
    due = at + ONE_DAY
    day = _date_at(due, place.timezone)
    if is_working_day(day, place.country):
        return due
    return wall_time(next_working_day(day, place), NOON, place.timezone)


def dated(day: date) -> str:
    """ "Wednesday 4 March", the same in every locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
