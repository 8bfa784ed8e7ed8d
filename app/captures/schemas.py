"""Request and answer shapes of a capture."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.contacts.schemas import Emails, Phones
from app.core.schemas import Answer, Kind, Line, Moment, Name, Note, Placed, Url, Uuid, Zone, otherwise
from app.encounters.schemas import EncounterSummary, Promises, Round
from app.people.schemas import ContactRead
from app.tasks.schemas import TaskRead


class CaptureCreate(Placed):
    """One free-text field is enough; nothing is parsed away from it."""

    id: Uuid | None = None
    text: Note = Field(examples=["Dana, VP Eng at Northwind, promised her the trunk-based article"])
    captured_at: Moment = Field(description="The phone's clock, with its offset.")
    timezone: Zone
    kind: Annotated[Kind | None, otherwise("networking")] = "networking"
    round: Round | None = None  # pyright: ignore[reportInvalidTypeForm]
    position: Line | None = None
    event: Line | None = Field(default=None, examples=["PyData mixer"])
    name: Name | None = None
    company: Line | None = None
    title: Line | None = None
    emails: Emails = Field(default_factory=list, description="As on a scanned card; like `name`, of a new person.")
    phones: Phones = Field(default_factory=list)
    postal_address: Note | None = None
    linkedin_url: Url | None = None
    website: Url | None = None
    contact_id: Uuid | None = None
    talked_about: Note | None = None
    benefit: Note | None = None
    promises: Promises = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text.strip() and self.name is None and self.contact_id is None:
            raise ValueError("`text` needs a word about the person.")
        return self


class CaptureRead(Answer):
    id: Uuid
    contact: ContactRead
    encounter: EncounterSummary
    tasks: list[TaskRead]


class Reference(Answer):
    id: Uuid


class CapturedTask(Answer):
    id: Uuid
    action: str
    due_at: Moment
    because: str


class CaptureReceipt(Answer):
    """What a token of scope `capture` is told: built from what it sent."""

    contact: Reference
    encounter: Reference
    tasks: list[CapturedTask]


AnyCapture = Annotated[CaptureRead | CaptureReceipt, Field(union_mode="left_to_right")]
