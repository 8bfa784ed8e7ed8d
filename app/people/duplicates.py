"""Gathering the cards of an account, so that those which may be of one person can be suggested."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.accounts.me import Me
from app.contacts.models import CONTACTS
from app.core.pagination import Page
from app.encounters.models import ENCOUNTERS, PEOPLE
from app.people import not_duplicates
from app.people import service as people_service
from app.people.suggesting import MOST, Card, Event, Suggestion, of_one, pairs

SHORT = ("id", "name", "descriptor", "company")
CARDS = select(*(CONTACTS.c[name] for name in (*SHORT, "emails", "phones", "linkedin_url"))).where(
    CONTACTS.c.owner_id == bindparam("owner_id")
)
MET_AT = (
    select(PEOPLE.c.contact_id, ENCOUNTERS.c.event_folded, ENCOUNTERS.c.event_on, ENCOUNTERS.c.event)
    .join(PEOPLE, (PEOPLE.c.owner_id == ENCOUNTERS.c.owner_id) & (PEOPLE.c.encounter_id == ENCOUNTERS.c.id))
    .where(ENCOUNTERS.c.owner_id == bindparam("owner_id"), ENCOUNTERS.c.event_on.is_not(None))
)
# Few enough that they never hold up other requests on the event loop.
AT_ONCE = {"yield_per": 500}


@dataclass(frozen=True, slots=True)
class Account:
    """Everybody, and which pairs are known to be two."""

    cards: dict[str, Card]
    apart: set[frozenset[str]]


def gather(conn: Connection, me: Me, contact_id: str | None = None) -> Account:
    """What suggestions are made from. Raises NotFound and ContactMerged where `contact_id` is not there."""
    if contact_id is not None:
        people_service.stored(conn, me, contact_id)
    mine = {"owner_id": me.owner_id}
    events: dict[str, dict[Event, str]] = {}
    with conn.execute(MET_AT, mine, execution_options=AT_ONCE) as rows:
        for who, folded, on, written in rows:
            events.setdefault(who, {})[folded, on] = written
    with conn.execute(CARDS, mine, execution_options=AT_ONCE) as rows:
        cards = {row.id: _card(row, events.get(row.id, {})) for row in rows}
    return Account(cards, not_duplicates.pairs(conn, me))


def _card(row: Any, events: dict[Event, str]) -> Card:
    reached = {"emails": tuple(row.emails), "phones": tuple(row.phones), "linkedin_url": row.linkedin_url}
    return Card(row.id, row.name, row.descriptor, row.company, events=events, **reached)


def of_contact(account: Account, contact_id: str, limit: int) -> Page:
    """Who may be the same person as this one."""
    found = of_one(account.cards[contact_id], account.cards.values(), account.apart, min(limit, MOST))
    items = [{"contact": _short(account, one.other_id), "because": _told(one)} for one in found]
    return Page(items, None)


def of_account(account: Account, limit: int) -> Page:
    """Pairs of people who may be one."""
    found = pairs(account.cards.values(), account.apart, min(limit, MOST))
    items = [
        {"contacts": [_short(account, one.one_id), _short(account, one.other_id)], "because": _told(one)}
        for one in found
    ]
    return Page(items, None)


def _short(account: Account, contact_id: str) -> dict[str, Any]:
    return {name: getattr(account.cards[contact_id], name) for name in SHORT}


def _told(suggestion: Suggestion) -> list[dict[str, str]]:
    return [reason._asdict() for reason in suggestion.because]
