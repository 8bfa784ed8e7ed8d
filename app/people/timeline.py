"""What there was with a person, the latest first: meetings, touches, and tasks done or skipped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, select, tuple_

from app.accounts.me import Me
from app.core.pagination import Page, decode_cursor, encode_cursor, page_of
from app.core.prepared import Prepared, Row
from app.encounters.models import ENCOUNTERS, PEOPLE
from app.encounters.queries import PICTURED
from app.people import service as people_service
from app.tasks.models import TASKS, TOUCHES

# Before and beyond every UUID as text.
FIRST, LAST = "", "g"


@dataclass(frozen=True, slots=True)
class Strand:
    """One kind of thing on the timeline, each row with `type`, `at` and `id`, which put it in order."""

    kind: str
    at: ColumnElement[datetime]
    id: ColumnElement[str]
    rows: Select[Any]

    def page(self) -> Select[Any]:
        return self.rows.order_by(self.at.desc(), self.id.desc()).limit(bindparam("rows"))


def _strand(kind: str, at: Any, row_id: Any, columns: tuple[Any, ...], source: Any, where: Any) -> Strand:
    rows: Any = select(literal(kind).label("type"), at.label("at"), row_id.label("id"), *columns)
    return Strand(kind, at, row_id, rows.select_from(source).where(where))


MET = and_(ENCOUNTERS.c.owner_id == PEOPLE.c.owner_id, ENCOUNTERS.c.id == PEOPLE.c.encounter_id)
RECORDED = and_(TOUCHES.c.owner_id == TASKS.c.owner_id, TOUCHES.c.task_id == TASKS.c.id)
STRANDS = (
    _strand(
        "encounter",
        ENCOUNTERS.c.occurred_at,
        ENCOUNTERS.c.id,
        (
            *(ENCOUNTERS.c[name] for name in ("timezone", "kind", "round", "mode", "event", "place", "position")),
            *(ENCOUNTERS.c[name] for name in ("card_note", "outcome")),
            PEOPLE.c.role,
            func.coalesce(func.nullif(PEOPLE.c.talked_about, ""), ENCOUNTERS.c.talked_about).label("talked_about"),
            PICTURED,
        ),
        PEOPLE.join(ENCOUNTERS, MET),
        and_(PEOPLE.c.owner_id == bindparam("owner_id"), PEOPLE.c.contact_id == bindparam("contact_id")),
    ),
    # Of a task and the touch it recorded, a person wants to read one line: the task's.
    _strand(
        "task",
        func.coalesce(TASKS.c.completed_at, TASKS.c.updated_at, type_=TASKS.c.updated_at.type),
        TASKS.c.id,
        (
            *(TASKS.c[name] for name in ("encounter_id", "action", "title", "status", "outcome", "skip_reason")),
            func.coalesce(TOUCHES.c.channel, TASKS.c.channel).label("channel"),
            TOUCHES.c.note,
        ),
        TASKS.outerjoin(TOUCHES, RECORDED),
        and_(
            TASKS.c.owner_id == bindparam("owner_id"),
            TASKS.c.contact_id == bindparam("contact_id"),
            TASKS.c.status.in_(("done", "skipped")),
        ),
    ),
    _strand(
        "touch",
        TOUCHES.c.at,
        TOUCHES.c.id,
        tuple(TOUCHES.c[name] for name in ("channel", "direction", "note", "needs_answer")),
        TOUCHES,
        and_(
            TOUCHES.c.owner_id == bindparam("owner_id"),
            TOUCHES.c.contact_id == bindparam("contact_id"),
            TOUCHES.c.task_id.is_(None),
        ),
    ),
)
FIRST_PAGES = {strand.kind: Prepared(strand.page()) for strand in STRANDS}
LATER_PAGES = {
    strand.kind: Prepared(
        strand.page().where(
            tuple_(strand.at, strand.id) < tuple_(bindparam("before", type_=strand.at.type), bindparam("before_id"))
        )
    )
    for strand in STRANDS
}


def list_page(conn: Connection, me: Me, contact_id: str, *, limit: int, after: str | None) -> Page:
    """Each kind's next rows, put in order together by time, kind and id. Raises NotFound."""
    people_service.stored(conn, me, contact_id)
    values: dict[str, Any] = {"owner_id": me.owner_id, "contact_id": contact_id, "rows": limit + 1}
    at, kind, row_id = decode_cursor(after, datetime, str, str) if after is not None else (None, LAST, LAST)
    found: list[Row] = []
    for strand in STRANDS:
        statement = FIRST_PAGES[strand.kind]
        if at is not None:
            statement = LATER_PAGES[strand.kind]
            values |= {"before": at, "before_id": _before_id(strand.kind, kind, row_id)}
        found += statement.all(conn, values)
    found.sort(key=lambda row: (row["at"], row["type"], row["id"]), reverse=True)
    return page_of(found[: limit + 1], limit, lambda row: encode_cursor(row["at"], row["type"], row["id"]))


def _before_id(kind: str, last_kind: str, last_id: str) -> str:
    """What ids of a kind come next at the very instant the last page ended with: all, those before the last, none."""
    if kind == last_kind:
        return last_id
    return LAST if kind < last_kind else FIRST
