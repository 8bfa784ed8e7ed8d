"""The playbook in force for a user, its versions, and how a new one is taken (product.md, 2.9)."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, insert, select

from app.accounts.me import Me
from app.core.answers import check_match
from app.core.prepared import Prepared
from app.core.problems import FieldError, Invalid, NotFound
from app.followups.models import PLAYBOOKS
from app.scheduling.codec import Refused, decode_playbook, encode_playbook
from app.scheduling.playbook import BUILT_IN, Playbook
from app.scheduling.proposal import proposed, silent, with_left_out

MINE = re.compile(r"mine-([1-9]\d{0,8})", re.ASCII)
NEWEST = Prepared(
    select(PLAYBOOKS.c.number, PLAYBOOKS.c.document)
    .where(PLAYBOOKS.c.owner_id == bindparam("owner_id"))
    .order_by(PLAYBOOKS.c.number.desc())
    .limit(1)
)
OF_NUMBER = Prepared(
    select(PLAYBOOKS.c.document).where(
        PLAYBOOKS.c.owner_id == bindparam("owner_id"), PLAYBOOKS.c.number == bindparam("number")
    )
)


class PlaybookInvalid(Invalid):
    slug, title = "playbook-invalid", "This playbook cannot be"
    text = "The playbook was not saved; `errors` says what is wrong with it and what would be right."


def current(conn: Connection, me: Me) -> Playbook:
    """The rules for new encounters: the newest version, the built-in one where nothing was ever changed."""
    row = NEWEST.first(conn, {"owner_id": me.owner_id})
    return BUILT_IN if row is None else _parsed(row["document"])


def of_version(conn: Connection, me: Me, version: str) -> Playbook:
    """The rules under a version's name. Raises NotFound."""
    if version == BUILT_IN.version:
        return BUILT_IN
    mine = MINE.fullmatch(version)
    values = {"owner_id": me.owner_id, "number": int(mine[1]) if mine else 0}
    row = OF_NUMBER.first(conn, values)
    if row is None:
        raise NotFound("There is no such version of the playbook in this account.")
    return _parsed(row["document"])


def of_encounter(conn: Connection, me: Me, encounter: Mapping[str, Any]) -> Playbook:
    """The rules an encounter was planned with; the ones in force where it came from a place with other versions."""
    try:
        return of_version(conn, me, encounter["playbook_version"])
    except NotFound:
        return current(conn, me)


@lru_cache(maxsize=256)
def _parsed(document: str) -> Playbook:
    return decode_playbook(orjson.loads(document))


def get(conn: Connection, me: Me, *, version: str | None = None) -> dict[str, Any]:
    """The rules in force, or those of an earlier version. Raises NotFound."""
    return _shown(current(conn, me) if version is None else of_version(conn, me, version))


def _shown(playbook: Playbook) -> dict[str, Any]:
    quiet = [{"kind": kind, "round": rounds} for kind, rounds in silent(playbook)]
    return encode_playbook(with_left_out(playbook)) | {"nothing_for": quiet}


def drafted(conn: Connection, me: Me, document: dict[str, Any], at: str = "#") -> Playbook:
    """The playbook a body holds under `at`, checked against the one in force. Raises PlaybookInvalid."""
    return _accepted(document, current(conn, me), at)


def _accepted(document: dict[str, Any], in_force: Playbook, at: str) -> Playbook:
    try:
        return proposed(document, in_force)
    except Refused as refused:
        errors = [FieldError(at + fault.pointer, fault.detail) for fault in refused.faults]
        detail = errors[0].detail if len(errors) == 1 else None
        raise PlaybookInvalid(detail, errors=errors) from None


def replace(
    conn: Connection, me: Me, document: dict[str, Any], *, if_match: str | None = None, now: datetime
) -> dict[str, Any]:
    """Keep a new version for the encounters to come. Raises PlaybookInvalid.

    The rules already in force give none, on whatever version they were based: a change whose answer was lost may be
    sent again (RFC 9110, section 13.1.1).
    """
    row = NEWEST.first(conn, {"owner_id": me.owner_id})
    in_force = BUILT_IN if row is None else _parsed(row["document"])
    playbook = _accepted(document, in_force, "#")
    if playbook == with_left_out(in_force):
        return _shown(in_force)
    check_match(if_match, in_force.version, lambda: _shown(in_force))
    number = 1 if row is None else row["number"] + 1
    encoded = encode_playbook(playbook) | {"version": f"mine-{number}"}
    values = {
        "owner_id": me.owner_id,
        "number": number,
        "document": orjson.dumps(encoded).decode(),
        "created_at": now,
    }
    conn.execute(insert(PLAYBOOKS), values)
    return _shown(decode_playbook(encoded))
