"""Contacts logged by hand, in either direction; one of theirs that needs an answer arms a reply (R18)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, tuple_

from app.accounts import service as account_service
from app.accounts.me import Me
from app.contacts import service as contact_service
from app.core import idempotency
from app.core.ids import new_id
from app.core.pagination import Page, decode_cursor, encode_cursor, page_of
from app.core.prepared import Prepared
from app.core.problems import Conflict, Invalid, NotFound
from app.people import service as people_service
from app.scheduling.due import reply_due_at
from app.scheduling.places import place_of
from app.tasks import actions, needs
from app.tasks.models import TASKS, TOUCHES
from app.tasks.service import ADD, ADD_TOUCH, blank
from app.tasks.states import FUTURE_TOLERANCE

RULE, TITLE = "R18", "Answer their message"
WHY = "They showed interest in you; an answer within a day respects it."
# What a message is answered on, where it is not the channel it came by.
ANSWERED_ON = {"voicemail": "phone", "in_person": "email", "other": "email"}
SHOWN = [column for column in TOUCHES.c if column.name != "owner_id"]
MINE = TOUCHES.c.owner_id == bindparam("owner_id")
GET = Prepared(select(*SHOWN).where(MINE, TOUCHES.c.id == bindparam("id")))
PAGE = (
    select(*SHOWN)
    .where(MINE, TOUCHES.c.contact_id == bindparam("contact_id"))
    .order_by(TOUCHES.c.at.desc(), TOUCHES.c.id.desc())
    .limit(bindparam("rows"))
)
BEYOND = tuple_(TOUCHES.c.at, TOUCHES.c.id) < tuple_(bindparam("after", type_=TOUCHES.c.at.type), bindparam("after_id"))
FIRST_PAGE, LATER_PAGE = Prepared(PAGE), Prepared(PAGE.where(BEYOND))
OF_TOUCHES = (
    (TASKS.c.owner_id == bindparam("owner_id"))
    & (TASKS.c.contact_id == bindparam("contact_id"))
    & (TASKS.c.action == "reply")
    & TASKS.c.item_id.in_(bindparam("ids", expanding=True))
)
REPLIES = Prepared(
    select(TASKS.c.item_id, TASKS.c.id, TASKS.c.status, TASKS.c.due_at, TASKS.c.timezone, TASKS.c.because).where(
        OF_TOUCHES
    )
)
FORGET = Prepared(delete(TOUCHES).where(MINE, TOUCHES.c.id == bindparam("id")))
FORGET_REPLIES = Prepared(
    delete(TASKS).where(OF_TOUCHES, TASKS.c.status.in_(("open", "cancelled"))).returning(TASKS.c.id)
)


class TouchOfTask(Conflict):
    slug, title = "touch-of-task", "This was recorded by a task"
    text = "This touch was recorded when its task was done. Reopen the task to take it back."


def list_page(conn: Connection, me: Me, contact_id: str, *, limit: int, after: str | None) -> Page:
    """The touches of a person, the latest first. Raises NotFound."""
    people_service.stored(conn, me, contact_id)
    statement, values = FIRST_PAGE, {"owner_id": me.owner_id, "contact_id": contact_id, "rows": limit + 1}
    if after is not None:
        statement = LATER_PAGE
        values["after"], values["after_id"] = decode_cursor(after, datetime, str)
    page = page_of(statement.all(conn, values), limit, lambda row: encode_cursor(row["at"], row["id"]))
    _with_replies(conn, me, contact_id, page.items)
    return page


def _with_replies(conn: Connection, me: Me, contact_id: str, touches: list[dict[str, Any]]) -> list[dict[str, Any]]:
    values = {"owner_id": me.owner_id, "contact_id": contact_id, "ids": [touch["id"] for touch in touches]}
    replies = {row["item_id"]: row for row in REPLIES.all(conn, values)}
    for touch in touches:
        reply = replies.get(touch["id"])
        touch["reply"] = reply and {name: value for name, value in reply.items() if name != "item_id"}
    return touches


def _find(conn: Connection, me: Me, touch_id: str) -> dict[str, Any] | None:
    return GET.first(conn, {"owner_id": me.owner_id, "id": touch_id})


def create(
    conn: Connection, me: Me, contact_id: str, data: dict[str, Any], *, now: datetime
) -> tuple[dict[str, Any], bool]:
    """Log a touch, and arm a reply where it needs an answer; False where this id is there already.

    Someone who is not to be contacted gets no reply (R12). What a phone kept for someone merged in the meantime is
    logged with whom they were merged into. Raises NotFound, Gone, Invalid.
    """
    contact = contact_service.find_followed(conn, me, contact_id)
    if contact is None:
        raise NotFound("There is no such person in this account.")
    if data["id"] is not None:
        found = _find(conn, me, data["id"])
        if found is not None:
            return _with_replies(conn, me, found["contact_id"], [found])[0], False
        account_service.refuse_buried(conn, me, data["id"])
    if data["needs_answer"] and data["direction"] == "out":
        raise Invalid.at("#/needs_answer", "Only what came in needs an answer; with it, `direction` is `in`.")
    at = data["at"] or now
    if at > now + FUTURE_TOLERANCE:
        raise Invalid.at("#/at", "This is in the future; give the time it was.")
    touch = {**data, "id": data["id"] or new_id(now), "contact_id": contact["id"], "task_id": None, "at": at}
    ADD_TOUCH.run(conn, {**touch, "owner_id": me.owner_id, "created_at": now})
    if data["needs_answer"] and not contact["do_not_contact"]:
        ADD.run(conn, _reply(conn, me, contact, touch, now))
    stored = GET.one(conn, {"owner_id": me.owner_id, "id": touch["id"]})
    return _with_replies(conn, me, contact["id"], [stored])[0], True


def _reply(conn: Connection, me: Me, contact: dict[str, Any], touch: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Due where they are, or at home where that is not known; `item_id` says which message it answers."""
    home, has_number = account_service.preferences(conn, me)
    timezone = contact["timezone"] or home.timezone
    moment = reply_due_at(touch["at"], place_of(timezone, None, None, home))
    came_by: str = touch["channel"]
    channel = ANSWERED_ON.get(came_by, came_by)
    requires = list(actions.REQUIRES["reply"])
    lacking = needs.missing_of_contact(contact) | (frozenset() if has_number else needs.OF_PROFILE)
    return {
        **blank(me, new_id(now), now),
        "contact_id": contact["id"],
        "action": "reply",
        "channel": channel,
        "title": TITLE,
        "why": WHY,
        "rule": RULE,
        "item_id": touch["id"],
        "start_at": moment.start_at,
        "due_at": moment.due_at,
        "act_at": moment.due_at,
        "timezone": moment.timezone,
        "because": moment.because,
        "by": moment.by,
        "minutes": actions.MINUTES["reply"],
        "requires": requires,
        "needs": needs.missing(needs.required(requires, channel), lacking),
    }


def remove(conn: Connection, me: Me, contact_id: str, touch_id: str, *, now: datetime) -> None:
    """Take back a touch logged by hand, and the reply it armed unless that is done. Raises NotFound, TouchOfTask."""
    people_service.stored(conn, me, contact_id)
    touch = _find(conn, me, touch_id)
    if touch is None or touch["contact_id"] != contact_id:
        raise NotFound("There is no such touch of this person.")
    if touch["task_id"] is not None:
        raise TouchOfTask
    values = {"owner_id": me.owner_id, "contact_id": contact_id, "ids": [touch_id]}
    replies = FORGET_REPLIES.scalars(conn, values)
    FORGET.run(conn, {"owner_id": me.owner_id, "id": touch_id})
    account_service.bury(conn, me, [touch_id, *replies], now=now)
    idempotency.clear(conn, me)
