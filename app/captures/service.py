"""A note thumbed at a mixer becomes a person, an encounter and due tasks, in one transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.accounts import service as account_service
from app.accounts.me import CAPTURE, Me
from app.captures.descriptor import descriptor_of
from app.contacts import service as contact_service
from app.core.prepared import Prepared
from app.core.problems import Forbidden, Invalid, NotFound
from app.encounters import queries as encounter_queries
from app.encounters import service as encounter_service
from app.encounters.models import ENCOUNTERS, PEOPLE
from app.people import service as people_service
from app.tasks.models import TASKS, TOUCHES

OF_ENCOUNTER = ("id", "kind", "round", "position", "event", "talked_about", "benefit", "promises", "timezone")
OF_PERSON = ("name", "company", "title", "emails", "phones", "postal_address", "linkedin_url", "website")
OF_TASK = ("id", "action", "due_at", "because")
CAPTURED = Prepared(
    select(ENCOUNTERS.c.made_contact_id).where(
        ENCOUNTERS.c.owner_id == bindparam("owner_id"),
        ENCOUNTERS.c.id == bindparam("id"),
        ENCOUNTERS.c.captured_at.is_not(None),
    )
)


def create(conn: Connection, me: Me, data: dict[str, Any], *, now: datetime) -> tuple[dict[str, Any], bool]:
    """Answers the capture and True, or False where this id is there already. Raises Gone, Invalid, Forbidden.

    An existing person is never matched by words: `contact_id` says so, or a new one is made.
    """
    if me.scope == CAPTURE and data.get("contact_id") is not None:
        raise Forbidden("A token of scope capture does not choose the person.")
    if data.get("id"):
        encounter = encounter_queries.find(conn, me, data["id"])
        if encounter is not None and encounter["captured_at"] is None:
            raise Invalid.at("#/id", "A meeting that was not captured has this id.")
        if encounter is not None:
            return _shape(conn, me, encounter_service.get(conn, me, data["id"])), False
        account_service.refuse_buried(conn, me, data["id"])
    contact_id = data.get("contact_id")
    if contact_id is not None:
        contact = contact_service.find_followed(conn, me, contact_id)
        if contact is None:
            raise Invalid.at("#/contact_id", "There is no such person in this account.")
        contact_id = contact["id"]
    else:
        contact_id, _ = contact_service.create(conn, me, _person(data), now=now)
    meeting = {name: data.get(name) for name in (*OF_ENCOUNTER, "latitude", "longitude")} | {
        "contact_ids": [contact_id],
        "occurred_at": data["captured_at"],
        "captured_at": data["captured_at"],
        "card_note": data["text"],
        "made_contact_id": contact_id if data.get("contact_id") is None else None,
    }
    encounter, created = encounter_service.create(conn, me, meeting, now=now)
    return _shape(conn, me, encounter), created


def _person(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data.get(name) for name in OF_PERSON} | {"descriptor": descriptor_of(data["text"])}


def _shape(conn: Connection, me: Me, encounter: dict[str, Any]) -> dict[str, Any]:
    tasks, contact_id = encounter["tasks"], encounter["contact_ids"][0]
    if me.scope == CAPTURE:
        told = [{name: task[name] for name in OF_TASK} for task in tasks]
        return {"contact": {"id": contact_id}, "encounter": {"id": encounter["id"]}, "tasks": told}
    contact = people_service.get(conn, me, contact_id)
    hidden = {"tasks", "version"}
    return {
        "id": encounter["id"],
        "contact": {name: value for name, value in contact.items() if name != "version"},
        "encounter": {name: value for name, value in encounter.items() if name not in hidden},
        "tasks": tasks,
    }


def undo(conn: Connection, me: Me, capture_id: str, *, now: datetime) -> None:
    """Remove what the capture alone created: the encounter, its open tasks, and a person nothing else speaks of."""
    captured = CAPTURED.first(conn, {"owner_id": me.owner_id, "id": capture_id})
    if captured is None:
        raise NotFound("There is no such capture in this account.")
    encounter_service.remove(conn, me, capture_id, now=now)
    made = captured["made_contact_id"]
    if made is not None and not _spoken_of(conn, me, made):
        people_service.remove(conn, me, made, now=now)


def _spoken_of(conn: Connection, me: Me, contact_id: str) -> bool:
    """Whether the person is gone by now, was edited, met elsewhere, or has tasks or touches of their own."""
    contact = contact_service.find(conn, me, contact_id)
    if contact is None or contact["version"] > 1:
        return True
    return any(
        conn.execute(
            select(table.c.owner_id).where(table.c.owner_id == me.owner_id, table.c.contact_id == contact_id).limit(1)
        ).first()
        for table in (PEOPLE, TASKS, TOUCHES)
    )
