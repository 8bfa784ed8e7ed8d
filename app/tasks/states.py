"""Done, snoozed and skipped: three different things, each idempotent, each undone by reopen (product.md, 2.10)."""

from datetime import datetime, timedelta
from typing import Any

from app.core.problems import Conflict, Invalid

FUTURE_TOLERANCE = timedelta(days=1)


class TaskSkipped(Conflict):
    slug, title = "task-skipped", "The task was skipped"
    text = "This task was skipped. Reopen it first."


class TaskDone(Conflict):
    slug, title = "task-done", "The task is done"
    text = "This task is done. Reopen it first."


class TaskCancelled(Conflict):
    slug, title = "task-cancelled", "The task was cancelled"
    text = "The plan no longer gives this task. Reopen it first."


def completed(
    task: dict[str, Any], *, at: datetime | None, outcome: str | None, now: datetime
) -> dict[str, Any] | None:
    """The values that make an open or cancelled task done; None where it is done already."""
    if task["status"] == "done":
        return None
    if task["status"] == "skipped":
        raise TaskSkipped
    if at is not None and at > now + FUTURE_TOLERANCE:
        raise Invalid.at("#/at", "This is in the future; give the time it was done.")
    return {"status": "done", "completed_at": at or now, "outcome": outcome}


def skipped(task: dict[str, Any], *, reason: str | None) -> dict[str, Any] | None:
    """The values that skip an open or cancelled task; None where it is skipped already."""
    if task["status"] == "skipped":
        return None
    if task["status"] == "done":
        raise TaskDone
    return {"status": "skipped", "skip_reason": reason}


def snoozed(task: dict[str, Any], *, until: datetime) -> dict[str, Any] | None:
    """The values that hide an open task until an instant; `due_at` stays."""
    refused = {"done": TaskDone, "skipped": TaskSkipped, "cancelled": TaskCancelled}.get(task["status"])
    if refused is not None:
        raise refused
    if task["snoozed_until"] == until:
        return None
    return {"snoozed_until": until, "act_at": until}


def reopened(task: dict[str, Any]) -> dict[str, Any] | None:
    """The values that make any task open, awake and as due as it ever was; None where it is that already.

    A task the plan had cancelled is pinned, or the next replanning would take it away again.
    """
    if task["status"] == "open" and task["snoozed_until"] is None:
        return None
    return {
        "status": "open",
        "snoozed_until": None,
        "act_at": task["due_at"],
        "completed_at": None,
        "outcome": None,
        "skip_reason": None,
        "pinned": task["pinned"] or task["status"] == "cancelled",
    }
