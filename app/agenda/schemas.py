"""What the upcoming-tasks page is given."""

from typing import Literal

from pydantic import Field

from app.core.schemas import Answer, Day, Moment, Uuid
from app.tasks.schemas import TaskRead

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


class Group(Answer):
    name: GroupName
    minutes: int = Field(description="The sum over the group's tasks.")
    tasks: list[UpcomingTask]
    next: str | None = Field(description="`after` of the group's next page.")


class Sundowns(Answer):
    today: Moment
    tomorrow: Moment


class Upcoming(Answer):
    now: Moment
    sundown: Sundowns
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
