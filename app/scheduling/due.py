"""From a rule's due time to an instant, the sentence to check it by, and when it may first be done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.scheduling import wording
from app.scheduling.almanac import (
    day_of,
    end_of_day,
    following_day,
    last_second,
    next_working_day,
    sundown_of,
    wall_time,
)
from app.scheduling.facts import Preferences
from app.scheduling.places import Place
from app.scheduling.rules import AfterDate, At, Due, EndOfDay, Sundown

EVENING, AFTER_MEETING, ASSUMED_WAIT = time(18), timedelta(hours=2), timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`by` is what the deadline is: sundown, midnight or hour."""

    start_at: datetime
    due_at: datetime
    because: str
    by: str


def due_at(
    due: Due, end: datetime, place: Place, preferences: Preferences, theirs: Place, named: date | None = None
) -> Moment:
    """When something due after a meeting that ended at `end` is due, and why; `named` is a date said in the talk."""
    boundary = preferences.day_boundary
    day = day_of(end, place.timezone, boundary)
    match due:
        case AfterDate():
            return _after_date(due, end, day, named, place)
        case _ if named is not None:
            at = max(last_second(named, place.timezone), end)
            because = f"the date named, {wording.end_of_day_sentence(at, named, place)}"
            return Moment(start_at=min(end, at), due_at=at, because=because, by="midnight")
        case EndOfDay(days=0):
            at = end_of_day(end, place.timezone, boundary)
            because = wording.end_of_day_sentence(at, day, place)
            return Moment(start_at=min(end + AFTER_MEETING, at), due_at=at, because=because, by="midnight")
        case EndOfDay():
            day = _days_after(day, due.days, place)
            at = last_second(day, place.timezone)
            because = wording.end_of_day_sentence(at, day, place)
            return Moment(start_at=min(end, at), due_at=at, because=because, by="midnight")
        case Sundown():
            opens = max(end, wall_time(day, EVENING, place.timezone)) if due.evening else end
            day = _days_after(day, due.days, place)
            sundown = sundown_of(day, place, preferences.sundown_at)
            because = wording.sundown_sentence(sundown, day, place)
            return Moment(start_at=min(opens, sundown.at), due_at=sundown.at, because=because, by="sundown")
        case At():
            return _at(due, end, place, theirs, boundary)


def _at(due: At, end: datetime, place: Place, theirs: Place, boundary: time) -> Moment:
    spot = theirs if due.theirs else place
    day = day_of(end, spot.timezone, boundary)
    day = next_working_day(day, spot, due.days) if due.working else _days_after(day, due.days, spot)
    at = wall_time(day, due.hour, spot.timezone)
    start = end if due.opens is None else max(end, wall_time(day, due.opens, spot.timezone))
    which = wording.days_later(due.days, "working day" if due.working else "day")
    because = f"{due.hour:%H:%M} {wording.where(spot)} {which}, {wording.moment(at, spot.timezone)}"
    return Moment(start_at=min(start, at), due_at=at, because=because, by="hour")


def _after_date(due: AfterDate, end: datetime, day: date, named: date | None, place: Place) -> Moment:
    from_day = max(named, day) if named is not None else day + ASSUMED_WAIT
    last = next_working_day(from_day, place, due.working_days)
    at = last_second(last, place.timezone)
    since = "the day they named" if named is not None else "a week, since no day was named"
    wait = wording.counted(due.working_days, "working day")
    because = f"{wait} after {since}: {wording.end_of_day_sentence(at, last, place)}"
    start = max(end, wall_time(last, time(9), place.timezone))
    return Moment(start_at=start, due_at=at, because=because, by="midnight")


def _days_after(day: date, days: int, place: Place) -> date:
    for _ in range(days):
        day = following_day(day, place.timezone)
    return day
