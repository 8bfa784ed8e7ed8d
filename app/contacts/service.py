"""Storing and finding people."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, true, tuple_, update

from app.accounts import service as account_service
from app.accounts.me import Me
from app.contacts.models import CONTACTS, MERGES, TAGS
from app.core.folding import fold
from app.core.ids import new_id
from app.core.pagination import Page, decode_cursor, encode_cursor, page_of
from app.core.prepared import Prepared
from app.core.problems import Invalid, NotFound

EMPTY: dict[str, Any] = {
    "emails": [],
    "phones": [],
    "tags": [],
    "linkedin_state": "none",
    "do_not_contact": False,
}
SHOWN = [column for column in CONTACTS.c if column.name not in ("owner_id", "sort_name")]
GET = Prepared(select(*SHOWN).where(CONTACTS.c.owner_id == bindparam("owner_id"), CONTACTS.c.id == bindparam("id")))
KNOWN = Prepared(
    select(CONTACTS.c.id).where(
        CONTACTS.c.owner_id == bindparam("owner_id"), CONTACTS.c.id.in_(bindparam("ids", expanding=True))
    )
)
GET_SOME = Prepared(
    select(*SHOWN).where(
        CONTACTS.c.owner_id == bindparam("owner_id"), CONTACTS.c.id.in_(bindparam("ids", expanding=True))
    )
)
MERGED = Prepared(
    select(MERGES.c.contact_id, MERGES.c.into_id).where(
        MERGES.c.owner_id == bindparam("owner_id"), MERGES.c.contact_id.in_(bindparam("ids", expanding=True))
    )
)
ADD = Prepared(insert(CONTACTS))
CHANGE = update(CONTACTS).where(CONTACTS.c.owner_id == bindparam("b_owner_id"), CONTACTS.c.id == bindparam("b_id"))
PAGE = select(*SHOWN, CONTACTS.c.sort_name).where(CONTACTS.c.owner_id == bindparam("owner_id")).limit(bindparam("rows"))
FILTERS = {
    "tag": CONTACTS.c.id.in_(
        select(TAGS.c.contact_id).where(TAGS.c.owner_id == bindparam("owner_id"), TAGS.c.tag == bindparam("tag"))
    ),
    "tier": CONTACTS.c.tier == bindparam("tier"),
}
BY_NAME, BY_RECENT = (CONTACTS.c.sort_name, CONTACTS.c.id), (CONTACTS.c.updated_at, CONTACTS.c.id)
FORGET_TAGS = Prepared(
    delete(TAGS).where(TAGS.c.owner_id == bindparam("owner_id"), TAGS.c.contact_id == bindparam("contact_id"))
)
ADD_TAG = Prepared(insert(TAGS))


def find(conn: Connection, me: Me, contact_id: str) -> dict[str, Any] | None:
    return GET.first(conn, {"owner_id": me.owner_id, "id": contact_id})


def get(conn: Connection, me: Me, contact_id: str) -> dict[str, Any]:
    """The stored fields of one person. Raises NotFound."""
    row = find(conn, me, contact_id)
    if row is None:
        raise NotFound("There is no such person in this account.")
    return row


def get_some(conn: Connection, me: Me, ids: list[str]) -> list[dict[str, Any]]:
    """The stored fields of these people in the order given; who is not there is left out."""
    found = {row["id"]: row for row in GET_SOME.all(conn, {"owner_id": me.owner_id, "ids": ids})}
    return [found[contact_id] for contact_id in ids if contact_id in found]


def merged_into(conn: Connection, me: Me, contact_id: str) -> str | None:
    """Whom someone who is gone was merged into."""
    return _meant_instead(conn, me, {contact_id}).get(contact_id)


def find_followed(conn: Connection, me: Me, contact_id: str) -> dict[str, Any] | None:
    """The stored fields of a person, or of whom they were merged into: what is said of the one is said of the other."""
    found = find(conn, me, contact_id)
    if found is None:
        into = merged_into(conn, me, contact_id)
        found = find(conn, me, into) if into else None
    return found


def meant(conn: Connection, me: Me, ids: Collection[str]) -> dict[str, str]:
    """Each id with whose it is now: their own, or that of whom they were merged into. Who is not there is left out."""
    known = set[str](KNOWN.scalars(conn, {"owner_id": me.owner_id, "ids": list(ids)}) if ids else ())
    return {contact_id: contact_id for contact_id in known} | _meant_instead(conn, me, set(ids) - known)


def _meant_instead(conn: Connection, me: Me, gone: set[str]) -> dict[str, str]:
    if not gone:
        return {}
    rows = MERGED.all(conn, {"owner_id": me.owner_id, "ids": list(gone)})
    return {row["contact_id"]: row["into_id"] for row in rows}


def create(conn: Connection, me: Me, data: dict[str, Any], *, now: datetime) -> tuple[str, bool]:
    """Store a person and answer the id and True, or False where this id is there already. Raises Gone."""
    contact_id = data.get("id") or new_id(now)
    if data.get("id"):
        if find(conn, me, contact_id) is not None:
            return contact_id, False
        account_service.refuse_buried(conn, me, contact_id)
    columns: dict[str, Any] = dict.fromkeys((column.name for column in SHOWN), None)
    given = {name: value for name, value in data.items() if value is not None}
    row = columns | EMPTY | given
    row |= {
        "owner_id": me.owner_id,
        "id": contact_id,
        "sort_name": sort_name(row),
        "created_at": now,
        "updated_at": now,
        "version": 1,
    }
    ADD.run(conn, row)
    _index_tags(conn, me, contact_id, row["tags"])
    return contact_id, True


def put_back(conn: Connection, me: Me, row: dict[str, Any], *, now: datetime) -> None:
    """Store a person as they were when they were taken out, as a later version of the same row."""
    whole: dict[str, Any] = dict.fromkeys(column.name for column in SHOWN) | EMPTY | row
    whole |= {"owner_id": me.owner_id, "sort_name": sort_name(whole), "updated_at": now, "version": row["version"] + 1}
    ADD.run(conn, whole)
    _index_tags(conn, me, whole["id"], whole["tags"])


def update_fields(
    conn: Connection,
    me: Me,
    contact_id: str,
    changes: dict[str, Any],
    *,
    now: datetime,
) -> dict[str, Any]:
    """Apply a merge patch; null gives a list or state its empty value back. Raises NotFound, Invalid."""
    current = get(conn, me, contact_id)
    values: dict[str, Any] = {name: EMPTY.get(name) if value is None else value for name, value in changes.items()}
    merged = current | values
    if merged["name"] is None and merged["descriptor"] is None:
        raise Invalid.at("#/name", "A name or a descriptor is needed.")
    if values:
        values |= {"sort_name": sort_name(merged), "updated_at": now, "version": current["version"] + 1}
        conn.execute(CHANGE.values(values), {"b_owner_id": me.owner_id, "b_id": contact_id})
        if "tags" in values:
            _index_tags(conn, me, contact_id, values["tags"])
    return get(conn, me, contact_id)


def list_page(
    conn: Connection,
    me: Me,
    *,
    limit: int,
    after: str | None,
    tag: str | None = None,
    tier: str | None = None,
    sort: str = "name",
) -> Page:
    """People by name, or the ones changed last first."""
    values: dict[str, Any] = {"owner_id": me.owner_id, "rows": limit + 1}
    by_name = sort == "name"
    values |= {name: value for name, value in (("tag", tag), ("tier", tier)) if value is not None}
    if after is not None:
        values["after"], values["after_id"] = decode_cursor(after, str if by_name else datetime, str)
    statement = _page(by_name, tuple(FILTERS.keys() & values.keys()), after is not None)
    page = page_of(
        statement.all(conn, values),
        limit,
        lambda row: encode_cursor(row["sort_name" if by_name else "updated_at"], row["id"]),
    )
    for row in page.items:
        del row["sort_name"]
    return page


def _after(key: Any) -> Any:
    return tuple_(bindparam("after", type_=key[0].type), bindparam("after_id"))


@cache
def _page(by_name: bool, filters: tuple[str, ...], later: bool) -> Prepared:
    statement = PAGE.where(*(FILTERS[name] for name in filters))
    if by_name:
        return Prepared(statement.where(tuple_(*BY_NAME) > _after(BY_NAME) if later else true()).order_by(*BY_NAME))
    beyond = tuple_(*BY_RECENT) < _after(BY_RECENT) if later else true()
    return Prepared(statement.where(beyond).order_by(*(column.desc() for column in BY_RECENT)))


def sort_name(row: dict[str, Any]) -> str:
    """What a person stands under in a list by name."""
    return fold(row["name"] or row["descriptor"] or "")[:400]


def _index_tags(conn: Connection, me: Me, contact_id: str, tags: list[str]) -> None:
    FORGET_TAGS.run(conn, {"owner_id": me.owner_id, "contact_id": contact_id})
    ADD_TAG.run(conn, *({"owner_id": me.owner_id, **row} for row in tag_rows([{"id": contact_id, "tags": tags}])))


def tag_rows(contacts: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """What a tag is looked up by, for people with their `id` and `tags`."""
    return [{"tag": tag, "contact_id": contact["id"]} for contact in contacts for tag in dict.fromkeys(contact["tags"])]
