"""Playbooks somebody changed: one row a version, never altered once it is written."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import Base, Instant


class StoredPlaybook(Base):
    """`document` is the whole playbook as JSON text, so that a version means the same whatever is built in later."""

    __tablename__ = "playbooks"
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)


PLAYBOOKS: Any = StoredPlaybook.__table__
