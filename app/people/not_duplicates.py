"""People who may look like one and are two: what a user said of a pair, and what becomes of it in a merge."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from app.accounts.me import Me
from app.contacts import service as contact_service
from app.core.prepared import Prepared
from app.core.problems import Invalid
from app.people import service as people_service
from app.people.models import NOT_DUPLICATES

MINE = NOT_DUPLICATES.c.owner_id == bindparam("owner_id")
ALL = Prepared(select(NOT_DUPLICATES.c.one_id, NOT_DUPLICATES.c.other_id).where(MINE))
OF_ONE = Prepared(
    select(NOT_DUPLICATES.c.one_id, NOT_DUPLICATES.c.other_id, NOT_DUPLICATES.c.said_at).where(
        MINE,
        or_(NOT_DUPLICATES.c.one_id == bindparam("contact_id"), NOT_DUPLICATES.c.other_id == bindparam("contact_id")),
    )
)
PAIR = MINE & (NOT_DUPLICATES.c.one_id == bindparam("one_id")) & (NOT_DUPLICATES.c.other_id == bindparam("other_id"))
GET = Prepared(select(NOT_DUPLICATES.c.said_at).where(PAIR))
ADD = Prepared(insert(NOT_DUPLICATES))
FORGET = Prepared(delete(NOT_DUPLICATES).where(PAIR))


def pairs(conn: Connection, me: Me) -> set[frozenset[str]]:
    return {frozenset(row.values()) for row in ALL.all(conn, {"owner_id": me.owner_id})}


def say(conn: Connection, me: Me, contact_id: str, other_id: str, *, now: datetime) -> None:
    """Remember that the two are two; saying it again changes nothing. Raises NotFound, ContactMerged, Invalid."""
    _both_there(conn, me, contact_id, other_id)
    _store(conn, me, contact_id, other_id, now)


def take_back(conn: Connection, me: Me, contact_id: str, other_id: str, *, now: datetime) -> None:
    """Forget it, whether it was said or not. Raises NotFound, ContactMerged, Invalid."""
    del now
    _both_there(conn, me, contact_id, other_id)
    FORGET.run(conn, _key(me, contact_id, other_id))


def _both_there(conn: Connection, me: Me, contact_id: str, other_id: str) -> None:
    people_service.stored(conn, me, contact_id)
    people_service.stored(conn, me, other_id)
    if contact_id == other_id:
        raise Invalid("A person is no duplicate of themselves; name the other one.")


def _key(me: Me, contact_id: str, other_id: str) -> dict[str, Any]:
    one_id, other_id = sorted((contact_id, other_id))
    return {"owner_id": me.owner_id, "one_id": one_id, "other_id": other_id}


def _store(conn: Connection, me: Me, contact_id: str, other_id: str, said_at: datetime) -> bool:
    """False where it was said before."""
    key = _key(me, contact_id, other_id)
    if GET.first(conn, key) is not None:
        return False
    ADD.run(conn, {**key, "said_at": said_at})
    return True


def hand_over(conn: Connection, me: Me, contact_id: str, into_id: str) -> list[dict[str, Any]]:
    """Whoever is not `contact_id` is not `into_id` from now on; answers what is needed to part them again."""
    said: list[dict[str, Any]] = []
    for row in OF_ONE.all(conn, {"owner_id": me.owner_id, "contact_id": contact_id}):
        other_id = row["other_id"] if row["one_id"] == contact_id else row["one_id"]
        new = other_id != into_id and _store(conn, me, into_id, other_id, row["said_at"])
        said.append({"other_id": other_id, "said_at": row["said_at"], "new": new})
    return said


def give_back(conn: Connection, me: Me, said: list[dict[str, Any]], contact_id: str, into_id: str) -> None:
    """What was said of `contact_id`, as far as the others are still there."""
    for each in said:
        if contact_service.find(conn, me, each["other_id"]) is None:
            continue
        if each["new"]:
            FORGET.run(conn, _key(me, into_id, each["other_id"]))
        _store(conn, me, contact_id, each["other_id"], datetime.fromisoformat(each["said_at"]))
