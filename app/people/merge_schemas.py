"""Request and answer shapes of merges."""

from pydantic import Field

from app.contacts.schemas import ContactFields
from app.core.schemas import Answer, Moment, Schema, Uuid
from app.people.schemas import ContactRead


class MergeInto(Schema):
    into: Uuid = Field(description="Who stays.")


class ContactMergedRead(ContactRead):
    merge_id: Uuid = Field(description="To undo it: POST /merges/{merge_id}/undo.")


class MergeRead(Answer):
    id: Uuid
    contact_id: Uuid
    into_id: Uuid = Field(description="Who stayed, or whom they were merged into since.")
    merged_at: Moment
    contact: ContactFields = Field(description="The card that is gone, as it was.")


class MergePage(Answer):
    items: list[MergeRead]
    next: str | None


class Parted(Answer):
    """The two, each as they are now."""

    contact: ContactRead
    into: ContactRead
