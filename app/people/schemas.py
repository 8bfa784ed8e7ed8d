"""The full answer about a person."""

from typing import Literal

from pydantic import Field

from app.contacts.schemas import ContactFields
from app.core.schemas import Answer, Channel, Moment, Uuid
from app.tasks.schemas import Action

Sort = Literal["name", "recent"]


class NextTask(Answer):
    id: Uuid
    action: Action
    channel: Channel
    title: str
    due_at: Moment
    act_at: Moment
    timezone: str
    because: str


class ContactRead(ContactFields):
    last_touch_at: Moment | None = Field(description="The last contact that really took place, in either direction.")
    next_task: NextTask | None = Field(description="The open task to act on first.")


class Match(Answer):
    field: str = Field(description="Where most of what was typed stands.", examples=["card_note"])
    excerpt: str = Field(description="At most 160 characters of it, on one line.")


class ContactFound(ContactRead):
    match: Match | None = Field(description="With `q`: why this person was found.")


class ContactPage(Answer):
    items: list[ContactFound]
    next: str | None
