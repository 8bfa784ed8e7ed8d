"""What is a person's, handed over to the one they are merged into, and given back: tasks, touches, meetings, promises.

Nothing done is lost. Where both have the same task of the same meeting, the one that got further keeps the place; the
other stays with the person beside the plan, and counts if it turns out to have been done.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.accounts.me import Me
from app.core.prepared import Prepared
from app.encounters.models import ENCOUNTERS, PEOPLE, PROMISES
from app.encounters.people import told_both
from app.tasks.models import TASKS, TOUCHES

HOW_FAR = {"done": 3, "skipped": 2, "open": 1, "cancelled": 0}
OF_BOTH = bindparam("both", expanding=True)
IDENTIFIED = Prepared(
    select(TASKS).where(
        TASKS.c.owner_id == bindparam("owner_id"),
        TASKS.c.contact_id.in_(OF_BOTH),
        TASKS.c.encounter_id.is_not(None),
        TASKS.c.rule.is_not(None),
    )
)
MET = Prepared(select(PEOPLE).where(PEOPLE.c.owner_id == bindparam("owner_id"), PEOPLE.c.contact_id.in_(OF_BOTH)))
GET_TASK = Prepared(select(TASKS).where(TASKS.c.owner_id == bindparam("owner_id"), TASKS.c.id == bindparam("id")))
IN_THE_PLACE = Prepared(
    select(TASKS.c.id).where(
        TASKS.c.owner_id == bindparam("owner_id"),
        TASKS.c.encounter_id == bindparam("encounter_id"),
        TASKS.c.contact_id == bindparam("contact_id"),
        TASKS.c.rule == bindparam("rule"),
        TASKS.c.item_id == bindparam("item_id"),
    )
)
EXISTS = Prepared(
    select(ENCOUNTERS.c.id).where(ENCOUNTERS.c.owner_id == bindparam("owner_id"), ENCOUNTERS.c.id == bindparam("id"))
)
Record = dict[str, Any]


def take(conn: Connection, me: Me, contact_id: str, into_id: str, *, now: datetime) -> Record:
    """Hand everything of `contact_id` over to `into_id`; answers what is needed to give it back."""
    changed = {"contact_id": into_id, "updated_at": now, "version": TASKS.c.version + 1}
    return {
        "set_aside": _set_aside(conn, me, contact_id, into_id, now),
        "tasks": _hand_over(conn, me, TASKS, contact_id, changed),
        "touches": _hand_over(conn, me, TOUCHES, contact_id, {"contact_id": into_id}),
        "promises": _hand_over(conn, me, PROMISES, contact_id, {"contact_id": into_id}),
        **_take_meetings(conn, me, contact_id, into_id, now),
    }


def _hand_over(conn: Connection, me: Me, table: Any, contact_id: str, values: dict[str, Any]) -> list[str]:
    mine = (table.c.owner_id == me.owner_id) & (table.c.contact_id == contact_id)
    return sorted(conn.execute(update(table).where(mine).values(values).returning(table.c.id)).scalars())


def _set_aside(conn: Connection, me: Me, contact_id: str, into_id: str, now: datetime) -> list[Record]:
    places: dict[tuple[str, str, str], list[Any]] = {}
    for row in IDENTIFIED.all(conn, {"owner_id": me.owner_id, "both": [contact_id, into_id]}):
        places.setdefault((row["encounter_id"], row["rule"], row["item_id"]), []).append(row)
    aside: list[Record] = []
    for rows in places.values():
        for row in sorted(rows, key=lambda row: _further(row, into_id), reverse=True)[1:]:
            status = "cancelled" if row["status"] == "open" else row["status"]
            _change_task(conn, me, row, {"encounter_id": None, "status": status}, now)
            aside.append({name: row[name] for name in ("id", "encounter_id", "status")})
    return aside


def _further(row: Any, into_id: str) -> tuple[int, bool, bool]:
    touched = bool(row["pinned"] or row["draft_edited"] or row["snoozed_until"])
    return HOW_FAR[row["status"]], touched, row["contact_id"] == into_id


def _change_task(conn: Connection, me: Me, row: Any, values: dict[str, Any], now: datetime) -> None:
    values |= {"updated_at": now, "version": row["version"] + 1}
    conn.execute(update(TASKS).where(TASKS.c.owner_id == me.owner_id, TASKS.c.id == row["id"]).values(values))


def _take_meetings(conn: Connection, me: Me, contact_id: str, into_id: str, now: datetime) -> Record:
    """Where one of the two was, the other is; where both were, they are one who was told both."""
    rows = MET.all(conn, {"owner_id": me.owner_id, "both": [contact_id, into_id]})
    theirs = {row["encounter_id"]: row for row in rows if row["contact_id"] == into_id}
    met: list[str] = []
    met_both: list[Record] = []
    for row in sorted((row for row in rows if row["contact_id"] == contact_id), key=lambda row: row["encounter_id"]):
        mine = _person(me, row["encounter_id"], contact_id)
        other = theirs.get(row["encounter_id"])
        if other is None:
            met.append(row["encounter_id"])
            conn.execute(update(PEOPLE).where(mine).values(contact_id=into_id))
            continue
        told = told_both(dict(other), dict(row))
        changes = {name: (other[name], value) for name, value in told.items() if value != other[name]}
        conn.execute(delete(PEOPLE).where(mine))
        conn.execute(update(PEOPLE).where(_person(me, row["encounter_id"], into_id)).values(told))
        kept = {name: value for name, value in row.items() if name != "owner_id"}
        met_both.append({"person": kept, "changes": changes})
    touch_meetings(conn, me, [*met, *(one["person"]["encounter_id"] for one in met_both)], now=now)
    return {"met": met, "met_both": met_both}


def _person(me: Me, encounter_id: str, contact_id: str) -> Any:
    of_owner = PEOPLE.c.owner_id == me.owner_id
    return of_owner & (PEOPLE.c.encounter_id == encounter_id) & (PEOPLE.c.contact_id == contact_id)


def touch_meetings(conn: Connection, me: Me, encounter_ids: Iterable[str], *, now: datetime) -> None:
    """Meetings with other people in them are other versions of themselves."""
    mine = (ENCOUNTERS.c.owner_id == me.owner_id) & ENCOUNTERS.c.id.in_(list(encounter_ids))
    conn.execute(update(ENCOUNTERS).where(mine).values(version=ENCOUNTERS.c.version + 1, updated_at=now))


def give_back(conn: Connection, me: Me, record: Record, contact_id: str, into_id: str, *, now: datetime) -> set[str]:
    """Part what was handed over from what is `into_id`'s, as far as it is still there; answers the meetings changed."""
    met = _give_meetings_back(conn, me, record, contact_id, into_id)
    changed = {"contact_id": contact_id, "updated_at": now, "version": TASKS.c.version + 1}
    mine = {"contact_id": contact_id}
    _give(conn, me, into_id, TASKS, TASKS.c.id.in_(record["tasks"]), changed)
    _give(conn, me, into_id, TOUCHES, TOUCHES.c.id.in_(record["touches"]) | _recorded_by(record["tasks"]), mine)
    _give(conn, me, into_id, PROMISES, PROMISES.c.id.in_(record["promises"]) & PROMISES.c.encounter_id.in_(met), mine)
    for aside in record["set_aside"]:
        _put_in_place(conn, me, aside, now)
    touch_meetings(conn, me, met, now=now)
    return met


