"""What a person is found by: their card, and what the meetings with them hold, the latest first."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, null, select, union_all

from app.accounts.me import Me
from app.contacts.models import CONTACTS
from app.core.prepared import Prepared
from app.encounters.models import ENCOUNTERS, PEOPLE, PROMISES
from app.search import index
from app.search.document import Document

CALLED = ("name", "salutation", "descriptor", "company")
TOLD = ("title", "emails", "phones", "tags", "notes", "about_company", "how_met", "how_i_can_help")
OF_CONTACT = frozenset({*CALLED, *TOLD})
OF_ENCOUNTER = frozenset(
    {"card_note", "talked_about", "event", "position", "occurred_at", "people", "contact_ids", "promises"}
)
IDS = bindparam("ids", expanding=True)
CARDS = Prepared(
    select(CONTACTS.c.id, *(CONTACTS.c[name] for name in (*CALLED, *TOLD))).where(
        CONTACTS.c.owner_id == bindparam("owner_id"), CONTACTS.c.id.in_(IDS)
    )
)
MEETING = (ENCOUNTERS.c.owner_id == bindparam("owner_id")) & (ENCOUNTERS.c.id == PEOPLE.c.encounter_id)
PROMISED_IN = (ENCOUNTERS.c.owner_id == bindparam("owner_id")) & (ENCOUNTERS.c.id == PROMISES.c.encounter_id)
SAID = Prepared(
    union_all(
        select(
            PEOPLE.c.contact_id,
            ENCOUNTERS.c.occurred_at,
            ENCOUNTERS.c.id,
            literal(0).label("place"),
            ENCOUNTERS.c.card_note,
            func.coalesce(func.nullif(PEOPLE.c.talked_about, ""), ENCOUNTERS.c.talked_about).label("talked_about"),
            null().label("what"),
            null().label("why"),
            null().label("url"),
            ENCOUNTERS.c.event,
            ENCOUNTERS.c.position,
        )
        .join_from(PEOPLE, ENCOUNTERS, MEETING)
        .where(PEOPLE.c.owner_id == bindparam("owner_id"), PEOPLE.c.contact_id.in_(IDS)),
        select(
            PROMISES.c.contact_id,
            ENCOUNTERS.c.occurred_at,
            ENCOUNTERS.c.id,
            (PROMISES.c.position + 1).label("place"),
            null(),
            null(),
            PROMISES.c.what,
            PROMISES.c.why,
            PROMISES.c.url,
            null(),
            null(),
        )
        .join_from(PROMISES, ENCOUNTERS, PROMISED_IN)
        .where(PROMISES.c.owner_id == bindparam("owner_id"), PROMISES.c.contact_id.in_(IDS)),
    )
)
SAID_FIELDS = {
    "card_note": "card_note",
    "talked_about": "talked_about",
    "what": "promises",
    "why": "promises",
    "url": "promises",
    "event": "event",
    "position": "position",
}


def reindex(conn: Connection, me: Me, contact_ids: Iterable[str]) -> None:
    """Bring the search index up to date with these people, in the transaction that changed something of theirs."""
    ids = list(dict.fromkeys(contact_ids))
    told = texts(conn, me, ids)
    index.store(conn, me, {contact_id: _document(told[contact_id]) for contact_id in ids if contact_id in told})


def _document(told: list[tuple[str, str]]) -> Document:
    called = [text for field, text in told if field in CALLED]
    return Document.of(called, [text for field, text in told if field not in CALLED])


def texts(conn: Connection, me: Me, contact_ids: list[str]) -> dict[str, list[tuple[str, str]]]:
    """By person, each text with the field it stands in, the more telling ones first."""
    values = {"owner_id": me.owner_id, "ids": contact_ids}
    found = {row["id"]: list(_of_card(row)) for row in CARDS.all(conn, values)}
    said = SAID.all(conn, values)
    for row in sorted(said, key=lambda row: (row["occurred_at"], row["id"], -row["place"]), reverse=True):
        found[row["contact_id"]] += [(SAID_FIELDS[name], row[name]) for name in SAID_FIELDS if row[name]]
    return found


def _of_card(row: Any) -> Iterator[tuple[str, str]]:
    for field in (*CALLED, *TOLD):
        value = row[field]
        yield from ((field, text) for text in (value if isinstance(value, list) else [value]) if text)
    for number in row["phones"]:
        yield "phones", "".join(filter(str.isdecimal, number))
