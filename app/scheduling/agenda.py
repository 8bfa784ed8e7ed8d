"""Which group of the upcoming page a task stands in: days in the reader's zone with the day boundary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.scheduling.almanac import Sundown, day_of, following_day, opening, sundown_of
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
    tomorrow: date
    today_ends: datetime
    tomorrow_ends: datetime
    week_ends: datetime
    sundown_today: Sundown
    sundown_tomorrow: Sundown

    @property
    def next_sundown(self) -> tuple[date, datetime]:
        """The day and instant of the sundown ahead: tomorrow's, once today's is over."""
        if self.now < self.sundown_today.at:
            return self.today, self.sundown_today.at
        return self.tomorrow, self.sundown_tomorrow.at


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
        tomorrow=days[1],
        today_ends=opening(days[1], timezone, boundary),
        tomorrow_ends=opening(days[2], timezone, boundary),
        week_ends=opening(days[WEEK_DAYS], timezone, boundary),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """How many of the tasks that are due by the sundown ahead there is time for, taken in their order (R17)."""

    until: datetime
    minutes_left: int
    minutes_an_evening: int | None
    count: int
    of: int


def fits(edges: Edges, minutes_an_evening: int | None, minutes: Iterable[int]) -> Fits:
    """What fits into an evening's minutes, and into what is left until sundown; `minutes` is each task's length."""
    until = edges.next_sundown[1]
    left = max(0, (until - edges.now) // timedelta(minutes=1))
    room = left if minutes_an_evening is None else min(left, minutes_an_evening)
    lengths = list(minutes)
    count, spent = 0, 0
    for length in lengths:
        spent += length
        if spent > room:
            break
        count += 1
    return Fits(until=until, minutes_left=left, minutes_an_evening=minutes_an_evening, count=count, of=len(lengths))
