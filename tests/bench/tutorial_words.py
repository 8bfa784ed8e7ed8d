"""What the tutorial app keeps for search: the words of a person, gathered through the ORM and handed to FTS5."""

from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.encounters.models import Encounter, EncounterPerson, Promise
from app.encounters.searchable import CALLED, TOLD
from app.search.document import Document

STORED = text("SELECT id, head, body FROM search_contacts WHERE owner_id = :owner_id AND contact_id = :contact_id")
UNINDEX = text(
    "INSERT INTO search_words (search_words, rowid, owner_id, head, body)"
    " VALUES ('delete', :id, :owner_id, :head, :body)"
)
KEEP = text(
    "INSERT OR REPLACE INTO search_contacts (owner_id, contact_id, head, body)"
    " VALUES (:owner_id, :contact_id, :head, :body)"
)
INDEX = text(
    "INSERT INTO search_words (rowid, owner_id, head, body) SELECT id, owner_id, head, body FROM search_contacts"
    " WHERE owner_id = :owner_id AND contact_id = :contact_id"
)


def keep_words(db: Session, contact: Any) -> None:
    """Bring the index up to date with this person, in the transaction that changed something of theirs."""
    whose = {"owner_id": contact.owner_id, "contact_id": contact.id}
    found = Document.of(_texts(contact, CALLED), [*_texts(contact, TOLD), *_said(db, contact)])
    stored = db.execute(STORED, whose).mappings().one_or_none()
    if stored is not None:
        db.execute(UNINDEX, {**whose, **stored})
    db.execute(KEEP, {**whose, "head": found.head, "body": found.body})
    db.execute(INDEX, whose)


def _texts(contact: Any, names: tuple[str, ...]) -> list[str]:
    values = [getattr(contact, name) for name in names]
    return [each for value in values if value for each in (value if isinstance(value, list) else [value])]


def _said(db: Session, contact: Any) -> list[str]:
    of_person = (EncounterPerson.owner_id == contact.owner_id, EncounterPerson.contact_id == contact.id)
    met = (Encounter.owner_id == EncounterPerson.owner_id) & (Encounter.id == EncounterPerson.encounter_id)
    latest = (Encounter.occurred_at.desc(), Encounter.id.desc())
    texts: list[str | None] = []
    for encounter in db.scalars(select(Encounter).join(EncounterPerson, met).where(*of_person).order_by(*latest)):
        texts += [encounter.card_note, encounter.talked_about]
        promises = select(Promise).where(Promise.owner_id == contact.owner_id, Promise.encounter_id == encounter.id)
        for promise in db.scalars(promises.order_by(Promise.position)):
            texts += [promise.what, promise.why, promise.url]
        texts += [encounter.event, encounter.position]
    return [said for said in texts if said]
