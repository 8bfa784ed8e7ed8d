"""Ten failed sign-ins in fifteen minutes, per account and per network address, kept across restarts."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select

from app.accounts.me import Me
from app.accounts.models import ACCOUNTS, FAILURES, LOCK_INSTANCE
from app.accounts.service import fold_email
from app.core.ids import new_id
from app.core.prepared import Prepared
from app.core.problems import TooManyRequests
from app.core.security import digest

LIMIT, WINDOW = 10, timedelta(minutes=15)
RECENT = Prepared(
    select(FAILURES.c.failed_at)
    .where(FAILURES.c.subject == bindparam("subject"), FAILURES.c.failed_at > bindparam("since"))
    .order_by(FAILURES.c.failed_at.desc())
    .limit(LIMIT)
)


class TooManySignIns(TooManyRequests):
    slug = "too-many-sign-ins"


def subjects(email: str, address: str | None) -> list[str]:
    """What a try counts against, hashed: the table shall not list who tries to sign in."""
    found = [digest(f"email {fold_email(email)}")]
    return found if address is None else [*found, digest(f"address {address}")]


def begin_try(conn: Connection, _me: None, email: str, address: str | None, *, now: datetime) -> list[str]:
    """Count a try as failed before the password is looked at, so that many at once get no further.

    Answers the ids to `forgive` on success; raises TooManySignIns with Retry-After in seconds.
    """
    LOCK_INSTANCE.all(conn, {})
    conn.execute(delete(FAILURES).where(FAILURES.c.failed_at <= now - WINDOW))
    for subject in subjects(email, address):
        recent = RECENT.scalars(conn, {"subject": subject, "since": now - WINDOW})
        if len(recent) >= LIMIT:
            wait = recent[-1] + WINDOW - now
            seconds = max(1, int(wait.total_seconds()) + 1)
            raise TooManySignIns(
                f"Too many failed tries. Please wait {(seconds + 59) // 60} minutes.",
                headers={"Retry-After": str(seconds)},
            )
    rows = [{"id": new_id(now), "subject": subject, "failed_at": now} for subject in subjects(email, address)]
    conn.execute(insert(FAILURES), rows)
    return [row["id"] for row in rows]


def forgive(conn: Connection, tries: list[str]) -> None:
    conn.execute(delete(FAILURES).where(FAILURES.c.id.in_(tries)))


def forget(conn: Connection, me: Me) -> None:
    """Drop what was counted against an account that goes: nothing is left to guard.

    What was counted against a network address stays until its quarter of an hour has passed: it is nobody's.
    """
    email = conn.execute(select(ACCOUNTS.c.email).where(ACCOUNTS.c.id == me.owner_id)).scalar_one_or_none()
    mine = [*subjects(email or "", None), *subjects(me.owner_id, None)]
    conn.execute(delete(FAILURES).where(FAILURES.c.subject.in_(mine)))
