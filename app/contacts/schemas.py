"""Request shapes of a person."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.accounts.schemas import Email
from app.core.schemas import Answer, Flag, Line, Moment, Name, Note, Schema, Url, Uuid, Zone, whole

LinkedinState = Literal["none", "invited", "connected"]
Tier = Literal["A", "B", "C"]
Emails = Annotated[list[Email], Field(max_length=20)]
Phones = Annotated[list[Name], Field(max_length=20)]
Tags = Annotated[list[Name], Field(max_length=50)]
KeepInTouchDays = whole(1, 3650)


class ContactUpdate(Schema):
    """A merge patch (RFC 7396): what is left out stays, null clears an optional field."""

    name: Name | None = Field(default=None, examples=["Dana Reyes"])
    descriptor: Name | None = Field(default=None, examples=["red scarf, fintech, knows Ana"])
    salutation: Line | None = None
    company: Line | None = Field(default=None, examples=["Northwind"])
    title: Line | None = None
    emails: Emails | None = None
    phones: Phones | None = None
    postal_address: Note | None = None
    timezone: Zone | None = None
    linkedin_url: Url | None = None
    linkedin_state: LinkedinState | None = None
    website: Url | None = None
    tags: Tags | None = None
    how_met: Note | None = None
    how_i_can_help: Note | None = None
    about_company: Note | None = None
    notes: Note | None = None
    tier: Tier | None = None
    keep_in_touch_days: KeepInTouchDays | None = None  # pyright: ignore[reportInvalidTypeForm]
    new_year_card: Flag | None = None
    do_not_contact: Flag | None = None


class ContactCreate(ContactUpdate):
    """`name` or `descriptor` is needed; a client may choose the `id`."""

    id: Uuid | None = None

    @model_validator(mode="after")
    def _called_something(self) -> Self:
        if self.name is None and self.descriptor is None:
            raise ValueError("A name or a descriptor is needed.")
        return self


class ContactFields(Answer):
    """What is stored of a person."""

    id: Uuid
    name: str | None
    descriptor: str | None
    salutation: str | None
    company: str | None
    title: str | None
    emails: list[str]
    phones: list[str]
    postal_address: str | None
    timezone: str | None
    linkedin_url: str | None
    linkedin_state: LinkedinState
    website: str | None
    tags: list[str]
    how_met: str | None
    how_i_can_help: str | None
    about_company: str | None
    notes: str | None
    tier: Tier | None
    keep_in_touch_days: int | None
    new_year_card: bool | None
    do_not_contact: bool
    created_at: Moment
    updated_at: Moment
