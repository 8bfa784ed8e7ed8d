"""Two entries for one person become one, with everything of both, and can be parted again."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.accounts import service as account_service
from app.accounts.me import Me
from app.contacts import service as contact_service
from app.contacts.models import CONTACTS, MERGES
from app.core import idempotency
from app.core.columns import Instant
from app.core.ids import new_id
from app.core.pagination import Page, decode_cursor, encode_cursor, page_of
from app.core.prepared import Prepared
from app.core.problems import Conflict, Invalid, NotFound
from app.core.schemas import NOTE
from app.encounters import searchable
from app.encounters import service as encounter_service
from app.people import belongings, not_duplicates, uniting
from app.people import service as people_service
from app.search import index
from app.tasks import service as task_service
from app.tasks.models import TASKS

MINE = MERGES.c.owner_id == bindparam("owner_id")
GET = Prepared(select(MERGES).where(MINE, MERGES.c.id == bindparam("id")))
PAGE = Prepared(
    select(MERGES)
    .where(MINE, MERGES.c.id < bindparam("before_id"))
    .order_by(MERGES.c.id.desc())
    .limit(bindparam("rows"))
)
# After every UUID as text.
LAST = "g"


class NotesTooLong(Conflict):
    slug, title = "notes-too-long", "Together the notes are too long"
    text = f"Together the notes of both are longer than {NOTE:,} characters. Shorten one of them first."


def merge(conn: Connection, me: Me, contact_id: str, into_id: str, *, now: datetime) -> dict[str, Any]:
    """Everything of `contact_id` becomes `into_id`'s; the one is gone, the other answered, with the `merge_id`.

    Raises NotFound, ContactMerged, Invalid, NotesTooLong.
    """
    other = people_service.stored(conn, me, contact_id)
    into = contact_service.find_followed(conn, me, into_id)
    if into is None:
        raise Invalid.at("#/into", "There is no such person in this account.")
    into_id = into["id"]
    if into_id == contact_id:
        raise Invalid.at("#/into", "A person is not merged into themselves; name the other one.")
    changes = uniting.united(into, other)
    if len(changes.get("notes", (None, ""))[1]) > NOTE:
        raise NotesTooLong
    record = {
        "contact": other,
        "changes": changes,
        **belongings.take(conn, me, contact_id, into_id, now=now),
        "merges": _lead_on(conn, me, contact_id, into_id),
        "not_duplicates": not_duplicates.hand_over(conn, me, contact_id, into_id),
    }
    index.remove(conn, me, [contact_id])
    conn.execute(delete(CONTACTS).where(CONTACTS.c.owner_id == me.owner_id, CONTACTS.c.id == contact_id))
    account_service.bury(conn, me, [contact_id], now=now)
    idempotency.clear(conn, me)
    contact_service.update_fields(conn, me, into_id, {name: after for name, (_, after) in changes.items()}, now=now)
    of_one = into["do_not_contact"] or other["do_not_contact"]
    record["ended"] = people_service.end_everything(conn, me, into_id, now=now) if of_one else []
    merge_id = new_id(now)
    row = {"id": merge_id, "contact_id": contact_id, "into_id": into_id, "merged_at": now, "record": record}
    conn.execute(insert(MERGES), {"owner_id": me.owner_id, **row})
    _brought_up_to_date(conn, me, [into_id], {one["person"]["encounter_id"] for one in record["met_both"]}, now)
    return people_service.get(conn, me, into_id) | {"merge_id": merge_id}


def _lead_on(conn: Connection, me: Me, contact_id: str, into_id: str) -> list[str]:
    """Earlier merges into someone who is merged now lead on to where their people are."""
    earlier = (MERGES.c.owner_id == me.owner_id) & (MERGES.c.into_id == contact_id)
    return list(conn.execute(update(MERGES).where(earlier).values(into_id=into_id).returning(MERGES.c.id)).scalars())


def _brought_up_to_date(conn: Connection, me: Me, contact_ids: list[str], met: set[str], now: datetime) -> None:
    """Plans, needs and search of people who are others than before."""
    for encounter_id in sorted(met.union(*(people_service.planned_in(conn, me, one) for one in contact_ids))):
        encounter_service.replan(conn, me, encounter_id, now=now)
    for contact_id in contact_ids:
        task_service.contact_changed(conn, me, contact_service.get(conn, me, contact_id))
    searchable.reindex(conn, me, contact_ids)


def list_page(conn: Connection, me: Me, *, limit: int, after: str | None) -> Page:
    """Merges that can be undone, the latest first, each with the card that is gone."""
    before_id = decode_cursor(after, str)[0] if after is not None else LAST
    rows = PAGE.all(conn, {"owner_id": me.owner_id, "before_id": before_id, "rows": limit + 1})
    return page_of(rows, limit, lambda row: encode_cursor(row["id"]), _shape)


def _shape(row: Any) -> dict[str, Any]:
    shown = {name: row[name] for name in ("id", "contact_id", "into_id", "merged_at")}
    card = _read_back(CONTACTS, row["record"]["contact"])
    return shown | {"contact": {name: value for name, value in card.items() if name != "version"}}


def undo(conn: Connection, me: Me, merge_id: str, *, now: datetime) -> dict[str, Any]:
    """Part the two again, as far as nothing that happened since contradicts it. Raises NotFound, Gone.

    What came after the merge stays with the one who stayed.
    """
    found = GET.first(conn, {"owner_id": me.owner_id, "id": merge_id})
    if found is None:
        account_service.refuse_buried(conn, me, merge_id)
        raise NotFound("There is no such merge in this account.")
    contact_id, into_id, record = found["contact_id"], found["into_id"], found["record"]
    account_service.unbury(conn, me, contact_id)
    contact_service.put_back(conn, me, _read_back(CONTACTS, record["contact"]), now=now)
    back = uniting.parted(contact_service.get(conn, me, into_id), record["changes"])
    contact_service.update_fields(conn, me, into_id, back, now=now)
    met = belongings.give_back(conn, me, record, contact_id, into_id, now=now)
    # Merges of before there were any keep none.
    not_duplicates.give_back(conn, me, record.get("not_duplicates", []), contact_id, into_id)
    _begin_again(conn, me, record["ended"], now)
    earlier = (MERGES.c.owner_id == me.owner_id) & (MERGES.c.into_id == into_id) & MERGES.c.id.in_(record["merges"])
    conn.execute(update(MERGES).where(earlier).values(into_id=contact_id))
    conn.execute(delete(MERGES).where(MERGES.c.owner_id == me.owner_id, MERGES.c.id == merge_id))
    account_service.bury(conn, me, [merge_id], now=now)
    _brought_up_to_date(conn, me, [contact_id, into_id], met, now)
    parted = {"contact": people_service.get(conn, me, contact_id), "into": people_service.get(conn, me, into_id)}
    return {name: {key: value for key, value in one.items() if key != "version"} for name, one in parted.items()}


def _read_back(table: Any, row: dict[str, Any]) -> dict[str, Any]:
    """A row from JSON, where instants are text."""
    instants = {column.name for column in table.c if isinstance(column.type, Instant)}
    return {
        name: datetime.fromisoformat(value) if name in instants and value is not None else value
        for name, value in row.items()
    }


def _begin_again(conn: Connection, me: Me, task_ids: list[str], now: datetime) -> None:
    """Open what only the other's wish not to be contacted had ended."""
    ended = (TASKS.c.owner_id == me.owner_id) & TASKS.c.id.in_(task_ids) & (TASKS.c.status == "cancelled")
    values = {"status": "open", "updated_at": now, "version": TASKS.c.version + 1}
    conn.execute(update(TASKS).where(ended).values(values))
