"""What the planner is told: who was met, where, when, and what was said. Values only."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The user's zone, place (degrees), day boundary, instead of the sun a fixed hour, and minutes for an evening."""

    timezone: str
    latitude: float | None = None
    longitude: float | None = None
    day_boundary: time = time(4)
    sundown_at: time | None = None
    minutes_an_evening: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person in an encounter. `first_interview` and `linkedin_asked` come from the other encounters."""

    contact_id: UUID
    role: str | None = None
    follow_up: str = "full"
    no_follow_up_because: str | None = None
    talked_about: str | None = None
    benefit: str | None = None
    timezone: str | None = None
    has_address: bool = False
    linkedin_state: str = "none"
    do_not_contact: bool = False
    first_interview: bool = False
    linkedin_asked: bool = False
    thin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    id: UUID
    what: str
    contact_id: UUID | None = None
    by: str = "mine"
    promised: bool = True
    due_on: date | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    id: UUID
    what: str
    ready: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An encounter: instants are aware, `timezone` is where it happened."""

    id: UUID
    kind: str
    round: int | None
    occurred_at: datetime
    ends_at: datetime | None
    timezone: str
    latitude: float | None
    longitude: float | None
    event: str | None
    position: str | None
    people: tuple[Person, ...]
    promises: tuple[Promise, ...] = ()
    requested: tuple[Requested, ...] = ()

    @property
    def end(self) -> datetime:
        return self.ends_at or self.occurred_at
