"""From a stored encounter to the facts the planner works on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from app.accounts.me import Me
from app.core.folding import fold
from app.core.ids import derived_id
from app.encounters import queries
from app.followups import service as followup_service
from app.scheduling.facts import Occasion, Person, Promise, Requested

FEWEST_WORDS = 5


def gather(conn: Connection, me: Me, encounter: dict[str, Any], stranger: str | None = None) -> followup_service.Facts:
    """Everything the plan for this encounter depends on, read in the transaction that will apply it.

    A `stranger` is one of its people who is not stored.
    """
    contact_ids = encounter["contact_ids"]
    contacts = followup_service.contacts(conn, me, contact_ids)
    if stranger:
        contacts[stranger] = followup_service.STRANGER
    earlier = _interviewed_earlier(conn, me, encounter)
    asked = followup_service.asked_to_connect(conn, me, contact_ids, encounter["id"])
    people = tuple(
        _person(encounter, person, contacts[person["contact_id"]], person["contact_id"] not in earlier, asked)
        for person in encounter["people"]
    )
    occasion = Occasion(
        id=UUID(encounter["id"]),
        kind=encounter["kind"],
        round=encounter["round"],
        occurred_at=encounter["occurred_at"],
        ends_at=encounter["ends_at"],
        timezone=encounter["timezone"],
        latitude=encounter["latitude"],
        longitude=encounter["longitude"],
        event=encounter["event"],
        position=_said(encounter["position"]),
        people=people,
        promises=tuple(_promise(promise) for promise in encounter["promises"] if promise["contact_id"] in contact_ids),
        requested=_requested(encounter),
    )
    return followup_service.Facts(occasion, contacts)


def _person(
    encounter: dict[str, Any], person: dict[str, Any], contact: Mapping[str, Any], first: bool, asked: set[str]
) -> Person:
    return Person(
        contact_id=UUID(person["contact_id"]),
        role=person["role"],
        follow_up=person["follow_up"] or encounter["follow_up"],
        no_follow_up_because=_reason(encounter, person),
        talked_about=_said(person["talked_about"], encounter["talked_about"]),
        benefit=_said(person["benefit"], encounter["benefit"]),
        timezone=contact["timezone"],
        has_address=bool(contact["postal_address"]),
        linkedin_state=contact["linkedin_state"],
        do_not_contact=contact["do_not_contact"],
        first_interview=first,
        linkedin_asked=person["contact_id"] in asked,
        thin=_thin(encounter, contact),
    )


def _reason(encounter: dict[str, Any], person: dict[str, Any]) -> str | None:
    """The meeting's reason against following up is for everybody for whom nothing was decided."""
    return _said(person["no_follow_up_because"], None if person["follow_up"] else encounter["no_follow_up_because"])


def _said(*texts: str | None) -> str | None:
    """The first that says something; spaces do not."""
    return next((text.strip() for text in texts if text and text.strip()), None)


def _thin(encounter: dict[str, Any], contact: Mapping[str, Any]) -> bool:
    """A capture without a name, or of fewer than five words, wants finishing at home (R7)."""
    if encounter["captured_at"] is None:
        return False
    return contact["name"] is None or len((encounter["card_note"] or "").split()) < FEWEST_WORDS


def _interviewed_earlier(conn: Connection, me: Me, encounter: dict[str, Any]) -> set[str]:
    if encounter["kind"] != "interview":
        return set()
    this: tuple[datetime, str] = (encounter["occurred_at"], encounter["id"])
    found = queries.interviews_of(conn, me, encounter["contact_ids"])
    return {row["contact_id"] for row in found if (row["occurred_at"], row["id"]) < this}


def _promise(row: dict[str, Any]) -> Promise:
    return Promise(
        id=UUID(row["id"]),
        what=row["what"],
        contact_id=UUID(row["contact_id"]),
        by=row["by"],
        promised=row["promised"],
        due_on=row["due_on"],
        kept=row["kept_at"] is not None,
    )


def _requested(encounter: dict[str, Any]) -> tuple[Requested, ...]:
    """Items have no id of their own: the same words keep the same task however the list is edited."""
    seen: dict[str, int] = {}
    items: list[Requested] = []
    for item in encounter["requested"]:
        words = fold(item["what"]).strip()
        seen[words] = seen.get(words, 0) + 1
        item_id = derived_id(encounter["id"], f"{words}\n{seen[words]}")
        named = date.fromisoformat(item["due_on"]) if item.get("due_on") else None
        items.append(Requested(id=UUID(item_id), what=item["what"], ready=item["ready"], due_on=named))
    return tuple(items)