def _give(conn: Connection, me: Me, into_id: str, table: Any, which: Any, values: dict[str, Any]) -> None:
    theirs = (table.c.owner_id == me.owner_id) & (table.c.contact_id == into_id)
    conn.execute(update(table).where(theirs, which).values(values))


def _recorded_by(task_ids: list[str]) -> Any:
    """A task done since then goes with what it recorded."""
    return TOUCHES.c.task_id.in_(task_ids)


def _give_meetings_back(conn: Connection, me: Me, record: Record, contact_id: str, into_id: str) -> set[str]:
    rows = MET.all(conn, {"owner_id": me.owner_id, "both": [into_id]})
    theirs = {row["encounter_id"]: row for row in rows}
    met: set[str] = set()
    for encounter_id in record["met"]:
        if encounter_id in theirs:
            met.add(encounter_id)
            conn.execute(update(PEOPLE).where(_person(me, encounter_id, into_id)).values(contact_id=contact_id))
    for both in record["met_both"]:
        encounter_id = both["person"]["encounter_id"]
        if encounter_id not in theirs:
            continue
        met.add(encounter_id)
        conn.execute(insert(PEOPLE), {**both["person"], "owner_id": me.owner_id, "contact_id": contact_id})
        back = {name: was for name, (was, became) in both["changes"].items() if theirs[encounter_id][name] == became}
        if back:
            conn.execute(update(PEOPLE).where(_person(me, encounter_id, into_id)).values(back))
    return met


def _put_in_place(conn: Connection, me: Me, aside: Record, now: datetime) -> None:
    """Into the plan again, unless the meeting or the place is gone; what was done meanwhile stays done."""
    row = GET_TASK.first(conn, {"owner_id": me.owner_id, "id": aside["id"]})
    if row is None or EXISTS.first(conn, {"owner_id": me.owner_id, "id": aside["encounter_id"]}) is None:
        return
    place = {"encounter_id": aside["encounter_id"], **{name: row[name] for name in ("contact_id", "rule", "item_id")}}
    if IN_THE_PLACE.first(conn, {"owner_id": me.owner_id, **place}) is not None:
        return
    status = aside["status"] if row["status"] == "cancelled" else row["status"]
    _change_task(conn, me, row, {"encounter_id": aside["encounter_id"], "status": status}, now)
