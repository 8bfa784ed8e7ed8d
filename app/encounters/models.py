"""Meetings: the encounter, the people in it, what was promised, and pictures of their cards."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import Base, Folded, Id, Instant, Json, owned_by, where

OF_AN_EVENT = text("event_on IS NOT NULL")


class Encounter(Base):
    """`captured_at`, the phone's clock, is set for a capture; `made_contact_id` is the person it made."""

    __tablename__ = "encounters"
    __table_args__ = (
        Index(None, "owner_id", "occurred_at", "id"),
        Index(None, "owner_id", "event_folded", "occurred_at"),
        Index("ix_encounters_events", "owner_id", "event_on", "event_folded", **where(OF_AN_EVENT)),
        CheckConstraint("kind in ('interview', 'networking', 'social', 'other')", "kind"),
        CheckConstraint("(kind = 'interview') = (round is not null)", "round"),
        CheckConstraint("(latitude is null) = (longitude is null)", "coordinates"),
    )
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    round: Mapped[int | None]
    mode: Mapped[str | None] = mapped_column(String(10))
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    timezone: Mapped[str] = mapped_column(String(64))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    place: Mapped[str | None] = mapped_column(String(200))
    event: Mapped[str | None] = mapped_column(String(200))
    event_folded: Mapped[str | None] = mapped_column(Folded)
    event_on: Mapped[date | None]
    position: Mapped[str | None] = mapped_column(String(200))
    card_note: Mapped[str | None] = mapped_column(Text)
    talked_about: Mapped[str | None] = mapped_column(Text)
    benefit: Mapped[str | None] = mapped_column(Text)
    follow_up: Mapped[str] = mapped_column(String(5))
    no_follow_up_because: Mapped[str | None] = mapped_column(Text)
    gaps: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    requested: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    self_rating: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    playbook_version: Mapped[str] = mapped_column(String(40))
    made_contact_id: Mapped[str | None] = mapped_column(Id)
    captured_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int]


class EncounterPerson(Base):
    __tablename__ = "encounter_people"
    __table_args__ = (
        owned_by("encounters", "encounter_id"),
        owned_by("contacts", "contact_id"),
        Index(None, "owner_id", "contact_id", "encounter_id"),
    )
    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    encounter_id: Mapped[str] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[str] = mapped_column(Id, primary_key=True)
    position: Mapped[int]
    role: Mapped[str | None] = mapped_column(String(20))
    talked_about: Mapped[str | None] = mapped_column(Text)
    benefit: Mapped[str | None] = mapped_column(Text)
    follow_up: Mapped[str | None] = mapped_column(String(5))
    no_follow_up_because: Mapped[str | None] = mapped_column(Text)


class Promise(Base):
    """Something to send or do, said in the conversation with one of its people."""

    __tablename__ = "promises"
    __table_args__ = (
        owned_by("encounters", "encounter_id"),
        owned_by("contacts", "contact_id"),
        Index(None, "owner_id", "encounter_id", "position"),
        Index(None, "owner_id", "contact_id"),
        CheckConstraint("by in ('mine', 'theirs')", "by"),
    )
    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    encounter_id: Mapped[str] = mapped_column(Id)
    contact_id: Mapped[str] = mapped_column(Id)
    position: Mapped[int]
    what: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(String(2000))
    why: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(6))
    promised: Mapped[bool]
    due_on: Mapped[date | None]
    kept_at: Mapped[datetime | None] = mapped_column(Instant)


class Picture(Base):
    """A picture of a card, as it is shown: upright, small, a JPEG without metadata. It never changes."""

    __tablename__ = "pictures"
    __table_args__ = (owned_by("encounters", "encounter_id"), Index(None, "owner_id", "encounter_id"))
    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    encounter_id: Mapped[str] = mapped_column(Id)
    position: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[bytes] = mapped_column(LargeBinary)


ENCOUNTERS: Any = Encounter.__table__
PEOPLE: Any = EncounterPerson.__table__
PROMISES: Any = Promise.__table__
PICTURES: Any = Picture.__table__
