"""Storing tasks and what is done with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import service as account_service
from app.accounts.me import Me
from app.contacts import service as contact_service
from app.core.answers import check_match
from app.core.ids import new_id
from app.core.prepared import Prepared
from app.core.problems import Invalid
from app.scheduling.wording import chosen_by_user
from app.tasks import actions, needs, queries, states
from app.tasks.models import TASKS, TOUCHES

CHANGE = update(TASKS).where(TASKS.c.owner_id == bindparam("b_owner_id"), TASKS.c.id == bindparam("b_id"))
OPEN_OF_CONTACT = Prepared(
    select(TASKS).where(queries.MINE, TASKS.c.contact_id == bindparam("contact_id"), TASKS.c.status == "open")
)
OPEN_CALLS = Prepared(select(TASKS).where(queries.MINE, TASKS.c.status == "open", TASKS.c.action == "phone_call"))
PLANNED = frozenset({"title", "why", "channel", "due_at", "start_at", "timezone", "minutes"})
ADD, ADD_TOUCH = Prepared(insert(TASKS)), Prepared(insert(TOUCHES))


def create(conn: Connection, me: Me, data: dict[str, Any], *, now: datetime) -> tuple[dict[str, Any], bool]:
    """Store a task made by hand; False where this id is there already. Raises Gone, Invalid.

    One for someone who was merged meanwhile is for whom they were merged into.
    """
    if data.get("id"):
        found = queries.GET_ROW.first(conn, {"owner_id": me.owner_id, "id": data["id"]})
        if found is not None:
            return queries.shape(found), False
        account_service.refuse_buried(conn, me, data["id"])
    contact = contact_service.find_followed(conn, me, data["contact_id"])
    if contact is None:
        raise Invalid.at("#/contact_id", "There is no such person in this account.")
    action = data["action"]
    left_out = _left_out(action, data["due_at"], now)
    told = left_out | {name: data[name] for name in left_out if data.get(name) is not None}
    _check_start(told["start_at"], data["due_at"])
    requires = list(actions.REQUIRES.get(action, ()))
    row = {
        **blank(me, data.get("id") or new_id(now), now),
        "contact_id": contact["id"],
        "encounter_id": data.get("encounter_id"),
        "action": action,
        **told,
        "title": data["title"],
        "due_at": data["due_at"],
        "act_at": data["due_at"],
        "timezone": data["timezone"],
        "because": chosen_by_user(data["due_at"], data["timezone"]),
        "requires": requires,
        "needs": needs.missing(needs.required(requires, told["channel"]), _lacking(conn, me, contact, requires)),
        "planned_on": data.get("planned_on"),
    }
    try:
        ADD.run(conn, row)
    except IntegrityError:
        raise Invalid.at("#/encounter_id", "There is no such encounter in this account.") from None
    return queries.shape(row), True


def _left_out(action: str, due_at: datetime, now: datetime) -> dict[str, Any]:
    """What a task made by hand has where nothing is said."""
    return {
        "channel": actions.CHANNEL.get(action, "other"),
        "why": "You planned this yourself.",
        "start_at": min(now, due_at),
        "minutes": actions.MINUTES.get(action, 10),
    }


def _check_start(start_at: datetime, due_at: datetime) -> None:
    if start_at > due_at:
        raise Invalid.at("#/start_at", "A task is begun before it is due; give a time no later than `due_at`.")


def blank(me: Me, task_id: str, now: datetime) -> dict[str, Any]:
    """A new open task before anything is known of it."""
    return {
        "owner_id": me.owner_id,
        "id": task_id,
        "encounter_id": None,
        "rule": None,
        "item_id": "",
        "by": "hour",
        "status": "open",
        "snoozed_until": None,
        "planned_on": None,
        "pinned": False,
        "draft_edited": False,
        "stack": None,
        "mail_hint": None,
        "skip_reason": None,
        "completed_at": None,
        "outcome": None,
        "created_at": now,
        "updated_at": now,
        "version": 1,
    }


def _lacking(conn: Connection, me: Me, contact: dict[str, Any], requires: list[str]) -> frozenset[str]:
    lacking = needs.missing_of_contact(contact)
    if "number" in requires and not account_service.preferences(conn, me)[1]:
        lacking |= {"number"}
    return lacking


def update_fields(
    conn: Connection,
    me: Me,
    task_id: str,
    changes: dict[str, Any],
    *,
    if_match: str | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Apply a merge patch; what the plan had decided is pinned once it is changed by hand. Raises NotFound, Invalid.

    Null gives back what the action brings along; the reason a rule gave stays.
    """
    row = queries.get_row(conn, me, task_id)
    check_match(if_match, row["version"], lambda: queries.shape(row))
    if not changes:
        return row
    due_at = changes.get("due_at", row["due_at"])
    left_out = _left_out(row["action"], due_at, now) | ({"why": row["why"]} if row["rule"] else {})
    values = changes | {name: left_out[name] for name in left_out if name in changes and changes[name] is None}
    if "start_at" in values:
        _check_start(values["start_at"], due_at)
    elif row["start_at"] > due_at:
        values["start_at"] = left_out["start_at"]
    if "due_at" in values:
        values["act_at"] = row["snoozed_until"] or values["due_at"]
        values["because"] = chosen_by_user(values["due_at"], values.get("timezone", row["timezone"]))
        values["by"] = "hour"
    if PLANNED & values.keys():
        values.setdefault("pinned", True)
    if "channel" in values:
        asked = needs.required(row["requires"], values["channel"])
        contact = contact_service.get(conn, me, row["contact_id"])
        area = needs.OF_CONTACT
        values["needs"] = needs.refreshed(asked, row["needs"], area, needs.missing_of_contact(contact))
    return _store(conn, me, row, values, now)


