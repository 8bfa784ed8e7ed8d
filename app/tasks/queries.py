"""Reading tasks; each statement is built once."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select, tuple_

from app.accounts.me import Me
from app.core.pagination import Page, decode_cursor, encode_cursor, page_of
from app.core.prepared import Prepared, Row
from app.core.problems import NotFound
from app.tasks.models import SHOWN, TASKS

MINE = TASKS.c.owner_id == bindparam("owner_id")
GET_ROW = Prepared(select(TASKS).where(MINE, TASKS.c.id == bindparam("id")))
PAGE = select(*SHOWN).where(MINE).order_by(TASKS.c.act_at, TASKS.c.id).limit(bindparam("rows"))
OF_ENCOUNTER = Prepared(select(*SHOWN).where(MINE, TASKS.c.encounter_id == bindparam("encounter_id")))
FILTERS = {
    "contact_id": TASKS.c.contact_id == bindparam("contact_id"),
    "encounter_id": TASKS.c.encounter_id == bindparam("encounter_id"),
    "due_before": TASKS.c.due_at < bindparam("due_before"),
    "due_after": TASKS.c.due_at > bindparam("due_after"),
}
BEYOND = tuple_(TASKS.c.act_at, TASKS.c.id) > tuple_(
    bindparam("after", type_=TASKS.c.act_at.type), bindparam("after_id")
)
SHOWN_NAMES = tuple(column.name for column in SHOWN)
INSIDE_NAMES = tuple(name for name in SHOWN_NAMES if name != "version")


def shape(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in SHOWN_NAMES}


def get_row(conn: Connection, me: Me, task_id: str) -> dict[str, Any]:
    row = GET_ROW.first(conn, {"owner_id": me.owner_id, "id": task_id})
    if row is None:
        raise NotFound("There is no such task in this account.")
    return row


def get(conn: Connection, me: Me, task_id: str) -> dict[str, Any]:
    """One task. Raises NotFound."""
    return shape(get_row(conn, me, task_id))


def list_page(conn: Connection, me: Me, *, limit: int, after: str | None, filters: dict[str, Any]) -> Page:
    """Tasks in order of `act_at`, then id, with `status` and whichever of FILTERS are given."""
    given = {name: value for name, value in filters.items() if value is not None}
    values = given | {"owner_id": me.owner_id, "rows": limit + 1}
    if after is not None:
        values["after"], values["after_id"] = decode_cursor(after, datetime, str)
    status = given.pop("status", None)
    rows = _page(status, tuple(given), after is not None).all(conn, values)
    return page_of(rows, limit, lambda row: encode_cursor(row["act_at"], row["id"]))


@cache
def _page(status: str | None, filters: tuple[str, ...], later: bool) -> Prepared:
    """A status is part of the statement: the indexes of open tasks are found by it."""
    statement = PAGE.where(*(FILTERS[name] for name in filters))
    if status is not None:
        statement = statement.where(TASKS.c.status == status)
    return Prepared(statement.where(BEYOND) if later else statement)


def of_encounter(conn: Connection, me: Me, encounter_id: str) -> list[dict[str, Any]]:
    """The tasks of an encounter that were not cancelled, in order of `act_at`."""
    values = {"owner_id": me.owner_id, "encounter_id": encounter_id}
    return in_order(row for row in OF_ENCOUNTER.all(conn, values) if row["status"] != "cancelled")


def in_order(rows: Iterable[Row]) -> list[Row]:
    """As they stand in the answer of their encounter."""
    return sorted((inside(row) for row in rows), key=lambda row: (row["act_at"], row["id"]))


def inside(row: Row) -> Row:
    """A task within another answer, which has no ETag to carry its version."""
    return {name: row[name] for name in INSIDE_NAMES}
