"""Request bodies: what is JSON in UTF-8 and can be stored, and what is told about the rest."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.models import CONTACTS
from app.core.bodies import DEPTH_LIMIT, MERGE_PATCH, check_media_type, escape, media_types_of, parse_json
from app.core.problems import MOST_ERRORS, BadRequest, Invalid, UnsupportedMediaType
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.rows import count

NOT_JSON: dict[str, bytes] = {
    "nothing but spaces": b"  ",
    "cut off": b'{"text": "Dana',
    "two values": b"{}{}",
    "a trailing comma": b"[1,]",
    "single quotes": b"{'a': 1}",
    "a bare key": b"{a: 1}",
    "a comment": b"// Dana\n{}",
    "NaN": b"[NaN]",
    "Infinity": b"[-Infinity]",
    "a number beyond a double": b"1e400",
    "5,000 digits": b"9" * 5000,
    "a leading zero": b"01",
    "invalid UTF-8": b'"\xff"',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "Latin-1": b'"Jos\xe9"',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a control character": b'"\x01"',
    "an unknown escape": rb'"\x41"',
    "a bare word": b"Dana",
}


def nested(levels: int, inside: bytes = b"") -> bytes:
    return b"[" * levels + inside + b"]" * levels


@pytest.mark.parametrize("raw", NOT_JSON.values(), ids=NOT_JSON)
def test_what_is_not_json_in_utf_8_is_400_and_says_why(raw: bytes) -> None:
    with pytest.raises(BadRequest, match=r"^The body is not JSON in UTF-8: .+\.$"):
        parse_json(raw)


@pytest.mark.parametrize(
    "raw",
    [nested(DEPTH_LIMIT + 1), b'{"a":' * 200 + b"1" + b"}" * 200, nested(1024), nested(100_000), b"[" * 500_000],
    ids=["33 lists", "200 objects", "1,024 lists", "100,000 lists", "never closed"],
)
def test_a_body_nested_without_end_is_400(raw: bytes) -> None:
    with pytest.raises(BadRequest):
        parse_json(raw)


def test_what_is_nested_as_deep_as_is_taken_is_taken() -> None:
    assert parse_json(nested(DEPTH_LIMIT)) == json.loads(nested(DEPTH_LIMIT))


def test_many_brackets_are_not_many_levels() -> None:
    assert parse_json(b"[" + b",".join([b"[{}]"] * 10_000) + b"]") == [[{}]] * 10_000
    assert parse_json(json.dumps({"text": "[" * 10_000}).encode()) == {"text": "[" * 10_000}


@pytest.mark.parametrize(
    ("raw", "pointers"),
    [
        (r'"\ud800"', ["#"]),
        (r'{"text": "Dana \udfff"}', ["#/text"]),
        (r'{"promises": [{"what": "a"}, {"what": "\udc00"}], "text": "\ud800"}', ["#/text", "#/promises/1/what"]),
        (r'{"a/b": {"~": "\ud83d and no more"}}', ["#/a~1b/~0"]),
        (r'["\ud83d\ude00", "\ude00\ud83d"]', ["#/1"]),
    ],
)
def test_a_lone_surrogate_is_named_by_its_pointer(raw: str, pointers: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        parse_json(raw.encode())
    assert [error.pointer for error in refused.value.errors] == pointers


@pytest.mark.parametrize("levels", [DEPTH_LIMIT + 1, 500, 900, 990, 5000])
def test_a_lone_surrogate_however_deep_is_refused(levels: int) -> None:
    with pytest.raises((BadRequest, Invalid)):
        parse_json(nested(levels, rb'"\ud800"'))


def test_a_body_full_of_errors_is_told_the_first_hundred() -> None:
    with pytest.raises(Invalid) as refused:
        parse_json(b"[" + b",".join([rb'"\ud800"'] * 50_000) + b"]")
    assert len(refused.value.errors) == MOST_ERRORS
    assert len(bytes(refused.value.response().body)) < 10_000


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@pytest.mark.database("sqlite")
async def test_a_body_that_cannot_be_read_is_a_problem_and_stores_nothing(
    app: FastAPI, alice: ApiClient, subtests: pytest.Subtests
) -> None:
    bad = {**NOT_JSON, "nested": nested(5000), "surrogates": nested(990, rb'"\ud800"'), "nothing": b""}
    for what, raw in bad.items():
        for method, path in (("POST", "contacts"), ("PATCH", "me"), ("POST", "tasks/batch")):
            with subtests.test(what, path=path):
                address = f"{make.API}/{path}"
                answer = await alice.request(method, address, content=raw, headers={"Content-Type": "application/json"})
                check_problem(answer, 422 if what == "nothing" else 400)
    assert await count(app, CONTACTS) == 0
    assert (await make.get(alice, "me"))["name"] == alice.account["name"]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(value=JSON_VALUES, ascii_only=st.booleans())
def test_every_value_arrives_as_it_was_sent(value: Any, ascii_only: bool) -> None:
    assert parse_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(raw=st.binary(max_size=60) | st.text(st.sampled_from('[]{}",:\\ud8e1 \n'), max_size=60).map(str.encode))
def test_any_bytes_are_a_value_or_a_problem_with_a_sentence(raw: bytes) -> None:
    try:
        parse_json(raw)
    except (BadRequest, Invalid) as refused:
        problem = json.loads(bytes(refused.response().body))
    else:
        return
    assert problem["detail"].endswith(".")


@pytest.mark.parametrize(
    ("content_type", "method"),
    [
        ("application/json", "POST"),
        ("Application/JSON; charset=utf-8", "PUT"),
        (" application/json ;x", "PATCH"),
        (MERGE_PATCH, "PATCH"),
        (f"{MERGE_PATCH}; charset=utf-8", "PATCH"),
    ],
)
def test_json_is_taken_under_its_names(content_type: str, method: str) -> None:
    check_media_type(content_type, method, media_types_of({method}))


@pytest.mark.parametrize(
    ("content_type", "method"),
    [
        ("", "POST"),
        ("text/plain", "POST"),
        ("text/json", "POST"),
        ("application/x-www-form-urlencoded", "POST"),
        ("multipart/form-data; boundary=a", "POST"),
        ("application/jsonp", "POST"),
        ("application/json, text/plain", "POST"),
        ("application/json-patch+json", "PATCH"),
        (MERGE_PATCH, "POST"),
        (MERGE_PATCH, "PUT"),
    ],
)
def test_another_media_type_is_415_and_says_what_is_taken(content_type: str, method: str) -> None:
    with pytest.raises(UnsupportedMediaType, match="application/json") as refused:
        check_media_type(content_type, method, media_types_of({method}))
    assert ("Accept-Patch" in refused.value.headers) == (method == "PATCH")


@pytest.mark.parametrize(
    ("name", "token"), [("text", "text"), ("a/b", "a~1b"), ("~", "~0"), ("~1", "~01"), ("\ud800", "?"), ("", "")]
)
def test_a_pointer_names_a_member_as_rfc_6901_does(name: str, token: str) -> None:
    assert escape(name) == token
