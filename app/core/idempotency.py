"""Idempotency-Key: the first answer is kept in the transaction of its write and given again on replay."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, LargeBinary, String, bindparam, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core.answers import Reply
from app.core.columns import Base, Instant, Json
from app.core.prepared import Prepared
from app.core.problems import Gone, Problem

KEPT_FOR = timedelta(days=30)


class IdempotencyKey(Base):
    __tablename__ = "idempotency_keys"
    __table_args__ = (Index(None, "owner_id", "created_at"),)
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(Json)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)


class KeyReused(Problem):
    status, slug, title = 422, "idempotency-key-reused", "The Idempotency-Key was used for something else"
    text = "This key came earlier with another request. Use a new key for a new request."


class AnswerCleared(Gone):
    slug, title = "answer-cleared", "Done earlier, the answer is no longer kept"
    text = "This request was done before. Its answer was cleared when a person was deleted."


@dataclass(frozen=True, slots=True)
class Key:
    """The header's value and the SHA-256 of method, path and raw body it came with.

    `told` marks a credential that is told less than others: it is not given what they were told.
    """

    value: str
    fingerprint: str

    @classmethod
    def of(cls, value: str, method: str, path: str, body: bytes, told: str = "") -> "Key":
        parts = [f"{told}{method}".encode(), path.encode(), body]
        return cls(value, hashlib.sha256(b"\n".join(parts)).hexdigest())


TABLE: Any = IdempotencyKey.__table__
FIND = Prepared(
    select(TABLE.c.fingerprint, TABLE.c.status, TABLE.c.headers, TABLE.c.body, TABLE.c.created_at).where(
        TABLE.c.owner_id == bindparam("owner_id"), TABLE.c.key == bindparam("key")
    )
)
FORGET_OLD = Prepared(
    delete(TABLE).where(TABLE.c.owner_id == bindparam("owner_id"), TABLE.c.created_at <= bindparam("before"))
)
CLEAR = Prepared(update(TABLE).where(TABLE.c.owner_id == bindparam("b_owner_id")).values(body=None))
KEEP = Prepared(insert(TABLE))


def once(
    conn: Connection,
    me: Any,
    key: Key,
    op: Callable[..., Any],
    answer: Callable[[Any], Reply],
    *args: Any,
    now: datetime,
    **kwargs: Any,
) -> Reply:
    """Run the op unless this key already did; the owner's row is locked, so of two at once the second waits."""
    found = FIND.first(conn, {"owner_id": me.owner_id, "key": key.value})
    if found is not None and found["created_at"] > now - KEPT_FOR:
        if found["fingerprint"] != key.fingerprint:
            raise KeyReused
        if found["body"] is None:
            raise AnswerCleared
        return Reply(found["status"], found["body"], found["headers"])
    reply = answer(op(conn, me, *args, now=now, **kwargs))
    FORGET_OLD.run(conn, {"owner_id": me.owner_id, "before": now - KEPT_FOR})
    row = {
        "owner_id": me.owner_id,
        "key": key.value,
        "fingerprint": key.fingerprint,
        "status": reply.status,
        "headers": reply.headers,
        "body": reply.body,
        "created_at": now,
    }
    KEEP.run(conn, row)
    return reply


def clear(conn: Connection, me: Any) -> None:
    """Drop the stored bodies, which quote people; the keys stay, so that a replay is still not done twice."""
    CLEAR.run(conn, {"b_owner_id": me.owner_id})
