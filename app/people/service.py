"""What spans nouns about a person: the full answer, search, edits that move tasks, and deletion."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from app.accounts import service as account_service
from app.accounts.me import Me
from app.contacts import service as contact_service
from app.contacts.models import CONTACTS
from app.core import idempotency
from app.core.answers import check_match
from app.core.pagination import Page
from app.core.prepared import Prepared
from app.core.problems import Gone, NotFound
from app.encounters import searchable
from app.encounters import service as encounter_service
from app.encounters.models import ENCOUNTERS, PEOPLE
from app.followups import service as followup_service
from app.search import index, match
from app.search.query import Query
from app.tasks import service as task_service
from app.tasks.models import TASKS, TOUCHES

IDS = bindparam("ids", expanding=True)
LAST_TOUCHES = Prepared(
    select(TOUCHES.c.contact_id, func.max(TOUCHES.c.at).label("at"))
    .where(TOUCHES.c.owner_id == bindparam("owner_id"), TOUCHES.c.contact_id.in_(IDS))
    .group_by(TOUCHES.c.contact_id)
)
NEXT_NAMES = ("id", "action", "channel", "title", "due_at", "act_at", "timezone", "because")
OTHERS = TASKS.alias("others")
FIRST_OPEN = (
    select(OTHERS.c.id)
    .where(OTHERS.c.owner_id == CONTACTS.c.owner_id, OTHERS.c.contact_id == CONTACTS.c.id, OTHERS.c.status == "open")
    .order_by(OTHERS.c.act_at, OTHERS.c.id)
    .limit(1)
    .scalar_subquery()
)
NEXT_TASKS = Prepared(
    select(TASKS.c.contact_id, *(TASKS.c[name] for name in NEXT_NAMES)).where(
        TASKS.c.owner_id == bindparam("owner_id"),
        TASKS.c.id.in_(select(FIRST_OPEN).where(CONTACTS.c.owner_id == bindparam("owner_id"), CONTACTS.c.id.in_(IDS))),
    )
)
REPLANNED = Prepared(
    select(TASKS.c.encounter_id)
    .where(
        TASKS.c.owner_id == bindparam("owner_id"),
        TASKS.c.contact_id == bindparam("contact_id"),
        TASKS.c.encounter_id.is_not(None),
        TASKS.c.status.in_(("open", "cancelled")),
    )
    .distinct()
)
MET_IN = Prepared(
    select(PEOPLE.c.encounter_id).where(
        PEOPLE.c.owner_id == bindparam("owner_id"), PEOPLE.c.contact_id == bindparam("contact_id")
    )
)
BEST = 50
PLANNED_FROM = frozenset({"name", "postal_address", "timezone", "linkedin_state", "do_not_contact"})


class ContactMerged(Gone):
    slug, title = "contact-merged", "Merged into somebody else"
    text = "This person was merged into another; `into` is who."


def stored(conn: Connection, me: Me, contact_id: str) -> dict[str, Any]:
    """The stored fields of one person. Raises NotFound, ContactMerged."""
    found = contact_service.find(conn, me, contact_id)
    if found is None:
        into = contact_service.merged_into(conn, me, contact_id)
        if into is not None:
            raise ContactMerged(into=into)
        raise NotFound("There is no such person in this account.")
    return found


def get(conn: Connection, me: Me, contact_id: str) -> dict[str, Any]:
    """One person with the last touch and the next task. Raises NotFound, ContactMerged."""
    return _composed(conn, me, [stored(conn, me, contact_id)])[0]


def list_page(conn: Connection, me: Me, **wanted: Any) -> Page:
    """People by name, or the ones changed last first; each with `match`, null where nothing was searched for."""
    page = contact_service.list_page(conn, me, **wanted)
    _composed(conn, me, page.items)
    for contact in page.items:
        contact["match"] = None
    return page


def search(conn: Connection, me: Me, q: str, *, limit: int, tag: str | None = None, tier: str | None = None) -> Page:
    """The best 50 at most, each with the field that matches and an excerpt of it; typed words are ANDed."""
    query = Query.of(q)
    ids = index.find(conn, me, query, limit=min(limit, BEST), tag=tag, tier=tier) if query else []
    if query is None or not ids:
        return Page([], None)
    contacts = _composed(conn, me, contact_service.get_some(conn, me, ids))
    texts = searchable.texts(conn, me, ids)
    for contact in contacts:
        contact["match"] = match.best(query, texts.get(contact["id"], ()))
    return Page(contacts, None)


def _composed(conn: Connection, me: Me, contacts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {contact["id"]: contact for contact in contacts}
    for contact in contacts:
        contact |= {"last_touch_at": None, "next_task": None}
    if contacts:
        values = {"owner_id": me.owner_id, "ids": list(by_id)}
        for row in LAST_TOUCHES.all(conn, values):
            by_id[row["contact_id"]]["last_touch_at"] = row["at"]
        for row in NEXT_TASKS.all(conn, values):
            by_id[row["contact_id"]]["next_task"] = {name: row[name] for name in NEXT_NAMES}
    return contacts


def create(conn: Connection, me: Me, data: dict[str, Any], *, now: datetime) -> tuple[dict[str, Any], bool]:
    """Store a person; False where this id is there already. Raises Gone."""
    contact_id, created = contact_service.create(conn, me, data, now=now)
    if created:
        searchable.reindex(conn, me, [contact_id])
    return get(conn, me, contact_id), created


def update_fields(
    conn: Connection,
    me: Me,
    contact_id: str,
    changes: dict[str, Any],
    *,
    if_match: str | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Apply a merge patch, then bring the person's tasks along: their needs, and the plans that depend on the facts.

    `do_not_contact` ends every open task and keeps history (R12). Raises NotFound, Invalid.
    """
    before = stored(conn, me, contact_id)
    check_match(if_match, before["version"], lambda: get(conn, me, contact_id))
    after = contact_service.update_fields(conn, me, contact_id, changes, now=now)
    if after["do_not_contact"] and not before["do_not_contact"]:
        end_everything(conn, me, contact_id, now=now)
    if any(before[name] != after[name] for name in PLANNED_FROM):
        for encounter_id in sorted(planned_in(conn, me, contact_id)):
            encounter_service.replan(conn, me, encounter_id, now=now)
    task_service.contact_changed(conn, me, after)
    if changes.keys() & searchable.OF_CONTACT:
        searchable.reindex(conn, me, [contact_id])
    return get(conn, me, contact_id)


