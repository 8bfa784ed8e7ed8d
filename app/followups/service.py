"""Gather facts, let the core decide, apply the difference: what an encounter asks for next (R1 to R20)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import Connection, bindparam, delete, select, update

from app.accounts import service as account_service
from app.accounts.me import Me
from app.contacts.models import CONTACTS
from app.core.folding import fold
from app.core.ids import MICROSECOND, new_id
from app.core.prepared import Prepared
from app.scheduling.almanac import day_of
from app.scheduling.facts import Occasion, Preferences
from app.scheduling.plan import PlannedTask, plan
from app.scheduling.playbook import Playbook
from app.scheduling.reconcile import Cancel, Create, Existing, Move, diff
from app.tasks import needs
from app.tasks.models import TASKS
from app.tasks.service import ADD, blank

FACT_COLUMNS = (
    CONTACTS.c.id,
    CONTACTS.c.name,
    CONTACTS.c.emails,
    CONTACTS.c.phones,
    CONTACTS.c.postal_address,
    CONTACTS.c.timezone,
    CONTACTS.c.linkedin_state,
    CONTACTS.c.do_not_contact,
)
STRANGER: Mapping[str, Any] = dict.fromkeys(column.name for column in FACT_COLUMNS) | {
    "linkedin_state": "none",
    "do_not_contact": False,
}
GET_CONTACTS = Prepared(
    select(*FACT_COLUMNS).where(
        CONTACTS.c.owner_id == bindparam("owner_id"), CONTACTS.c.id.in_(bindparam("ids", expanding=True))
    )
)
ASKED = Prepared(
    select(TASKS.c.contact_id, TASKS.c.encounter_id).where(
        TASKS.c.owner_id == bindparam("owner_id"),
        TASKS.c.contact_id.in_(bindparam("ids", expanding=True)),
        TASKS.c.action == "linkedin_invite",
        TASKS.c.status != "cancelled",
    )
)
GET_TASKS = Prepared(
    select(TASKS).where(
        TASKS.c.owner_id == bindparam("owner_id"),
        TASKS.c.encounter_id == bindparam("encounter_id"),
        TASKS.c.rule.is_not(None),
    )
)
CHANGE = update(TASKS).where(TASKS.c.owner_id == bindparam("b_owner_id"), TASKS.c.id == bindparam("b_id"))
PLANNED = (
    "action",
    "channel",
    "title",
    "why",
    "start_at",
    "due_at",
    "timezone",
    "because",
    "by",
    "minutes",
    "mail_hint",
)


class User(NamedTuple):
    """The user as the planner sees them; `has_number` is whether there is one to leave on a voicemail."""

    preferences: Preferences
    has_number: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """An encounter as the planner sees it, and its people by id as they are stored."""

    occasion: Occasion
    contacts: Mapping[str, Mapping[str, Any]]

    def lacking(self, contact_id: str, has_number: bool) -> frozenset[str]:
        """Which facts are missing for a task of this encounter with one of its people."""
        person = next(person for person in self.occasion.people if str(person.contact_id) == contact_id)
        known = {
            "topic": person.talked_about,
            "position": self.occasion.position,
            "benefit": person.benefit,
            "number": has_number,
        }
        of_meeting = frozenset(need for need, value in known.items() if not value)
        return of_meeting | needs.missing_of_contact(self.contacts[contact_id])

    def derived(
        self, user: User, contact_id: str, action: str, channel: str, requires: Iterable[str]
    ) -> dict[str, Any]:
        """What follows from a task and the facts: it is brought along even where the user touched the task."""
        lacking = self.lacking(contact_id, user.has_number)
        return {
            "needs": needs.missing(needs.required(requires, channel), lacking),
            "stack": stack_of(self.occasion, user.preferences, action),
        }


def contacts(conn: Connection, me: Me, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    """What the plan needs to know of these people, by id."""
    return {row["id"]: row for row in GET_CONTACTS.all(conn, {"owner_id": me.owner_id, "ids": ids})}


def asked_to_connect(conn: Connection, me: Me, ids: list[str], encounter_id: str) -> set[str]:
    """Who is or was asked to connect from another encounter: once per person (R13)."""
    rows = ASKED.all(conn, {"owner_id": me.owner_id, "ids": ids})
    return {row["contact_id"] for row in rows if row["encounter_id"] != encounter_id}


def user(conn: Connection, me: Me) -> User:
    return User(*account_service.preferences(conn, me))


def preview(facts: Facts, user: User, playbook: Playbook) -> list[dict[str, Any]]:
    """The plan as it would be, without ids and without a write."""
    return [
        {
            "contact_id": str(planned.contact_id),
            "rule": planned.rule,
            **{name: getattr(planned, name) for name in PLANNED if name != "by"},
            "needs": _derived(facts, user, planned)["needs"],
        }
        for planned in plan(facts.occasion, user.preferences, playbook)
    ]


def begin(
    conn: Connection, me: Me, facts: Facts, user: User, playbook: Playbook, *, now: datetime
) -> list[dict[str, Any]]:
    """Store the plan of an encounter that has none yet, and answer its rows."""
    planned = plan(facts.occasion, user.preferences, playbook)
    fresh = [_new_row(me, facts, user, task, number, now) for number, task in enumerate(planned)]
    ADD.run(conn, *fresh)
    return fresh


def replan(conn: Connection, me: Me, facts: Facts, user: User, playbook: Playbook, *, now: datetime) -> None:
    """Bring the stored tasks of an encounter to its plan. Touched tasks are never altered; twice changes nothing."""
    planned = plan(facts.occasion, user.preferences, playbook)
    values = {"owner_id": me.owner_id, "encounter_id": str(facts.occasion.id)}
    rows = {row["id"]: row for row in GET_TASKS.all(conn, values)}
    fresh: list[dict[str, Any]] = []
    moved: set[str] = set()
    for step in diff(planned, [_existing(row) for row in rows.values()]):
        match step:
            case Create():
                fresh.append(_new_row(me, facts, user, step.planned, len(fresh), now))
            case Move():
                row = rows[str(step.id)]
                moved.add(row["id"])
                _change(conn, me, row, _moved(row, step.planned) | _derived(facts, user, step.planned), now)
            case Cancel():
                _change(conn, me, rows[str(step.id)], {"status": "cancelled"}, now)
    ADD.run(conn, *fresh)
    for row in rows.values():
        if row["status"] == "open" and row["id"] not in moved and row["contact_id"] in facts.contacts:
            _refresh(conn, me, facts, user, row)


def _derived(facts: Facts, user: User, task: PlannedTask) -> dict[str, Any]:
    return facts.derived(user, str(task.contact_id), task.action, task.channel, task.requires)


def _refresh(conn: Connection, me: Me, facts: Facts, user: User, row: Any) -> None:
    derived = facts.derived(user, *(row[name] for name in ("contact_id", "action", "channel", "requires")))
    if any(row[name] != value for name, value in derived.items()):
        conn.execute(CHANGE.values(derived), {"b_owner_id": me.owner_id, "b_id": row["id"]})


def _existing(row: Any) -> Existing:
    touched = row["status"] in ("done", "skipped") or row["pinned"] or row["draft_edited"]
    return Existing(
        id=UUID(row["id"]),
        key=(UUID(row["contact_id"]), row["rule"], UUID(row["item_id"]) if row["item_id"] else None),
        touched=touched,
        status=row["status"],
        requires=tuple(row["requires"]),
        **{name: row[name] for name in PLANNED},
    )


def _new_row(me: Me, facts: Facts, user: User, planned: PlannedTask, number: int, now: datetime) -> dict[str, Any]:
    """Ids sort as the plan does, so that of what is due at one instant the promised comes first (R9)."""
    return {
        **blank(me, new_id(now + number * MICROSECOND), now),
        "contact_id": str(planned.contact_id),
        "encounter_id": str(facts.occasion.id),
        "rule": planned.rule,
        "item_id": str(planned.item_id) if planned.item_id else "",
        **{name: getattr(planned, name) for name in PLANNED},
        "act_at": planned.due_at,
        "requires": list(planned.requires),
        **_derived(facts, user, planned),
    }


def stack_of(occasion: Occasion, preferences: Preferences, action: str) -> str | None:
    """The same value for one action from one event on one day, which a list shows as one row."""
    if not occasion.event:
        return None
    day = day_of(occasion.occurred_at, occasion.timezone, preferences.day_boundary)
    return f"{action}:{_event_part(occasion.event, day)}"


@lru_cache(maxsize=1024)
def _event_part(event: str, day: date) -> str:
    return uuid5(UUID(int=0), f"{fold(event)} {day}").hex[:16]


def _moved(row: Any, planned: PlannedTask) -> dict[str, Any]:
    """A snoozed task moves its due and keeps its snooze; one that was cancelled is open again."""
    values = {name: getattr(planned, name) for name in PLANNED}
    return values | {
        "status": "open",
        "requires": list(planned.requires),
        "act_at": row["snoozed_until"] or planned.due_at,
    }


def _change(conn: Connection, me: Me, row: Any, values: dict[str, Any], now: datetime) -> None:
    values |= {"updated_at": now, "version": row["version"] + 1}
    conn.execute(CHANGE.values(values), {"b_owner_id": me.owner_id, "b_id": row["id"]})


def forget_encounter(conn: Connection, me: Me, encounter_id: str) -> list[str]:
    """Delete the open tasks of an encounter and loosen the others from it; answers the ids deleted."""
    mine = (TASKS.c.owner_id == me.owner_id) & (TASKS.c.encounter_id == encounter_id)
    unfinished = TASKS.c.status.in_(("open", "cancelled"))
    gone = conn.execute(delete(TASKS).where(mine, unfinished).returning(TASKS.c.id)).scalars().all()
    conn.execute(update(TASKS).where(mine).values(encounter_id=None))
    return list(gone)
