"""Request and answer shapes of touches and of the timeline."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.schemas import Answer, Channel, Flag, Kind, Moment, Note, Schema, Uuid
from app.encounters.schemas import Mode, Outcome, PictureShown, Role
from app.tasks.schemas import Action, Status

Direction = Literal["in", "out"]


class TouchCreate(Schema):
    """A contact that took place: `in` when they wrote or called, `out` when you did; now, unless `at` says when."""

    id: Uuid | None = None
    channel: Channel = "other"
    direction: Direction = "out"
    at: Moment | None = None
    note: Note | None = Field(default=None, examples=["Asked when I could start."])
    needs_answer: Flag = Field(default=False, description="Only with direction `in`: arms a reply.")


class Reply(Answer):
    """The task that answers a touch."""

    id: Uuid
    status: Status
    due_at: Moment
    timezone: str
    because: str = Field(examples=["24 hours after they wrote, Wednesday 4 March, 15:30 in Lisbon"])


class TouchRead(Answer):
    id: Uuid
    contact_id: Uuid
    task_id: Uuid | None = Field(description="The task that recorded it when it was done; null for one logged by hand.")
    channel: Channel
    direction: Direction
    at: Moment
    note: str | None
    needs_answer: bool
    created_at: Moment
    reply: Reply | None = Field(description="What it armed: null where no answer is needed or wanted.")


class TouchPage(Answer):
    items: list[TouchRead]
    next: str | None


class TimelineEncounter(Answer):
    type: Literal["encounter"]
    at: Moment
    id: Uuid
    timezone: str
    kind: Kind
    round: int | None
    mode: Mode | None
    event: str | None
    place: str | None
    position: str | None
    card_note: str | None
    outcome: Outcome | None
    role: Role | None
    talked_about: str | None = Field(description="With this person; else what was talked about with all of them.")
    pictures: list[PictureShown]


class TimelineTask(Answer):
    type: Literal["task"]
    at: Moment = Field(description="When it was done or skipped.")
    id: Uuid
    encounter_id: Uuid | None
    action: Action
    title: str
    status: Literal["done", "skipped"]
    outcome: str | None
    skip_reason: str | None
    channel: Channel = Field(description="How it really went out.")
    note: str | None


class TimelineTouch(Answer):
    type: Literal["touch"]
    at: Moment
    id: Uuid
    channel: Channel
    direction: Direction
    note: str | None
    needs_answer: bool


class TimelinePage(Answer):
    items: list[Annotated[TimelineEncounter | TimelineTask | TimelineTouch, Field(discriminator="type")]]
    next: str | None
