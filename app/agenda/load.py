"""When there are too many: stacks, what is planned for today, and what fits before sundown (product.md, section 1)."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, select, union_all

from app.agenda.queries import NUMBERS, OPEN, PARTS, Listed
from app.core.prepared import Prepared
from app.scheduling.agenda import Edges, fits, group_of
from app.scheduling.facts import Preferences
from app.tasks.models import TASKS

FEWEST_IN_A_STACK = 3
LOOKED_AT = 1_000


def _by_sundown(name: str) -> Prepared:
    parts = [
        select(TASKS.c.act_at, TASKS.c.id, TASKS.c.minutes, TASKS.c.planned_on, literal("sundown").label("by"))
        .where(OPEN, PARTS[number].where, TASKS.c.by == "sundown")
        .order_by(TASKS.c.act_at, TASKS.c.id)
        .limit(LOOKED_AT)
        .subquery()
        for number in NUMBERS[name]
    ]
    found = union_all(*(select(part) for part in parts)).subquery()
    return Prepared(select(found).order_by(found.c.act_at, found.c.id))


OF_STACKS = Prepared(
    select(TASKS.c.stack, TASKS.c.minutes, TASKS.c.action, TASKS.c.act_at, TASKS.c.due_at).where(
        OPEN, TASKS.c.stack.is_not(None), TASKS.c.stack.in_(bindparam("stacks", expanding=True))
    )
)
BY_SUNDOWN = {name: _by_sundown(name) for name in ("today", "tomorrow")}
PLANNED = Prepared(
    select(func.count().label("count"), func.coalesce(func.sum(TASKS.c.minutes), 0).label("minutes")).where(
        OPEN, TASKS.c.planned_on.is_not(None), TASKS.c.planned_on <= bindparam("today")
    )
)


def stacks(conn: Connection, group: Listed, edges: Edges, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The stacks of three and more on this page of a group, in order; count and minutes are over the whole group."""
    shown: dict[str, Any] = {}
    for row in group.rows:
        if row["stack"] is not None:
            shown.setdefault(row["stack"], row)
    if not shown:
        return []
    rows: Iterable[Any] = group.rows
    if not group.whole:
        found = OF_STACKS.all(conn, values | {"stacks": list(shown)})
        rows = [row for row in found if group_of(row["action"], row["act_at"], row["due_at"], edges) == group.name]
    minutes: dict[str, list[int]] = {}
    for row in rows:
        minutes.setdefault(row["stack"], []).append(row["minutes"])
    return [
        {name: row[name] for name in ("stack", "action", "event")}
        | {"count": len(minutes[stack]), "minutes": sum(minutes[stack])}
        for stack, row in shown.items()
        if len(minutes[stack]) >= FEWEST_IN_A_STACK
    ]


def planned(conn: Connection, groups: list[Listed], edges: Edges, values: dict[str, Any]) -> dict[str, Any]:
    """What the user means to do today, or meant to on an earlier day: how many tasks and minutes."""
    if not all(group.whole for group in groups):
        return PLANNED.one(conn, values | {"today": edges.today})
    rows = [row for group in groups for row in group.rows if row["planned_on"] and row["planned_on"] <= edges.today]
    return {"count": len(rows), "minutes": sum(row["minutes"] for row in rows)}


def fitting(
    conn: Connection, groups: list[Listed], edges: Edges, preferences: Preferences, values: dict[str, Any]
) -> dict[str, Any]:
    """How many of the tasks due by the sundown ahead fit, those planned for it first, those planned for later not."""
    day, _ = edges.next_sundown
    rows: list[Any] = []
    for group in groups:
        if group.name == "today" or (group.name == "tomorrow" and day == edges.tomorrow):
            rows += group.rows if group.whole else BY_SUNDOWN[group.name].all(conn, values)
    due = [row for row in rows if row["by"] == "sundown" and (row["planned_on"] is None or row["planned_on"] <= day)]
    return asdict(fits(edges, preferences.minutes_an_evening, _in_order(due)))


def _in_order(rows: Iterable[Any]) -> list[int]:
    return [row["minutes"] for row in sorted(rows, key=lambda row: row["planned_on"] is None)]
