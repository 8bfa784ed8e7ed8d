"""Keyset pages: `after` is where the last page ended, opaque to the client. No offset, no total."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, bindparam

from app.core.prepared import Prepared, Row
from app.core.problems import Invalid

DEFAULT_LIMIT, MAX_LIMIT = 50, 200


@dataclass(frozen=True, slots=True)
class Page:
    """`items` and the opaque value of the next page, None on the last one."""

    items: list[dict[str, Any]]
    next: str | None


def encode_cursor(*keys: str | datetime) -> str:
    """The opaque value for a row's sort keys."""
    return base64.urlsafe_b64encode(orjson.dumps(keys, option=orjson.OPT_UTC_Z)).decode().rstrip("=")


def decode_cursor(after: str, *kinds: type[str] | type[datetime]) -> list[Any]:
    """The sort keys behind `after`, one of each kind; Invalid for anything this server did not give out."""
    try:
        keys = orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if not isinstance(keys, list) or len(keys) != len(kinds) or not all(isinstance(key, str) for key in keys):
            raise ValueError(after)
        return [_instant(key) if kind is datetime else _text(key) for key, kind in zip(keys, kinds, strict=True)]
    except (ValueError, binascii.Error):
        raise unknown_cursor() from None


def _instant(key: str) -> datetime:
    instant = datetime.fromisoformat(key)
    if instant.tzinfo is None or instant.year in (MINYEAR, MAXYEAR):
        raise ValueError(key)
    return instant.astimezone(UTC)


def _text(key: str) -> str:
    if "\x00" in key:
        raise ValueError(key)
    return key


def unknown_cursor() -> Invalid:
    return Invalid.at("?after", "Take `after` from the `next` of an earlier page.")


def page_of(
    rows: list[Row], limit: int, cursor: Callable[[Row], str], shape: Callable[[Row], dict[str, Any]] | None = None
) -> Page:
    """The first `limit` of up to `limit + 1` rows; one more row means there is a next page."""
    items = rows[:limit] if shape is None else [shape(row) for row in rows[:limit]]
    return Page(items, cursor(rows[limit - 1]) if len(rows) > limit else None)


def by_id(statement: Any, column: ColumnElement[str]) -> Any:
    """The statement as one keyset page in order of `column`, bound by `after_id` and `rows`."""
    return statement.where(column > bindparam("after_id")).order_by(column).limit(bindparam("rows"))


def id_page(conn: Connection, statement: Prepared, values: dict[str, Any], limit: int, after: str | None) -> Page:
    """Run a `by_id` statement; its rows carry an `id`."""
    after_id = decode_cursor(after, str)[0] if after is not None else ""
    rows = statement.all(conn, {**values, "after_id": after_id, "rows": limit + 1})
    return page_of(rows, limit, lambda row: encode_cursor(row["id"]))