def complete(
    conn: Connection,
    me: Me,
    task_id: str,
    *,
    at: datetime | None = None,
    channel: str | None = None,
    outcome: str | None = None,
    note: str | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Done: records one touch. Raises NotFound, TaskSkipped."""
    row = queries.get_row(conn, me, task_id)
    values = states.completed(row, at=at, outcome=outcome, now=now)
    if values is None:
        return queries.shape(row)
    if row["action"] != "finish_card_note":
        touch = {
            "owner_id": me.owner_id,
            "id": new_id(now),
            "contact_id": row["contact_id"],
            "task_id": task_id,
            "channel": channel or row["channel"],
            "direction": "out",
            "at": values["completed_at"],
            "note": note,
            "needs_answer": False,
            "created_at": now,
        }
        ADD_TOUCH.run(conn, touch)
    return queries.shape(_store(conn, me, row, values, now))


def skip(conn: Connection, me: Me, task_id: str, *, reason: str | None = None, now: datetime) -> dict[str, Any]:
    """Not this one: kept with its reason. Raises NotFound, TaskDone."""
    row = queries.get_row(conn, me, task_id)
    return queries.shape(_store(conn, me, row, states.skipped(row, reason=reason), now))


def snooze(conn: Connection, me: Me, task_id: str, *, until: datetime, now: datetime) -> dict[str, Any]:
    """Out of sight until then; never changes `due_at`. Raises NotFound and a Conflict unless open."""
    row = queries.get_row(conn, me, task_id)
    return queries.shape(_store(conn, me, row, states.snoozed(row, until=until), now))


def reopen(conn: Connection, me: Me, task_id: str, *, now: datetime) -> dict[str, Any]:
    """Undo done, snoozed, skipped or cancelled; takes back exactly the touch that done recorded."""
    row = queries.get_row(conn, me, task_id)
    if row["status"] == "done":
        conn.execute(delete(TOUCHES).where(TOUCHES.c.owner_id == me.owner_id, TOUCHES.c.task_id == task_id))
    return queries.shape(_store(conn, me, row, states.reopened(row), now))


def plan_on(conn: Connection, me: Me, task_id: str, *, planned_on: Any, now: datetime) -> dict[str, Any]:
    """The day the user means to do it; `due_at` stays."""
    row = queries.get_row(conn, me, task_id)
    values = None if row["planned_on"] == planned_on else {"planned_on": planned_on}
    return queries.shape(_store(conn, me, row, values, now))


def _store(
    conn: Connection, me: Me, row: dict[str, Any], values: dict[str, Any] | None, now: datetime
) -> dict[str, Any]:
    if values is None:
        return row
    values = values | {"updated_at": now, "version": row["version"] + 1}
    conn.execute(CHANGE.values(values), {"b_owner_id": me.owner_id, "b_id": row["id"]})
    return row | values


def contact_changed(conn: Connection, me: Me, contact: dict[str, Any]) -> None:
    """Bring the needs of a person's open tasks up to date with what is now known of the person."""
    lacking = needs.missing_of_contact(contact)
    rows = OPEN_OF_CONTACT.all(conn, {"owner_id": me.owner_id, "contact_id": contact["id"]})
    _refresh(conn, me, rows, needs.OF_CONTACT, lacking)


def number_changed(conn: Connection, me: Me, has_number: bool) -> None:
    """Bring the needs of open calls up to date with whether there is a number to leave."""
    rows = OPEN_CALLS.all(conn, {"owner_id": me.owner_id})
    _refresh(conn, me, rows, needs.OF_PROFILE, frozenset() if has_number else needs.OF_PROFILE)


def _refresh(conn: Connection, me: Me, rows: Any, area: frozenset[str], lacking: frozenset[str]) -> None:
    for row in rows:
        asked = needs.required(row["requires"], row["channel"])
        wanted = needs.refreshed(asked, row["needs"], area, lacking)
        if wanted != row["needs"]:
            conn.execute(CHANGE.values(needs=wanted), {"b_owner_id": me.owner_id, "b_id": row["id"]})
