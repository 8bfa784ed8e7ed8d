"""Reading encounters with the people, promises and pictures in them; each statement is built once."""

from datetime import datetime
from functools import cache, reduce
from typing import Any

from sqlalchemy import Connection, Dialect, String, Text, bindparam, cast, func, select, tuple_, type_coerce
from sqlalchemy.types import TypeDecorator

from app.accounts.me import Me
from app.core.folding import fold
from app.core.pagination import Page, decode_cursor, encode_cursor, page_of
from app.core.prepared import Prepared, Row
from app.encounters.models import ENCOUNTERS, PEOPLE, PICTURES, PROMISES


class Pictured(TypeDecorator[list[Row]]):
    """What is told of an encounter's pictures, from one text, so that the encounter is still one row."""

    impl = Text
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        del dialect, coltype
        return _pictures


def _pictures(text: str) -> list[Row]:
    told = sorted((int(each[0]), each) for each in (part.split(" ") for part in text.split(",") if part))
    return [{"id": row_id, "width": int(width), "height": int(height)} for _, (_, row_id, width, height) in told]


HIDDEN = frozenset({"owner_id", "event_folded", "event_on", "made_contact_id"})
SHOWN = [column for column in ENCOUNTERS.c if column.name not in HIDDEN]
SHOWN_NAMES = tuple(column.name for column in SHOWN)
OF_PICTURE = ("position", "id", "width", "height")
IN_WORDS = reduce(lambda text, more: text + " " + more, (cast(PICTURES.c[name], String) for name in OF_PICTURE))
PICTURED = type_coerce(
    func.coalesce(
        select(func.aggregate_strings(IN_WORDS, ","))
        .where(PICTURES.c.owner_id == ENCOUNTERS.c.owner_id, PICTURES.c.encounter_id == ENCOUNTERS.c.id)
        .scalar_subquery(),
        "",
    ),
    Pictured,
).label("pictures")
MINE = ENCOUNTERS.c.owner_id == bindparam("owner_id")
GET = Prepared(select(*SHOWN, PICTURED).where(MINE, ENCOUNTERS.c.id == bindparam("id")))
GET_ALL = Prepared(select(*SHOWN, PICTURED).where(MINE, ENCOUNTERS.c.id.in_(bindparam("ids", expanding=True))))
PAGE = (
    select(*SHOWN, PICTURED)
    .where(MINE)
    .order_by(ENCOUNTERS.c.occurred_at.desc(), ENCOUNTERS.c.id.desc())
    .limit(bindparam("rows"))
)
BEYOND = tuple_(ENCOUNTERS.c.occurred_at, ENCOUNTERS.c.id) < tuple_(
    bindparam("after", type_=ENCOUNTERS.c.occurred_at.type), bindparam("after_id")
)
WITH_CONTACT = ENCOUNTERS.c.id.in_(
    select(PEOPLE.c.encounter_id).where(
        PEOPLE.c.owner_id == bindparam("owner_id"), PEOPLE.c.contact_id == bindparam("contact_id")
    )
)
FILTERS = {
    "contact_id": WITH_CONTACT,
    "event": ENCOUNTERS.c.event_folded == bindparam("event"),
    "kind": ENCOUNTERS.c.kind == bindparam("kind"),
    "from": ENCOUNTERS.c.occurred_at >= bindparam("from"),
    "to": ENCOUNTERS.c.occurred_at < bindparam("to"),
}
PEOPLE_OF = Prepared(
    select(PEOPLE)
    .where(
        PEOPLE.c.owner_id == bindparam("owner_id"),
        PEOPLE.c.encounter_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(PEOPLE.c.encounter_id, PEOPLE.c.position)
)
PROMISES_OF = Prepared(
    select(PROMISES)
    .where(
        PROMISES.c.owner_id == bindparam("owner_id"),
        PROMISES.c.encounter_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(PROMISES.c.encounter_id, PROMISES.c.position)
)
ROUND_ONE_ON = (ENCOUNTERS.c.kind == "interview") & (ENCOUNTERS.c.round >= 1)
INTERVIEWS_OF = Prepared(
    select(PEOPLE.c.contact_id, ENCOUNTERS.c.id, ENCOUNTERS.c.occurred_at)
    .join(ENCOUNTERS, (ENCOUNTERS.c.owner_id == PEOPLE.c.owner_id) & (ENCOUNTERS.c.id == PEOPLE.c.encounter_id))
    .where(
        PEOPLE.c.owner_id == bindparam("owner_id"),
        PEOPLE.c.contact_id.in_(bindparam("contact_ids", expanding=True)),
        ROUND_ONE_ON,
    )
)
RECALL_LENGTH = 240
RECALLED = (
    func.substr(ENCOUNTERS.c.card_note, 1, RECALL_LENGTH).label("card_note"),
    func.substr(func.coalesce(PEOPLE.c.talked_about, ENCOUNTERS.c.talked_about), 1, RECALL_LENGTH).label(
        "talked_about"
    ),
)
PERSON_FIELDS = ("contact_id", "role", "talked_about", "benefit", "follow_up", "no_follow_up_because")
PROMISE_FIELDS = ("id", "what", "url", "why", "contact_id", "by", "promised", "due_on", "kept_at")
REQUESTED_FIELDS = ("what", "ready", "detail", "due_on")


def find(conn: Connection, me: Me, encounter_id: str) -> dict[str, Any] | None:
    """One encounter with its people and promises, without its tasks."""
    row = GET.first(conn, {"owner_id": me.owner_id, "id": encounter_id})
    return None if row is None else _with_people(conn, me, [row])[0]


def as_found(row: Row) -> Row:
    """What `find` gives, of an encounter that was just stored from `row`."""
    found = {name: row[name] for name in SHOWN_NAMES}
    found["requested"] = _requested(row)
    found["pictures"] = []
    found["people"] = row["people"]
    found["contact_ids"] = row["contact_ids"]
    found["promises"] = [{name: promise[name] for name in PROMISE_FIELDS} for promise in row["promises"]]
    return found


def _requested(row: Row) -> list[Row]:
    return [{name: item.get(name) for name in REQUESTED_FIELDS} for item in row["requested"]]


def find_all(conn: Connection, me: Me, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Those of the encounters that are there, by id, with their people and promises."""
    rows = GET_ALL.all(conn, {"owner_id": me.owner_id, "ids": ids})
    return {row["id"]: row for row in _with_people(conn, me, rows)}


def list_page(conn: Connection, me: Me, *, limit: int, after: str | None, filters: dict[str, Any]) -> Page:
    """Encounters, the latest first."""
    given = {name: value for name, value in filters.items() if value is not None}
    values = given | {"owner_id": me.owner_id, "rows": limit + 1}
    if "event" in given:
        values["event"] = fold(given["event"])
    if after is not None:
        values["after"], values["after_id"] = decode_cursor(after, datetime, str)
    rows = _page(tuple(given), after is not None).all(conn, values)
    page = page_of(rows, limit, lambda row: encode_cursor(row["occurred_at"], row["id"]))
    _with_people(conn, me, page.items)
    return page


@cache
def _page(filters: tuple[str, ...], later: bool) -> Prepared:
    statement = PAGE.where(*(FILTERS[name] for name in filters))
    return Prepared(statement.where(BEYOND) if later else statement)


def interviews_of(conn: Connection, me: Me, contact_ids: list[str]) -> list[Row]:
    """`contact_id`, `id` and `occurred_at` of every interview of round 1 or later with these people."""
    return INTERVIEWS_OF.all(conn, {"owner_id": me.owner_id, "contact_ids": contact_ids})


def _with_people(conn: Connection, me: Me, encounters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {encounter["id"]: encounter for encounter in encounters}
    for encounter in encounters:
        encounter |= {"people": [], "contact_ids": [], "promises": []}
        encounter["requested"] = _requested(encounter)
    if not encounters:
        return encounters
    values = {"owner_id": me.owner_id, "ids": list(by_id)}
    for row in PEOPLE_OF.all(conn, values):
        by_id[row["encounter_id"]]["people"].append({name: row[name] for name in PERSON_FIELDS})
        by_id[row["encounter_id"]]["contact_ids"].append(row["contact_id"])
    for row in PROMISES_OF.all(conn, values):
        by_id[row["encounter_id"]]["promises"].append({name: row[name] for name in PROMISE_FIELDS})
    return encounters


def recall(row: Any) -> str | None:
    """The line by which a person is remembered, from a row with RECALLED."""
    text = row["card_note"] or row["talked_about"]
    return " ".join(text.split()) or None if text else None
