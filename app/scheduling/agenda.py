"""Which group of the upcoming page a task stands in: days in the reader's zone with the day boundary."""

from dataclasses import dataclass
from datetime import date, datetime

from app.scheduling.almanac import Sundown, day_of, following_day, sundown_of, wall_time
from app.scheduling.facts import Preferences
from app.scheduling.places import place_of

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Instants between the groups, each the last of its day; a week is seven days counting today.

    What is due at the day boundary is the last thing of the day that ends there.
    """

    now: datetime
    today: date
    today_ends: datetime
    tomorrow_ends: datetime
    week_ends: datetime
    sundown_today: Sundown
    sundown_tomorrow: Sundown


def edges(now: datetime, timezone: str, preferences: Preferences) -> Edges:
    """The edges around `now` for a reader in `timezone`."""
    boundary = preferences.day_boundary
    days = [day_of(now, timezone, boundary)]
    while len(days) <= WEEK_DAYS:
        days.append(following_day(days[-1], timezone))
    place = place_of(timezone, None, None, preferences)
    return Edges(
        now=now,
        today=days[0],
        today_ends=wall_time(days[1], boundary, timezone),
        tomorrow_ends=wall_time(days[2], boundary, timezone),
        week_ends=wall_time(days[WEEK_DAYS], boundary, timezone),
        sundown_today=sundown_of(days[0], place, preferences.sundown_at),
        sundown_tomorrow=sundown_of(days[1], place, preferences.sundown_at),
    )


def group_of(action: str, act_at: datetime, due_at: datetime, edges: Edges) -> str:
    """The one group an open task stands in."""
    if action == "reply":
        return "replies"
    if act_at < edges.now and due_at < edges.now:
        return "overdue"
    if act_at <= edges.today_ends:
        return "today"
    if act_at <= edges.tomorrow_ends:
        return "tomorrow"
    return "this_week" if act_at <= edges.week_ends else "later"
