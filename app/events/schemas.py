"""Request and answer shapes of events and of the sort pass."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from app.core.schemas import Answer, Day, FollowUp, Moment, Note, Schema, Uuid
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


class EventRead(Answer):
    """Each person counts once: as followed up, else as open, else as let go, else as none of them."""

    event: str
    on: Day = Field(description="The day of its meetings, up to the day boundary of the next.")
    encounters: int
    people: int
    followed_up: int = Field(description="Something was done for them, on whatever channel.")
    open: int
    let_go: int = Field(description="Skipped, or decided against: `follow_up` none, a reason, `do_not_contact`.")


class EventPage(Answer):
    items: list[EventRead]
    next: str | None


class MetContact(Answer):
    id: Uuid
    name: str | None
    descriptor: str | None
    company: str | None


class MetRead(Answer):
    encounter_id: Uuid
    occurred_at: Moment
    contact: MetContact
    recall: str | None = Field(description="What the card note recalls of the person and the talk.")
    follow_up: FollowUp = Field(description="The person's own, else the meeting's.")
    no_follow_up_because: str | None
    state: Literal["followed_up", "open", "let_go", "nothing_planned"]


class MetPage(Answer):
    items: list[MetRead]
    next: str | None
