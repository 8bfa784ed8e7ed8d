"""Sessions and bearer tokens, looked up by the digest of their secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.accounts.me import SESSION, Me
from app.accounts.models import SESSIONS, TOKENS
from app.core.ids import new_id
from app.core.pagination import Page, by_id, id_page
from app.core.prepared import Prepared
from app.core.problems import Invalid, NotFound
from app.core.security import digest, new_secret

SESSION_AGES, TOKEN_AGES = timedelta(days=1), timedelta(hours=1)

FIND_SESSION = Prepared(
    select(SESSIONS.c.id, SESSIONS.c.owner_id, SESSIONS.c.last_used_at, SESSIONS.c.expires_at).where(
        SESSIONS.c.secret_digest == bindparam("digest")
    )
)
FIND_TOKEN = Prepared(
    select(TOKENS.c.id, TOKENS.c.owner_id, TOKENS.c.scope, TOKENS.c.last_used_at, TOKENS.c.expires_at).where(
        TOKENS.c.secret_digest == bindparam("digest")
    )
)
SESSION_COLUMNS = (
    SESSIONS.c.id,
    SESSIONS.c.user_agent,
    SESSIONS.c.created_at,
    SESSIONS.c.last_used_at,
    SESSIONS.c.expires_at,
)
TOKEN_COLUMNS = (
    TOKENS.c.id,
    TOKENS.c.name,
    TOKENS.c.scope,
    TOKENS.c.created_at,
    TOKENS.c.expires_at,
    TOKENS.c.last_used_at,
)
LIST_SESSIONS = Prepared(
    by_id(
        select(*SESSION_COLUMNS).where(
            SESSIONS.c.owner_id == bindparam("owner_id"), SESSIONS.c.expires_at > bindparam("now")
        ),
        SESSIONS.c.id,
    )
)
LIST_TOKENS = Prepared(by_id(select(*TOKEN_COLUMNS).where(TOKENS.c.owner_id == bindparam("owner_id")), TOKENS.c.id))


@dataclass(frozen=True, slots=True)
class Found:
    """A credential that holds; `stale` when its last use is worth writing down again."""

    me: Me
    stale: bool


def find_session(conn: Connection, secret: str, *, now: datetime) -> Found | None:
    row = FIND_SESSION.first(conn, {"digest": digest(secret)})
    if row is None or row["expires_at"] <= now:
        return None
    return Found(Me(row["owner_id"], SESSION, row["id"]), now - row["last_used_at"] >= SESSION_AGES)


def find_token(conn: Connection, secret: str, *, now: datetime) -> Found | None:
    row = FIND_TOKEN.first(conn, {"digest": digest(secret)})
    if row is None or (row["expires_at"] is not None and row["expires_at"] <= now):
        return None
    stale = row["last_used_at"] is None or now - row["last_used_at"] >= TOKEN_AGES
    return Found(Me(row["owner_id"], row["scope"], row["id"]), stale)


def touch(conn: Connection, _me: None, found: Found, *, expires_at: datetime, now: datetime) -> None:
    """Write down a use: to the hour for tokens; a session's ninety days begin again."""
    me = found.me
    if me.scope == SESSION:
        mine = (SESSIONS.c.owner_id == me.owner_id) & (SESSIONS.c.id == me.credential_id)
        conn.execute(update(SESSIONS).where(mine).values(last_used_at=now, expires_at=expires_at))
    else:
        hour = now.replace(minute=0, second=0, microsecond=0)
        mine = (TOKENS.c.owner_id == me.owner_id) & (TOKENS.c.id == me.credential_id)
        conn.execute(update(TOKENS).where(mine).values(last_used_at=hour))


def open_session(
    conn: Connection, owner_id: str, *, user_agent: str | None, expires_at: datetime, now: datetime
) -> str:
    """A new session's secret, for the cookie alone."""
    secret = new_secret("session")
    conn.execute(delete(SESSIONS).where(SESSIONS.c.owner_id == owner_id, SESSIONS.c.expires_at <= now))
    row = {
        "secret_digest": digest(secret),
        "id": new_id(now),
        "owner_id": owner_id,
        "user_agent": user_agent[:200] if user_agent else None,
        "created_at": now,
        "last_used_at": now,
        "expires_at": expires_at,
    }
    conn.execute(insert(SESSIONS), row)
    return secret


def end_session(conn: Connection, me: Me, session_id: str | None, *, now: datetime) -> None:
    """Sign out this session, or the one named. Raises NotFound for another user's."""
    del now
    mine = (SESSIONS.c.owner_id == me.owner_id) & (SESSIONS.c.id == (session_id or me.credential_id))
    if conn.execute(delete(SESSIONS).where(mine).returning(SESSIONS.c.id)).first() is None:
        raise NotFound


def end_other_sessions(conn: Connection, me: Me) -> None:
    conn.execute(delete(SESSIONS).where(SESSIONS.c.owner_id == me.owner_id, SESSIONS.c.id != me.credential_id))


def list_sessions(conn: Connection, me: Me, *, limit: int, after: str | None, now: datetime) -> Page:
    """Where this account is signed in, oldest first; `current` is the one asking."""

    page = id_page(conn, LIST_SESSIONS, {"owner_id": me.owner_id, "now": now}, limit, after)
    for row in page.items:
        row["current"] = row["id"] == me.credential_id
    return page


def list_tokens(conn: Connection, me: Me, *, limit: int, after: str | None) -> Page:
    """Bearer tokens without their secrets, oldest first."""
    return id_page(conn, LIST_TOKENS, {"owner_id": me.owner_id}, limit, after)


def create_token(
    conn: Connection, me: Me, *, name: str, scope: str, expires_at: datetime | None = None, now: datetime
) -> dict[str, Any]:
    """A new token; its secret is in the answer this once and nowhere else. Raises Invalid for an hour gone by."""
    if expires_at is not None and expires_at <= now:
        raise Invalid.at("#/expires_at", "This is not in the future; leave it out for a token that does not expire.")
    secret = new_secret("sundown")
    shown = {
        "id": new_id(now),
        "name": name,
        "scope": scope,
        "created_at": now,
        "expires_at": expires_at,
        "last_used_at": None,
    }
    conn.execute(insert(TOKENS), {**shown, "owner_id": me.owner_id, "secret_digest": digest(secret)})
    return {**shown, "token": secret}


def delete_token(conn: Connection, me: Me, token_id: str, *, now: datetime) -> None:
    """Revoke at once. Raises NotFound for another user's."""
    del now
    mine = (TOKENS.c.owner_id == me.owner_id) & (TOKENS.c.id == token_id)
    if conn.execute(delete(TOKENS).where(mine).returning(TOKENS.c.id)).first() is None:
        raise NotFound
