"""The difference between a plan and the tasks there are (product.md, 2.9). Planning twice gives none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.scheduling.plan import PlannedTask

COMPARED = (
    *("action", "channel", "title", "why", "start_at", "due_at", "timezone", "because", "by", "minutes"),
    *("requires", "mail_hint"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A stored task of the encounter. `touched`: done, skipped, pinned or its draft edited."""

    id: UUID
    key: tuple[UUID, str, UUID | None]
    touched: bool
    status: str
    action: str
    channel: str
    title: str
    why: str
    start_at: datetime
    due_at: datetime
    timezone: str
    because: str
    by: str
    minutes: int
    requires: tuple[str, ...]
    mail_hint: str | None


@dataclass(frozen=True, slots=True)
class Create:
    planned: PlannedTask


@dataclass(frozen=True, slots=True)
class Move:
    """Bring an open task to the plan, or open again one that was cancelled."""

    id: UUID
    planned: PlannedTask


@dataclass(frozen=True, slots=True)
class Cancel:
    id: UUID


Step = Create | Move | Cancel


def diff(planned: Sequence[PlannedTask], existing: Sequence[Existing]) -> tuple[Step, ...]:
    """What to create, move and cancel. A touched task is never altered and stands for its key.

    What was done or skipped stands for its action, too: an e-mail that went out as R3 is not asked for again as R6
    when the round is corrected.
    """
    stored = {task.key: task for task in existing}
    settled = {_action_of(task) for task in existing if task.status in ("done", "skipped")}
    steps: list[Step] = []
    for task in planned:
        found = stored.pop(task.key, None)
        if found is None:
            if _action_of(task) not in settled:
                steps.append(Create(task))
        elif not found.touched and (found.status == "cancelled" or _differs(task, found)):
            steps.append(Move(found.id, task))
    steps += [Cancel(task.id) for task in stored.values() if not task.touched and task.status == "open"]
    return tuple(steps)


def _action_of(task: PlannedTask | Existing) -> tuple[UUID, str, UUID | None]:
    contact_id, _, item_id = task.key
    return contact_id, task.action, item_id


def _differs(planned: PlannedTask, found: Existing) -> bool:
    return any(getattr(planned, name) != getattr(found, name) for name in COMPARED)
