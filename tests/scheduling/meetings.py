"""Encounters for the tests, each with what matters said and the rest usual."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from app.scheduling.facts import Occasion, Person, Preferences, Promise, Requested
from app.scheduling.plan import PlannedTask, plan

DANA, ELI = UUID(int=1), UUID(int=2)
MEETING, ITEM, OTHER_ITEM = UUID(int=10), UUID(int=20), UUID(int=21)
LISBON = Preferences(timezone="Europe/Lisbon")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def person(contact_id: UUID = DANA, **facts: Any) -> Person:
    return Person(contact_id=contact_id, **{"first_interview": True, **facts})


def promise(what: str = "the trunk-based article", **facts: Any) -> Promise:
    return Promise(**{"id": ITEM, "what": what, **facts})


def requested(what: str = "references", **facts: Any) -> Requested:
    return Requested(**{"id": ITEM, "what": what, **facts})


def meeting(at: str = "2026-03-03T16:00:00+00:00", timezone: str = "Europe/Lisbon", **facts: Any) -> Occasion:
    usual: dict[str, Any] = {
        "id": MEETING,
        "kind": "networking",
        "round": None,
        "occurred_at": instant(at),
        "ends_at": None,
        "timezone": timezone,
        "latitude": None,
        "longitude": None,
        "event": None,
        "position": None,
        "people": (person(),),
    }
    return Occasion(**usual | facts)


def interview(round_: int = 1, **facts: Any) -> Occasion:
    return meeting(**{"kind": "interview", "round": round_, **facts})


def tasks(occasion: Occasion, preferences: Preferences = LISBON) -> dict[str, PlannedTask]:
    """The plan by action; for tests with one task an action."""
    return {task.action: task for task in plan(occasion, preferences)}


def local(at: datetime, timezone: str) -> str:
    from zoneinfo import ZoneInfo

    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M:%S")


def preferences(timezone: str = "Europe/Lisbon", boundary: time = time(4), **facts: Any) -> Preferences:
    return Preferences(timezone=timezone, day_boundary=boundary, **facts)
