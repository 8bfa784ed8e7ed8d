"""What the upcoming-tasks page is given."""

from typing import Literal

from pydantic import Field

from app.core.schemas import Answer, Day, Moment, Uuid
from app.tasks.schemas import Action, TaskRead

GroupName = Literal["replies", "today", "overdue", "tomorrow", "this_week", "later"]


class TaskContact(Answer):
    id: Uuid
    name: str | None
    descriptor: str | None
    company: str | None


class UpcomingTask(TaskRead):
    contact: TaskContact
    recall: str | None = Field(description="What the card note recalls of the person and the talk.")
    by: Literal["sundown", "midnight", "hour"] | None = Field(description="In `today`: what the deadline is.")


class Stack(Answer):
    """Three and more tasks of one action from one event, to be shown as one row."""

    stack: str = Field(description="The tasks' `stack`.")
    action: Action
    event: str | None
    count: int = Field(description="Over the whole group, whatever this page holds of it.")
    minutes: int


class Group(Answer):
    name: GroupName
    minutes: int = Field(description="The sum over the group's tasks, the first thousand at most.")
    tasks: list[UpcomingTask]
    next: str | None = Field(description="`after` of the group's next page.")
    stacks: list[Stack]


class Sundowns(Answer):
    today: Moment
    tomorrow: Moment


class Planned(Answer):
    count: int
    minutes: int


class Fits(Answer):
    """ "About 6 of 15 fit before sundown"."""

    until: Moment = Field(description="The sundown ahead: tomorrow's, once today's is over.")
    minutes_left: int = Field(description="Until then.")
    minutes_an_evening: int | None = Field(description="The setting; none is no limit but the sun.")
    count: int = Field(description="How many fit, those planned for the day first, then in order.")
    of: int = Field(description="How many are due by that sundown, counted to 1,000; without those planned for later.")


class Upcoming(Answer):
    now: Moment
    sundown: Sundowns
    planned: Planned | None = Field(
        description="Open tasks with `planned_on` today or earlier, in whatever group; null where one group is asked."
    )
    fits: Fits | None = Field(description="Null where one group is asked.")
    groups: list[Group]


class SkyPlace(Answer):
    timezone: str
    latitude: float | None
    longitude: float | None
    city: str | None


class SkyDay(Answer):
    on: Day
    sundown_at: Moment


class Sky(Answer):
    place: SkyPlace
    days: list[SkyDay]
