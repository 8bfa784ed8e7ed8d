"""People: one row a contact, their tags beside it so that a tag can be looked up, and who became whom in a merge."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import Base, Folded, Id, Instant, Json, owned_by


class Contact(Base):
    __tablename__ = "contacts"
    __table_args__ = (
        Index(None, "owner_id", "sort_name", "id"),
        Index(None, "owner_id", "updated_at", "id"),
        CheckConstraint("name is not null or descriptor is not null", "called_something"),
        CheckConstraint("tier in ('A', 'B', 'C')", "tier"),
        CheckConstraint("linkedin_state in ('none', 'invited', 'connected')", "linkedin_state"),
    )
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    descriptor: Mapped[str | None] = mapped_column(String(200))
    salutation: Mapped[str | None] = mapped_column(String(200))
    company: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(200))
    emails: Mapped[list[str]] = mapped_column(Json)
    phones: Mapped[list[str]] = mapped_column(Json)
    postal_address: Mapped[str | None] = mapped_column(Text)
    timezone: Mapped[str | None] = mapped_column(String(64))
    linkedin_url: Mapped[str | None] = mapped_column(String(2000))
    linkedin_state: Mapped[str] = mapped_column(String(10))
    website: Mapped[str | None] = mapped_column(String(2000))
    tags: Mapped[list[str]] = mapped_column(Json)
    how_met: Mapped[str | None] = mapped_column(Text)
    how_i_can_help: Mapped[str | None] = mapped_column(Text)
    about_company: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    tier: Mapped[str | None] = mapped_column(String(1))
    keep_in_touch_days: Mapped[int | None]
    new_year_card: Mapped[bool | None]
    do_not_contact: Mapped[bool]
    sort_name: Mapped[str] = mapped_column(Folded)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int]


class ContactTag(Base):
    __tablename__ = "contact_tags"
    __table_args__ = (owned_by("contacts", "contact_id"), Index(None, "owner_id", "contact_id"))
    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    tag: Mapped[str] = mapped_column(String(200), primary_key=True)
    contact_id: Mapped[str] = mapped_column(Id, primary_key=True)


class Merge(Base):
    """`contact_id` is gone and was merged into `into_id`, with whom this goes; `record` is what moved and changed."""

    __tablename__ = "merges"
    __table_args__ = (
        owned_by("contacts", "into_id"),
        Index(None, "owner_id", "contact_id"),
        Index(None, "owner_id", "into_id"),
    )
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[str] = mapped_column(Id)
    into_id: Mapped[str] = mapped_column(Id)
    merged_at: Mapped[datetime] = mapped_column(Instant)
    record: Mapped[dict[str, Any]] = mapped_column(Json)


CONTACTS: Any = Contact.__table__
TAGS: Any = ContactTag.__table__
MERGES: Any = Merge.__table__
