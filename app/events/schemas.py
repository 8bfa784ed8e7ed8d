"""Request and answer shapes of events and of the sort pass."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from app.core.schemas import Answer, FollowUp, Note, Schema, Uuid
from app.tasks.schemas import TaskRead


class SortItem(Schema):
    """What one person of one meeting shall get: a note by hand and the rest, one short message, or nothing."""

    encounter_id: Uuid
    contact_id: Uuid
    follow_up: FollowUp
    no_follow_up_because: Note | None = None

    @model_validator(mode="after")
    def _reason_against_following_up(self) -> Self:
        if self.no_follow_up_because and self.follow_up != "none":
            raise ValueError("A reason goes with `follow_up` none.")
        return self


def _each_once(items: list[SortItem]) -> list[SortItem]:
    if len({(item.encounter_id, item.contact_id) for item in items}) < len(items):
        raise ValueError("Each person of a meeting is sorted once.")
    return items


class Sort(Schema):
    items: Annotated[list[SortItem], Field(min_length=1, max_length=100), AfterValidator(_each_once)]


class SortedRead(Answer):
    encounter_id: Uuid
    contact_id: Uuid
    follow_up: FollowUp
    no_follow_up_because: str | None
    tasks: list[TaskRead] = Field(description="The person's tasks of this meeting as they are now.")


class SortGone(Answer):
    encounter_id: Uuid
    contact_id: Uuid


class Sorted(Answer):
    items: list[SortedRead]
    gone: list[SortGone] = Field(description="What was deleted or taken out in the meantime, and is passed over.")
