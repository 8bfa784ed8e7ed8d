"""Signing up, signing in, and the account's own settings."""

import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.accounts.me import DAY_BOUNDARY, SESSION, Me
from app.accounts.models import ACCOUNTS, INVITES, LOCK_INSTANCE, PROFILES, TOMBSTONES
from app.core.answers import check_match
from app.core.ids import new_id
from app.core.prepared import Prepared
from app.core.problems import Conflict, FieldError, Forbidden, Gone, Invalid, Unauthenticated
from app.core.security import digest, same
from app.scheduling.facts import Preferences

GET_PROFILE = Prepared(select(PROFILES).where(PROFILES.c.owner_id == bindparam("owner_id")))
GET_PREFERENCES = Prepared(
    select(
        PROFILES.c.timezone,
        PROFILES.c.latitude,
        PROFILES.c.longitude,
        PROFILES.c.day_boundary,
        PROFILES.c.sundown_at,
        PROFILES.c.minutes_an_evening,
        PROFILES.c.phone,
    ).where(PROFILES.c.owner_id == bindparam("owner_id"))
)
FIND_ACCOUNT = Prepared(
    select(ACCOUNTS.c.id, ACCOUNTS.c.password_hash).where(ACCOUNTS.c.email_folded == bindparam("email"))
)
GET_HASH = Prepared(select(ACCOUNTS.c.password_hash).where(ACCOUNTS.c.id == bindparam("owner_id")))
IS_BURIED = Prepared(
    select(TOMBSTONES.c.id).where(TOMBSTONES.c.owner_id == bindparam("owner_id"), TOMBSTONES.c.id == bindparam("id"))
)
ARE_BURIED = Prepared(
    select(TOMBSTONES.c.id).where(
        TOMBSTONES.c.owner_id == bindparam("owner_id"), TOMBSTONES.c.id.in_(bindparam("ids", expanding=True))
    )
)


class SignUpClosed(Forbidden):
    slug, title = "sign-up-closed", "Sign-up is closed"
    text = "This Sundown takes no new accounts. Whoever runs it can make one for you."


class SetupCodeNeeded(Forbidden):
    slug, title = "setup-code-needed", "The setup code is needed"
    text = "Enter the setup code that was printed when Sundown was started."


class InviteNeeded(Forbidden):
    slug, title = "invite-needed", "An invite is needed"
    text = "Enter an invite code that has not been used yet."


class EmailTaken(Conflict):
    slug, title = "email-taken", "This e-mail has an account"
    text = "There is an account with this e-mail address. Sign in instead."


class WrongPassword(Unauthenticated):
    slug, title = "wrong-password", "E-mail or password is not right"
    text = "The e-mail address or the password is not right."


class CurrentPasswordWrong(Invalid):
    def __init__(self) -> None:
        detail = "The current password is not right."
        super().__init__(detail, errors=[FieldError("#/current", detail)])


def fold_email(email: str) -> str:
    """What an address is found by: in any case, its accents composed however a keyboard does it."""
    return unicodedata.normalize("NFC", email.strip().casefold())


def check_signup(conn: Connection, mode: str) -> bool:
    """Whether sign-up is open at all, asked before a password is hashed."""
    return mode in ("open", "invite") or (
        mode == "first" and conn.execute(select(ACCOUNTS.c.id).limit(1)).first() is None
    )


def create_account(
    conn: Connection,
    _me: None,
    *,
    email: str,
    password_hash: str,
    name: str,
    timezone: str,
    mode: str,
    invite: str | None = None,
    now: datetime,
) -> str:
    """Make an account and answer its id; the check of `mode` and the insert are one step.

    Raises SignUpClosed, InviteNeeded or EmailTaken.
    """
    LOCK_INSTANCE.all(conn, {})
    if mode == "closed" or (mode == "first" and conn.execute(select(ACCOUNTS.c.id).limit(1)).first() is not None):
        raise SignUpClosed
    if mode == "invite" and not _spend_invite(conn, invite):
        raise InviteNeeded
    if FIND_ACCOUNT.first(conn, {"email": fold_email(email)}) is not None:
        raise EmailTaken
    owner_id = new_id(now)
    conn.execute(
        insert(ACCOUNTS),
        {
            "id": owner_id,
            "email": email,
            "email_folded": fold_email(email),
            "password_hash": password_hash,
            "created_at": now,
        },
    )
    conn.execute(
        insert(PROFILES),
        {
            "owner_id": owner_id,
            "name": name,
            "email": email,
            "timezone": timezone,
            "day_boundary": DAY_BOUNDARY,
            "created_at": now,
            "updated_at": now,
            "version": 1,
        },
    )
    return owner_id


def create_invite(conn: Connection, _me: None, code: str, *, now: datetime) -> None:
    conn.execute(insert(INVITES), {"code_digest": digest(code), "created_at": now})


