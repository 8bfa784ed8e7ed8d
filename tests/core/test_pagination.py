"""Keyset pages: a cursor says where a page ended, and one this server did not give out is refused."""

import base64
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.pagination import decode_cursor, encode_cursor, page_of
from app.core.problems import Invalid

AT = datetime(2026, 3, 3, 15, 30, 0, 123456, tzinfo=UTC)
ID = "0190b5a2-7c1e-7000-8000-000000000001"
INSTANTS = st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year not in (MINYEAR, MAXYEAR))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).decode().rstrip("=")


@given(at=INSTANTS, text=TEXTS)
def test_a_cursor_gives_back_the_keys_it_was_made_of(at: datetime, text: str) -> None:
    after = encode_cursor(at, text)
    assert decode_cursor(after, datetime, str) == [at, text]
    assert set(after) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), "fit for an address"


def test_an_instant_comes_back_in_utc() -> None:
    assert decode_cursor(encode_cursor(AT.astimezone(timezone(timedelta(hours=5, minutes=45)))), datetime) == [AT]


@pytest.mark.parametrize(
    "after",
    [
        "",
        "x",
        "!!!",
        "é",
        ID,
        encode_cursor(AT),
        encode_cursor(AT, ID, ID),
        encode_cursor(ID, ID),
        encode_cursor(AT, ID)[:-3],
        encode_cursor(AT, ID) + "AAAA",
        cursor({"at": 1}),
        cursor([1, ID]),
        cursor([None, ID]),
        cursor([AT.timestamp(), ID]),
        cursor(["2026-03-03T15:30:00", ID]),
        cursor(["0001-01-01T00:00:00+14:00", ID]),
        cursor(["9999-12-31T23:59:59-14:00", ID]),
        cursor(["tomorrow", ID]),
        cursor([AT.isoformat(), "a\x00b"]),
        cursor("[" * 500),
    ],
)
def test_what_is_no_cursor_of_ours_is_refused(after: str) -> None:
    with pytest.raises(Invalid, match="next") as refused:
        decode_cursor(after, datetime, str)
    assert [error.pointer for error in refused.value.errors] == ["?after"]


@given(after=st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_any_text_is_a_cursor_or_refused(after: str) -> None:
    try:
        keys = decode_cursor(after, datetime, str)
    except Invalid:
        return
    assert [type(key) for key in keys] == [datetime, str]


@pytest.mark.parametrize(("stored", "shown", "more"), [(0, 0, False), (2, 2, False), (3, 3, False), (4, 3, True)])
def test_a_page_has_a_next_one_only_where_there_is_more(stored: int, shown: int, more: bool) -> None:
    page = page_of([{"number": number} for number in range(stored)], 3, lambda row: str(row["number"]))
    assert [item["number"] for item in page.items] == list(range(shown))
    assert page.next == ("2" if more else None)
