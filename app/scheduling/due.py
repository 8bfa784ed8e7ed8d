"""From a rule's due time to an instant, the sentence to check it by, and when it may first be done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.scheduling import wording
from app.scheduling.almanac import (
    ONE_DAY,
    day_of,
    end_of_day,
    following_day,
    last_second,
    next_working_day,
    reply_due,
    sundown_of,
    wall_time,
)
from app.scheduling.facts import Preferences
from app.scheduling.places import Place
from app.scheduling.rules import AfterDate, At, Due, EndOfDay, Sundown

EVENING, MORNING = time(18), time(9)
AFTER_MEETING, ASSUMED_WAIT = timedelta(hours=2), timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`timezone` is where the deadline is counted; `by` is what it is: sundown, midnight or hour."""

    start_at: datetime
    due_at: datetime
    timezone: str
    because: str
    by: str


def due_at(
    due: Due, end: datetime, place: Place, preferences: Preferences, theirs: Place, named: date | None = None
) -> Moment:
    """When something due after a meeting that ended at `end` is due, and why; `named` is a date said in the talk.

    Never before the meeting's end: a date or an hour that had passed by then gives way to the next one.
    """
    boundary = preferences.day_boundary
    day = day_of(end, place.timezone, boundary)
    match due:
        case AfterDate():
            return _after_date(due, end, day, named, place, boundary)
        case _ if named is not None:
            since = "the date named, " if named >= day else "the date named had passed, so "
            return _by_midnight(max(named, day), end, end, place, boundary, since)
        case EndOfDay():
            on = _days_after(day, due.days, place)
            return _by_midnight(on, end, end + AFTER_MEETING, place, boundary)
        case Sundown():
            return _by_sundown(due, end, day, place, preferences)
        case _:
            return _by_hour(due, end, theirs if due.theirs else place, boundary)


def _by_midnight(on: date, end: datetime, opens: datetime, place: Place, boundary: time, since: str = "") -> Moment:
    """The last second of a day; the meeting's own day may last until the boundary."""
    own = on <= day_of(end, place.timezone, boundary)
    at = end_of_day(end, place.timezone, boundary) if own else last_second(on, place.timezone)
    because = f"{since}{wording.end_of_day_sentence(at, on, place)}"
    return Moment(start_at=min(max(opens, end), at), due_at=at, timezone=place.timezone, because=because, by="midnight")


def _by_sundown(due: Sundown, end: datetime, day: date, place: Place, preferences: Preferences) -> Moment:
    evening = wall_time(_days_after(day, due.days - 1, place), EVENING, place.timezone)
    day = _days_after(day, due.days, place)
    sundown = sundown_of(day, place, preferences.sundown_at)
    if sundown.at < end:
        day = following_day(day, place.timezone)
        sundown = sundown_of(day, place, preferences.sundown_at)
    because = wording.sundown_sentence(sundown, day, place)
    start = min(max(end, evening) if due.evening else end, sundown.at)
    return Moment(start_at=start, due_at=sundown.at, timezone=place.timezone, because=because, by="sundown")


def _by_hour(due: At, end: datetime, place: Place, boundary: time) -> Moment:
    day = day_of(end, place.timezone, boundary)
    day = next_working_day(day, place, due.days) if due.working else _days_after(day, due.days, place)
    at = wall_time(day, due.hour, place.timezone)
    if at < end:
        day = next_working_day(day, place) if due.working else following_day(day, place.timezone)
        at = wall_time(day, due.hour, place.timezone)
    start = end if due.opens is None else max(end, wall_time(day, due.opens, place.timezone))
    which = wording.days_later(due.days, "working day" if due.working else "day")
    because = f"{due.hour:%H:%M} {wording.where(place)} {which}, {wording.moment(at, place.timezone)}"
    return Moment(start_at=min(start, at), due_at=at, timezone=place.timezone, because=because, by="hour")


def _after_date(due: AfterDate, end: datetime, day: date, named: date | None, place: Place, boundary: time) -> Moment:
    if named is None:
        named, since = day + ASSUMED_WAIT, "a week, since no day was named"
    elif named < day:
        named, since = day, "you met, since the day they named had passed"
    else:
        since = "the day they named"
    last = next_working_day(named, place, due.working_days)
    opens = wall_time(last, MORNING, place.timezone)
    since = f"{wording.counted(due.working_days, 'working day')} after {since}: "
    return _by_midnight(last, end, opens, place, boundary, since)


def reply_due_at(at: datetime, place: Place) -> Moment:
    """When what they wrote at `at` is to be answered, and why (R18)."""
    due = reply_due(at, place)
    since = "24 hours after they wrote" if due == at + ONE_DAY else "noon of the next working day after they wrote"
    because = f"{since}, {wording.moment(due, place.timezone)} {wording.where(place)}"
    return Moment(start_at=at, due_at=due, because=because, by="hour", timezone=place.timezone)


def _days_after(day: date, days: int, place: Place) -> date:
    for _ in range(days):
        day = following_day(day, place.timezone)
    return day
