"""`GET /me/export`: everything about one account as one JSON archive, from one snapshot of the database."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, time
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, RowMapping, Select, bindparam, select

from app.accounts.me import Me
from app.core.problems import Unauthenticated
from app.transfer.archive import FORMAT, VERSION, Section, layout

# Small enough that a few rows never hold up other requests on the event loop.
AT_ONCE = 100
WITHOUT = frozenset({"pictures"})


def export(conn: Connection, me: Me, *, pictures: bool = True, now: datetime) -> bytes:
    """The archive in UTF-8, a row a line; see docs/export.md. It may be had without pictures, which are most of it."""
    return b"".join(_pieces(conn, me, frozenset() if pictures else WITHOUT, now))


def _pieces(conn: Connection, me: Me, left_out: frozenset[str], now: datetime) -> Iterator[bytes]:
    found = layout()
    profile = conn.execute(_statement(found.account), {"owner_id": me.owner_id}).mappings().first()
    if profile is None:
        raise Unauthenticated
    account = {"id": me.owner_id, **_shown(profile)}
    head = {"format": FORMAT, "version": VERSION, "exported_at": now, "account": account}
    yield _json(head)[:-1]
    for name, sections in (("rows", found.rows), ("access", found.access)):
        yield f',\n"{name}":'.encode()
        for index, section in enumerate(sections):
            yield f'{"," if index else "{"}\n"{section.name}":['.encode()
            if section.name not in left_out:
                yield b",".join(b"\n" + _json(row) for row in _rows(conn, me, section))
            yield b"]"
        yield b"}"
    yield b"}\n"


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z, default=_as_text)


def _as_text(value: Any) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _rows(conn: Connection, me: Me, section: Section) -> Iterator[dict[str, Any]]:
    options = {"yield_per": AT_ONCE}
    with conn.execute(_statement(section), {"owner_id": me.owner_id}, execution_options=options) as found:
        yield from map(_shown, found.mappings())


def _shown(row: RowMapping) -> dict[str, Any]:
    return {name: f"{value:%H:%M}" if isinstance(value, time) else value for name, value in row.items()}


@cache
def _statement(section: Section) -> Select[Any]:
    table = section.table
    mine = select(*section.columns).where(table.c.owner_id == bindparam("owner_id"))
    return mine.order_by(*table.primary_key.columns)
