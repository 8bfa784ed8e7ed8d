"""Encounters for the tests, each with what matters said and the rest usual."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.scheduling.facts import Occasion, Person, Preferences, Promise, Requested
from app.scheduling.plan import PlannedTask, plan
from app.scheduling.reconcile import COMPARED, Existing

DANA, ELI, FAY = UUID(int=1), UUID(int=2), UUID(int=3)
MEETING, ITEM, OTHER_ITEM = UUID(int=10), UUID(int=20), UUID(int=21)
LISBON = Preferences(timezone="Europe/Lisbon")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def local(at: datetime, timezone: str) -> str:
    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M:%S")


def preferences(timezone: str = "Europe/Lisbon", boundary: time = time(4), **facts: Any) -> Preferences:
    return Preferences(timezone=timezone, day_boundary=boundary, **facts)


def person(contact_id: UUID = DANA, **facts: Any) -> Person:
    return Person(contact_id=contact_id, **{"first_interview": True, **facts})


def promise(what: str = "the trunk-based article", **facts: Any) -> Promise:
    return Promise(**{"id": ITEM, "what": what, **facts})


def requested(what: str = "references", **facts: Any) -> Requested:
    return Requested(**{"id": ITEM, "what": what, **facts})


def meeting(at: str = "2026-03-03T16:00:00+00:00", timezone: str = "Europe/Lisbon", **facts: Any) -> Occasion:
    """A networking talk with Dana; `ends` is the end as text."""
    ends = facts.pop("ends", None)
    usual: dict[str, Any] = {
        "id": MEETING,
        "kind": "networking",
        "round": None,
        "occurred_at": instant(at),
        "ends_at": instant(ends) if ends else None,
        "timezone": timezone,
        "latitude": None,
        "longitude": None,
        "event": None,
        "position": None,
        "people": (person(),),
    }
    return Occasion(**usual | facts)


def interview(round_: int | None = 1, **facts: Any) -> Occasion:
    return meeting(**{"kind": "interview", "round": round_, **facts})


def coffee(at: str = "2026-03-03T16:00:00+00:00", timezone: str = "Europe/Lisbon", **facts: Any) -> Occasion:
    """A meeting of the kind `other`, which asks for an e-mail the same day and a note by sundown the next."""
    return meeting(at, timezone, **{"kind": "other", **facts})


def tasks(occasion: Occasion, preferences: Preferences = LISBON) -> dict[str, PlannedTask]:
    """The plan by action, for encounters that give one task an action at most."""
    planned = plan(occasion, preferences)
    found = {task.action: task for task in planned}
    assert len(found) == len(planned), "two tasks of one action; look at actions() instead"
    return found


def actions(occasion: Occasion, contact_id: UUID = DANA, preferences: Preferences = LISBON) -> list[str]:
    """What one person is given, in the order of the plan, as "R8 handwritten_note"."""
    return [f"{task.rule} {task.action}" for task in plan(occasion, preferences) if task.contact_id == contact_id]


def due(occasion: Occasion, action: str, preferences: Preferences = LISBON) -> str:
    """The local time at which the task of this action is due."""
    task = tasks(occasion, preferences)[action]
    return local(task.due_at, task.timezone)


def stored(planned: Sequence[PlannedTask], **facts: Any) -> list[Existing]:
    """The plan as rows, numbered from 100; `facts` hold for each."""
    return [
        Existing(
            id=UUID(int=100 + number),
            key=task.key,
            **{name: getattr(task, name) for name in COMPARED} | {"touched": False, "status": "open"} | facts,
        )
        for number, task in enumerate(planned)
    ]
