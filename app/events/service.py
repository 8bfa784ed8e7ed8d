"""Everyone from an event: who was met there, and how far the follow-ups are (R1)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, select, true, tuple_

from app.accounts.me import Me
from app.contacts.models import CONTACTS
from app.core.pagination import Page, decode_cursor, encode_cursor, page_of, unknown_cursor
from app.core.prepared import Prepared
from app.encounters.models import ENCOUNTERS, PEOPLE
from app.encounters.queries import RECALLED, recall
from app.encounters.service import folded_event
from app.tasks.models import TASKS

DONE, OPEN, LET_GO = 3, 2, 1
STATES = {DONE: "followed_up", OPEN: "open", LET_GO: "let_go"}

# Finishing one's own card is no sign of life to anybody.
STANDS = func.coalesce(
    func.max(
        case(
            (and_(TASKS.c.status == "done", TASKS.c.action != "finish_card_note"), DONE),
            (TASKS.c.status == "open", OPEN),
            (TASKS.c.status == "skipped", LET_GO),
            else_=0,
        )
    ),
    0,
)
FOLLOW_UP = func.coalesce(PEOPLE.c.follow_up, ENCOUNTERS.c.follow_up)
# As when planning: a meeting's reason is for everybody for whom nothing was decided.
REASON = case(
    (PEOPLE.c.no_follow_up_because.is_not(None), PEOPLE.c.no_follow_up_because),
    (PEOPLE.c.follow_up.is_(None), ENCOUNTERS.c.no_follow_up_because),
    else_=None,
)
DECLINED = case((FOLLOW_UP == "none", 1), (REASON.is_not(None), 1), (CONTACTS.c.do_not_contact, 1), else_=0)
MINE = and_(ENCOUNTERS.c.owner_id == bindparam("owner_id"), ENCOUNTERS.c.event_on.is_not(None))
KEY = (ENCOUNTERS.c.event_on, ENCOUNTERS.c.event_folded)
WITH_PEOPLE = and_(PEOPLE.c.owner_id == ENCOUNTERS.c.owner_id, PEOPLE.c.encounter_id == ENCOUNTERS.c.id)
WITH_CONTACT = and_(CONTACTS.c.owner_id == PEOPLE.c.owner_id, CONTACTS.c.id == PEOPLE.c.contact_id)
WITH_TASKS = and_(
    TASKS.c.owner_id == PEOPLE.c.owner_id,
    TASKS.c.encounter_id == PEOPLE.c.encounter_id,
    TASKS.c.contact_id == PEOPLE.c.contact_id,
)


def _events(*conditions: Any) -> Any:
    """One page of events, the latest first."""
    return (
        select(
            *KEY,
            func.max(ENCOUNTERS.c.event).label("event"),
            func.count().label("encounters"),
        )
        .where(MINE, *conditions)
        .group_by(*KEY)
        .order_by(ENCOUNTERS.c.event_on.desc(), ENCOUNTERS.c.event_folded.desc())
        .limit(bindparam("rows"))
    )


def _covered() -> Any:
    """How many of the people of each event from one day to another stand where."""
    met = (
        select(*KEY, STANDS.label("stands"), func.max(DECLINED).label("declined"))
        .select_from(ENCOUNTERS)
        .join(PEOPLE, WITH_PEOPLE)
        .join(CONTACTS, WITH_CONTACT)
        .outerjoin(TASKS, WITH_TASKS)
        .where(
            MINE,
            ENCOUNTERS.c.event_on >= bindparam("from_on", type_=ENCOUNTERS.c.event_on.type),
            ENCOUNTERS.c.event_on <= bindparam("to_on", type_=ENCOUNTERS.c.event_on.type),
        )
        .group_by(*KEY, PEOPLE.c.contact_id)
        .subquery("met")
    )
    decided = (met.c.stands < OPEN) & ((met.c.stands == LET_GO) | (met.c.declined == 1))
    return select(
        met.c.event_on,
        met.c.event_folded,
        func.count().label("people"),
        func.sum(case((met.c.stands == DONE, 1), else_=0)).label("followed_up"),
        func.sum(case((met.c.stands == OPEN, 1), else_=0)).label("open"),
        func.sum(case((decided, 1), else_=0)).label("let_go"),
    ).group_by(met.c.event_on, met.c.event_folded)


LATER = tuple_(*KEY) < tuple_(
    bindparam("after_on", type_=ENCOUNTERS.c.event_on.type),
    bindparam("after_event", type_=ENCOUNTERS.c.event_folded.type),
)
FIRST_PAGE, LATER_PAGE = Prepared(_events()), Prepared(_events(LATER))
COVERED = Prepared(_covered())
TASKS_STAND = select(STANDS).where(WITH_TASKS).correlate(PEOPLE).scalar_subquery()
EVERYONE = (
    select(
        ENCOUNTERS.c.id.label("encounter_id"),
        ENCOUNTERS.c.occurred_at,
        CONTACTS.c.id.label("contact_id"),
        CONTACTS.c.name,
        CONTACTS.c.descriptor,
        CONTACTS.c.company,
        *RECALLED,
        FOLLOW_UP.label("follow_up"),
        REASON.label("no_follow_up_because"),
        DECLINED.label("declined"),
        TASKS_STAND.label("stands"),
    )
    .select_from(ENCOUNTERS)
    .join(PEOPLE, WITH_PEOPLE)
    .join(CONTACTS, WITH_CONTACT)
    .where(ENCOUNTERS.c.owner_id == bindparam("owner_id"), ENCOUNTERS.c.event_folded == bindparam("event"))
    .order_by(ENCOUNTERS.c.occurred_at, ENCOUNTERS.c.id, PEOPLE.c.contact_id)
    .limit(bindparam("rows"))
)
ON_DAY = ENCOUNTERS.c.event_on == bindparam("on", type_=ENCOUNTERS.c.event_on.type)
BEYOND = tuple_(ENCOUNTERS.c.occurred_at, ENCOUNTERS.c.id, PEOPLE.c.contact_id) > tuple_(
    bindparam("after_at", type_=ENCOUNTERS.c.occurred_at.type), bindparam("after_id"), bindparam("after_contact")
)
COUNTED = ("people", "followed_up", "open", "let_go")


def list_page(conn: Connection, me: Me, *, limit: int, after: str | None) -> Page:
    """Events, the latest first; one of a name that comes every month is an event each time."""
    values: dict[str, Any] = {"owner_id": me.owner_id, "rows": limit + 1}
    statement = FIRST_PAGE
    if after is not None:
        statement, on = LATER_PAGE, decode_cursor(after, str, str)
        values |= {"after_on": _day(on[0]), "after_event": on[1]}
    rows = statement.all(conn, values)
    counts = _counts(conn, me, rows[:limit])
    return page_of(
        rows,
        limit,
        lambda row: encode_cursor(row["event_on"].isoformat(), row["event_folded"]),
        lambda row: {
            "event": row["event"],
            "on": row["event_on"],
            "encounters": row["encounters"],
            **counts[_key(row)],
        },
    )


def _counts(conn: Connection, me: Me, events: Sequence[Any]) -> dict[tuple[date, str], dict[str, int]]:
    if not events:
        return {}
    values = {"owner_id": me.owner_id, "from_on": events[-1]["event_on"], "to_on": events[0]["event_on"]}
    rows = COVERED.all(conn, values)
    return {_key(row): {name: row[name] for name in COUNTED} for row in rows}


def _key(row: Any) -> tuple[date, str]:
    return row["event_on"], row["event_folded"]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise unknown_cursor() from None


def people(conn: Connection, me: Me, *, event: str, on: date | None, limit: int, after: str | None) -> Page:
    """Everyone met at an event, in the order they were met, and what became of the follow-ups."""
    values = {"owner_id": me.owner_id, "event": folded_event(event), "rows": limit + 1}
    if on is not None:
        values["on"] = on
    if after is not None:
        at, encounter_id, contact_id = decode_cursor(after, datetime, str, str)
        values |= {"after_at": at, "after_id": encounter_id, "after_contact": contact_id}
    rows = _everyone(on is not None, after is not None).all(conn, values)
    return page_of(
        rows, limit, lambda row: encode_cursor(row["occurred_at"], row["encounter_id"], row["contact_id"]), _met
    )


@cache
def _everyone(on_day: bool, later: bool) -> Prepared:
    return Prepared(EVERYONE.where(ON_DAY if on_day else true(), BEYOND if later else true()))


def _met(row: Any) -> dict[str, Any]:
    return {
        "encounter_id": row["encounter_id"],
        "occurred_at": row["occurred_at"],
        "contact": {
            "id": row["contact_id"],
            "name": row["name"],
            "descriptor": row["descriptor"],
            "company": row["company"],
        },
        "recall": recall(row),
        "follow_up": row["follow_up"],
        "no_follow_up_because": row["no_follow_up_because"],
        "state": STATES.get(row["stands"]) or ("let_go" if row["declined"] else "nothing_planned"),
    }