def planned_in(conn: Connection, me: Me, contact_id: str) -> set[str]:
    """The encounters whose plan still has something to say about a person."""
    return set(REPLANNED.scalars(conn, {"owner_id": me.owner_id, "contact_id": contact_id}))


def end_everything(conn: Connection, me: Me, contact_id: str, *, now: datetime) -> list[str]:
    """Cancel a person's open tasks; answers which (R12)."""
    mine = (TASKS.c.owner_id == me.owner_id) & (TASKS.c.contact_id == contact_id) & (TASKS.c.status == "open")
    values = {"status": "cancelled", "updated_at": now, "version": TASKS.c.version + 1}
    return list(conn.execute(update(TASKS).where(mine).values(values).returning(TASKS.c.id)).scalars())


def remove(conn: Connection, me: Me, contact_id: str, *, if_match: str | None = None, now: datetime) -> None:
    """Delete a person with tasks, touches and promises; an encounter left with nobody goes too (product.md, 2.12)."""
    version = stored(conn, me, contact_id)["version"]
    check_match(if_match, version, lambda: get(conn, me, contact_id))
    values = {"owner_id": me.owner_id, "contact_id": contact_id}
    met_in = sorted(MET_IN.scalars(conn, values))
    gone = [contact_id]
    for table in (TASKS, TOUCHES):
        of_contact = (table.c.owner_id == me.owner_id) & (table.c.contact_id == contact_id)
        gone += conn.execute(select(table.c.id).where(of_contact)).scalars()
    index.remove(conn, me, [contact_id])
    conn.execute(delete(CONTACTS).where(CONTACTS.c.owner_id == me.owner_id, CONTACTS.c.id == contact_id))
    for encounter_id in met_in:
        others = select(PEOPLE.c.contact_id).where(
            PEOPLE.c.owner_id == me.owner_id, PEOPLE.c.encounter_id == encounter_id
        )
        if conn.execute(others.limit(1)).first() is not None:
            encounter_service.somebody_left(conn, me, encounter_id, now=now)
            continue
        gone += [*followup_service.forget_encounter(conn, me, encounter_id), encounter_id]
        conn.execute(delete(ENCOUNTERS).where(ENCOUNTERS.c.owner_id == me.owner_id, ENCOUNTERS.c.id == encounter_id))
    account_service.bury(conn, me, gone, now=now)
    idempotency.clear(conn, me)
