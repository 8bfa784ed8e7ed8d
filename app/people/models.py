"""Merges of two people into one, kept so that they can be undone, and people who were said to be two."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import Base, Id, Instant, Json, owned_by


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


class NotDuplicate(Base):
    """Two people who may look like one and are not: one row for the two of them, whoever is named first."""

    __tablename__ = "not_duplicates"
    __table_args__ = (
        owned_by("contacts", "one_id"),
        owned_by("contacts", "other_id"),
        Index(None, "owner_id", "other_id"),
        CheckConstraint("one_id < other_id", "in_order"),
    )
    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    one_id: Mapped[str] = mapped_column(Id, primary_key=True)
    other_id: Mapped[str] = mapped_column(Id, primary_key=True)
    said_at: Mapped[datetime] = mapped_column(Instant)


MERGES: Any = Merge.__table__
NOT_DUPLICATES: Any = NotDuplicate.__table__
