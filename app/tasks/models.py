"""Tasks, and the touches that doing them leaves behind."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import Base, Id, Instant, Json, owned_by, where

OPEN = text("status = 'open'")
REPLIES = text("status = 'open' AND action = 'reply'")
SNOOZED = text("status = 'open' AND snoozed_until IS NOT NULL")
PLANNED = text("status = 'open' AND planned_on IS NOT NULL")
# What upcoming asks of every open task. Without these SQLite takes the index over all tasks as often as this one, until
# it has statistics, and then reads years of done tasks to find what has slipped.
READ_WITH_OPEN = ("action", "due_at", "snoozed_until", "minutes", "status")
BY_SUNDOWN = text("status = 'open' AND \"by\" = 'sundown'")
STACKED = text("status = 'open' AND stack IS NOT NULL")


class Task(Base):
    """`encounter_id` is the encounter the plan came from; the op that deletes one clears it on done tasks."""

    __tablename__ = "tasks"
    __table_args__ = (
        owned_by("contacts", "contact_id"),
        owned_by("encounters", "encounter_id"),
        Index("ix_tasks_open", "owner_id", "act_at", "id", *READ_WITH_OPEN, **where(OPEN)),
        Index("ix_tasks_replies", "owner_id", "act_at", "id", **where(REPLIES)),
        Index("ix_tasks_snoozed", "owner_id", "act_at", "id", **where(SNOOZED)),
        Index("ix_tasks_planned", "owner_id", "planned_on", **where(PLANNED)),
        Index("ix_tasks_by_sundown", "owner_id", "act_at", "id", "minutes", "planned_on", **where(BY_SUNDOWN)),
        Index("ix_tasks_stacked", "owner_id", "stack", **where(STACKED)),
        Index(None, "owner_id", "act_at", "id"),
        Index(None, "owner_id", "contact_id", "act_at", "id"),
        Index(None, "owner_id", "encounter_id"),
        Index(
            "uq_tasks_identity",
            "owner_id",
            "encounter_id",
            "contact_id",
            "rule",
            "item_id",
            unique=True,
            **where(text("encounter_id IS NOT NULL AND rule IS NOT NULL")),
        ),
        CheckConstraint("status in ('open', 'done', 'skipped', 'cancelled')", "status"),
    )
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[str] = mapped_column(Id)
    encounter_id: Mapped[str | None] = mapped_column(Id)
    action: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    rule: Mapped[str | None] = mapped_column(String(20))
    item_id: Mapped[str] = mapped_column(String(36), server_default="")
    start_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    act_at: Mapped[datetime] = mapped_column(Instant)
    timezone: Mapped[str] = mapped_column(String(64))
    because: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]
    requires: Mapped[list[str]] = mapped_column(Json)
    needs: Mapped[list[str]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(10))
    snoozed_until: Mapped[datetime | None] = mapped_column(Instant)
    planned_on: Mapped[date | None]
    pinned: Mapped[bool]
    draft_edited: Mapped[bool]
    stack: Mapped[str | None] = mapped_column(String(64))
    mail_hint: Mapped[str | None] = mapped_column(Text)
    skip_reason: Mapped[str | None] = mapped_column(Text)
    completed_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int]


class Touch(Base):
    """A contact that really took place, in either direction."""

    __tablename__ = "touches"
    __table_args__ = (
        owned_by("contacts", "contact_id"),
        Index(None, "owner_id", "contact_id", "at"),
        Index(None, "owner_id", "task_id"),
        CheckConstraint("direction in ('in', 'out')", "direction"),
    )
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[str] = mapped_column(Id)
    task_id: Mapped[str | None] = mapped_column(Id)
    channel: Mapped[str] = mapped_column(String(20))
    direction: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str | None] = mapped_column(Text)
    needs_answer: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Instant)


TASKS: Any = Task.__table__
TOUCHES: Any = Touch.__table__
HIDDEN = frozenset({"owner_id", "item_id", "requires", "draft_edited", "by"})
SHOWN = [column for column in TASKS.c if column.name not in HIDDEN]
