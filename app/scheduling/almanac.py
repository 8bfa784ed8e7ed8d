"""Which day it is, when it ends, when the sun goes down, and which days the mail is collected (product.md, 2)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import ephem

from app.scheduling.places import Place

NOON, MIDNIGHT, WITHOUT_SUN = time(12), time(0), time(18)
ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)
UPPER_LIMB = "-0:50"
ABROAD_DAYS = "5 to 10 days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sundown:
    """`reason`: sunset, fixed, no_place, no_sun (polar day or night) or after_midnight (the sun sets the next day)."""

    at: datetime
    reason: str


def wall_time(day: date, hour: time, timezone: str) -> datetime:
    """The UTC instant of a local wall time: moved on where clocks skip it, the first where it comes twice."""
    return datetime.combine(day, hour, ZoneInfo(timezone)).astimezone(UTC)


def day_of(at: datetime, timezone: str, boundary: time) -> date:
    """The local calendar day, except that before the boundary it is still the evening before (product.md, 2.2)."""
    local = at.astimezone(ZoneInfo(timezone))
    return local.date() if local.time() >= boundary else preceding_day(local.date(), timezone)


def following_day(day: date, timezone: str) -> date:
    """The calendar day that begins when this one ends; Samoa skipped 30 December 2011."""
    return wall_time(day + ONE_DAY, MIDNIGHT, timezone).astimezone(ZoneInfo(timezone)).date()


def preceding_day(day: date, timezone: str) -> date:
    before = day - ONE_DAY
    began = wall_time(before, MIDNIGHT, timezone).astimezone(ZoneInfo(timezone)).date()
    return before if began == before else before - ONE_DAY


def last_second(day: date, timezone: str) -> datetime:
    """One second before the local midnight that ends the day, or before the first instant after it."""
    return wall_time(day + ONE_DAY, MIDNIGHT, timezone) - ONE_SECOND


def end_of_day(at: datetime, timezone: str, boundary: time) -> datetime:
    """Same day (product.md, 2.3): the last second; for a time past midnight but before the boundary, the boundary."""
    local = at.astimezone(ZoneInfo(timezone))
    if local.time() < boundary:
        return wall_time(local.date(), boundary, timezone)
    return last_second(local.date(), timezone)


@lru_cache(maxsize=8192)
def sundown_of(day: date, place: Place, fixed: time | None = None) -> Sundown:
    """Sundown of a day at a place, to the second, in UTC (product.md, 2.4)."""
    if fixed is not None:
        return Sundown(at=wall_time(day, fixed, place.timezone), reason="fixed")
    if place.latitude is None or place.longitude is None:
        return Sundown(at=wall_time(day, WITHOUT_SUN, place.timezone), reason="no_place")
    sunset = _first_sunset(wall_time(day, NOON, place.timezone), place.latitude, place.longitude)
    if sunset is None:
        return Sundown(at=wall_time(day, WITHOUT_SUN, place.timezone), reason="no_sun")
    if sunset > last_second(day, place.timezone):
        return Sundown(at=last_second(day, place.timezone), reason="after_midnight")
    return Sundown(at=sunset, reason="sunset")


def _first_sunset(noon: datetime, latitude: float, longitude: float) -> datetime | None:
    """The first sunset in the 24 hours from `noon`, upper limb at -0.8333 degrees; None where there is none."""
    observer: Any = ephem.Observer()
    observer.lat, observer.lon = str(latitude), str(longitude)
    observer.pressure, observer.horizon = 0, UPPER_LIMB
    observer.date = noon.replace(tzinfo=None)
    sun: Any = ephem.Sun()
    try:
        found = observer.next_setting(sun, use_center=True)
    except ephem.CircumpolarError:
        return None
    at = found.datetime().replace(tzinfo=UTC, microsecond=0)
    return at if at <= noon + ONE_DAY else None


@cache
def _calendar(country: str) -> Any:
    import holidays

    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None


def is_working_day(day: date, country: str | None) -> bool:
    """Monday to Friday without public holidays; the country's own weekend where it is known."""
    calendar = _calendar(country) if country else None
    return day.weekday() < 5 if calendar is None else calendar.is_working_day(day)


def is_mail_day(day: date, country: str | None) -> bool:
    calendar = _calendar(country) if country else None
    return day.weekday() < 6 and (calendar is None or day not in calendar)


def next_working_day(day: date, place: Place, count: int = 1) -> date:
    """The `count`-th working day after `day` at the place."""
    while count > 0:
        day = following_day(day, place.timezone)
        count -= is_working_day(day, place.country)
    return day


def mail_hint(due_at: datetime, place: Place, home_country: str | None) -> str | None:
    """When a letter due now is collected, and how long it travels abroad; never moves a deadline (product.md, 2.6)."""
    hints: list[str] = []
    day = due_at.astimezone(ZoneInfo(place.timezone)).date()
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
    day = due.astimezone(ZoneInfo(place.timezone)).date()
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
