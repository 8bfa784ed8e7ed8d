"""Open tasks by the group they stand in: ranges of `act_at`, each read from a partial index."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, literal, select, union_all

from app.accounts.me import Me
from app.contacts.models import CONTACTS
from app.core.pagination import decode_cursor, encode_cursor
from app.core.prepared import Prepared
from app.encounters.models import ENCOUNTERS, PEOPLE
from app.encounters.queries import RECALLED, recall
from app.scheduling.agenda import Edges
from app.tasks.models import SHOWN, TASKS

NAMES = ("replies", "today", "overdue", "tomorrow", "this_week", "later")
GROUP_LIMIT = 100
COUNTED_AT_MOST = 1_000
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)

NOT_REPLY = TASKS.c.action != "reply"
ACT_AT, NOW = TASKS.c.act_at, bindparam("now", type_=TASKS.c.act_at.type)


def _edge(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=TASKS.c.act_at.type)


@dataclass(frozen=True, slots=True)
class Part:
    """A range of open tasks that belongs to one group; a group is one part, today two."""

    group: str
    where: ColumnElement[bool]


PARTS = (
    Part("replies", TASKS.c.action == "reply"),
    Part(
        "today",
        and_(NOT_REPLY, TASKS.c.snoozed_until.is_not(None), ACT_AT < NOW, TASKS.c.due_at >= NOW),
    ),
    Part("today", and_(NOT_REPLY, ACT_AT >= NOW, _edge("today_ends") >= ACT_AT)),
    Part("overdue", and_(NOT_REPLY, ACT_AT < NOW, TASKS.c.due_at < NOW)),
    Part("tomorrow", and_(NOT_REPLY, _edge("today_ends") < ACT_AT, _edge("tomorrow_ends") >= ACT_AT)),
    Part("this_week", and_(NOT_REPLY, _edge("tomorrow_ends") < ACT_AT, _edge("week_ends") >= ACT_AT)),
    Part("later", and_(NOT_REPLY, _edge("week_ends") < ACT_AT)),
)
OPEN = and_(TASKS.c.owner_id == bindparam("owner_id"), TASKS.c.status == "open")
AFTER = (_edge("after_at") < ACT_AT) | ((_edge("after_at") == ACT_AT) & (TASKS.c.id > bindparam("after_id")))


def _page(number: int, part: Part) -> Any:
    ids = (
        select(literal(number).label("part"), TASKS.c.id, ACT_AT)
        .where(OPEN, part.where, _edge("after_at") <= ACT_AT, AFTER)
        .order_by(ACT_AT, TASKS.c.id)
        .limit(bindparam("rows"))
        .subquery(f"part_{number}")
    )
    return select(ids)


def _described(pages: list[Any]) -> Prepared:
    found = union_all(*pages).cte("found")
    return Prepared(
        select(
            found.c.part,
            *SHOWN,
            TASKS.c.by,
            ENCOUNTERS.c.event,
            CONTACTS.c.name.label("contact_name"),
            CONTACTS.c.descriptor.label("contact_descriptor"),
            CONTACTS.c.company.label("contact_company"),
            *RECALLED,
        )
        .select_from(found)
        .join(TASKS, and_(TASKS.c.owner_id == bindparam("owner_id"), TASKS.c.id == found.c.id))
        .join(CONTACTS, and_(CONTACTS.c.owner_id == TASKS.c.owner_id, CONTACTS.c.id == TASKS.c.contact_id))
        .outerjoin(
            ENCOUNTERS,
            and_(ENCOUNTERS.c.owner_id == TASKS.c.owner_id, ENCOUNTERS.c.id == TASKS.c.encounter_id),
        )
        .outerjoin(
            PEOPLE,
            and_(
                PEOPLE.c.owner_id == TASKS.c.owner_id,
                PEOPLE.c.encounter_id == TASKS.c.encounter_id,
                PEOPLE.c.contact_id == TASKS.c.contact_id,
            ),
        )
        .order_by(found.c.part, TASKS.c.act_at, TASKS.c.id)
    )


NUMBERS = {name: [number for number, part in enumerate(PARTS) if part.group == name] for name in NAMES}
EVERY_GROUP = _described([_page(number, part) for number, part in enumerate(PARTS)])
ONE_GROUP = {name: _described([_page(number, PARTS[number]) for number in NUMBERS[name]]) for name in NAMES}


def _minutes(name: str) -> Prepared:
    counted = [
        select(TASKS.c.minutes).where(OPEN, PARTS[number].where).limit(COUNTED_AT_MOST) for number in NUMBERS[name]
    ]
    rows = union_all(*(select(each.subquery()) for each in counted)).subquery()
    return Prepared(select(func.coalesce(func.sum(rows.c.minutes), 0)))


MINUTES = {name: _minutes(name) for name in NAMES}


@dataclass(frozen=True, slots=True)
class Listed:
    """A group's rows on this page; `whole` where those are all of it."""

    name: str
    rows: list[Any]
    next: str | None
    whole: bool


def bounds(me: Me, edges: Edges, after: str | None = None) -> dict[str, Any]:
    """What every statement about groups is bound to."""
    at, task_id = decode_cursor(after, datetime, str) if after is not None else (BEGINNING, "")
    return {
        "owner_id": me.owner_id,
        "now": edges.now,
        "today_ends": edges.today_ends,
        "tomorrow_ends": edges.tomorrow_ends,
        "week_ends": edges.week_ends,
        "after_at": at,
        "after_id": task_id,
        "rows": GROUP_LIMIT + 1,
    }


def listed(conn: Connection, values: dict[str, Any], only: str | None) -> list[Listed]:
    """The groups with at most 100 tasks each; `only` that group, from where `values` say on."""
    statement = EVERY_GROUP if only is None else ONE_GROUP[only]
    found: dict[str, list[Any]] = {name: [] for name in NAMES if only in (None, name)}
    for row in statement.all(conn, values):
        found[PARTS[row["part"]].group].append(row)
    return [_listed(name, rows, values) for name, rows in found.items()]


def _listed(name: str, rows: list[Any], values: dict[str, Any]) -> Listed:
    shown = rows[:GROUP_LIMIT]
    further = encode_cursor(shown[-1]["act_at"], shown[-1]["id"]) if len(rows) > GROUP_LIMIT else None
    return Listed(name, shown, further, whole=further is None and values["after_id"] == "")


def shape(conn: Connection, group: Listed, values: dict[str, Any]) -> dict[str, Any]:
    whole = sum(row["minutes"] for row in group.rows) if group.whole else None
    minutes = MINUTES[group.name].scalars(conn, values)[0] if whole is None else whole
    tasks = [_task(row, group.name) for row in group.rows]
    return {"name": group.name, "minutes": minutes, "tasks": tasks, "next": group.next}


SHOWN_NAMES = tuple(column.name for column in SHOWN if column.name != "version")


def _task(row: Any, group: str) -> dict[str, Any]:
    task = {name: row[name] for name in SHOWN_NAMES}
    task["contact"] = {
        "id": row["contact_id"],
        "name": row["contact_name"],
        "descriptor": row["contact_descriptor"],
        "company": row["contact_company"],
    }
    task["recall"] = recall(row)
    task["by"] = row["by"] if group == "today" else None
    return task
