"""Merges of two people into one, kept so that they can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
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


MERGES: Any = Merge.__table__
