"""People who were said to be two."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import Base, Id, Instant, owned_by


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


NOT_DUPLICATES: Any = NotDuplicate.__table__