def _spend_invite(conn: Connection, code: str | None) -> bool:
    if not code:
        return False
    spent = delete(INVITES).where(INVITES.c.code_digest == digest(code.strip())).returning(INVITES.c.code_digest)
    return conn.execute(spent).first() is not None


def check_setup_code(expected: str | None, given: str | None) -> None:
    if expected is not None and not same(expected, (given or "").strip()):
        raise SetupCodeNeeded


def find_account(conn: Connection, email: str) -> tuple[str, str] | None:
    """Id and password hash of the account with this e-mail."""
    row = FIND_ACCOUNT.first(conn, {"email": fold_email(email)})
    return None if row is None else (row["id"], row["password_hash"])


def password_hash(conn: Connection, me: Me) -> str:
    return GET_HASH.one(conn, {"owner_id": me.owner_id})["password_hash"]


def set_password(conn: Connection, me: Me, new_hash: str, *, now: datetime) -> None:
    del now
    conn.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == me.owner_id).values(password_hash=new_hash))


def get_me(conn: Connection, me: Me) -> dict[str, Any]:
    row = GET_PROFILE.first(conn, {"owner_id": me.owner_id})
    if row is None:
        raise Unauthenticated
    return _shape(row)


def _shape(profile: dict[str, Any]) -> dict[str, Any]:
    for name in ("day_boundary", "sundown_at"):
        value = profile[name]
        profile[name] = None if value is None else f"{value:%H:%M}"
    return {"id": profile.pop("owner_id"), **profile}


def update_me(
    conn: Connection, me: Me, changes: dict[str, Any], *, if_match: str | None = None, now: datetime
) -> dict[str, Any]:
    """Apply a merge patch to the profile; an e-mail change needs a session and a free address."""
    current = get_me(conn, me)
    check_match(if_match, current["version"], lambda: current)
    values = dict(changes)
    if "email" in values:
        _move_email(conn, me, values["email"])
    if values.get("quiet_hours") is not None:
        merged = (current["quiet_hours"] or {}) | values["quiet_hours"]
        if merged.keys() != {"from", "to"}:
            raise Invalid.at("#/quiet_hours", "Both `from` and `to` are needed.")
        values["quiet_hours"] = merged
    if values:
        values |= {"updated_at": now, "version": current["version"] + 1}
        conn.execute(update(PROFILES).where(PROFILES.c.owner_id == me.owner_id).values(values))
    return get_me(conn, me)


def _move_email(conn: Connection, me: Me, email: str) -> None:
    if me.scope != SESSION:
        raise Forbidden("The e-mail address is changed in a signed-in session only.")
    LOCK_INSTANCE.all(conn, {})
    taken = select(ACCOUNTS.c.id).where(ACCOUNTS.c.email_folded == fold_email(email), ACCOUNTS.c.id != me.owner_id)
    if conn.execute(taken).first() is not None:
        raise EmailTaken
    mine = update(ACCOUNTS).where(ACCOUNTS.c.id == me.owner_id)
    conn.execute(mine.values(email=email, email_folded=fold_email(email)))


def delete_me(conn: Connection, me: Me, *, now: datetime) -> None:
    """Delete the account and everything it owns; every owned row hangs from the profile."""
    del now
    conn.execute(delete(PROFILES).where(PROFILES.c.owner_id == me.owner_id))
    conn.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == me.owner_id))


def preferences(conn: Connection, me: Me) -> tuple[Preferences, bool]:
    """What the schedule needs to know of the user, and whether there is a number to leave on a voicemail."""
    row = GET_PREFERENCES.one(conn, {"owner_id": me.owner_id})
    phone = row.pop("phone")
    return Preferences(**row), bool(phone)


def bury(conn: Connection, me: Me, ids: list[str], *, now: datetime) -> None:
    """Remember deleted ids, so that none of them is made again; a client may have used one for rows of two kinds."""
    fresh = sorted(set(ids) - buried(conn, me, ids))
    if fresh:
        rows = [{"owner_id": me.owner_id, "id": row_id, "deleted_at": now} for row_id in fresh]
        conn.execute(insert(TOMBSTONES), rows)


def unbury(conn: Connection, me: Me, row_id: str) -> None:
    """Let a deleted id be there again."""
    conn.execute(delete(TOMBSTONES).where(TOMBSTONES.c.owner_id == me.owner_id, TOMBSTONES.c.id == row_id))


def buried(conn: Connection, me: Me, ids: Collection[str]) -> set[str]:
    """Those of the ids whose rows were deleted."""
    return set(ARE_BURIED.scalars(conn, {"owner_id": me.owner_id, "ids": list(ids)})) if ids else set()


def refuse_buried(conn: Connection, me: Me, row_id: str) -> None:
    """Raise Gone for an id that was deleted."""
    if IS_BURIED.first(conn, {"owner_id": me.owner_id, "id": row_id}) is not None:
        raise Gone
