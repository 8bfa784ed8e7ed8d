"""Around every request: its id, its host, a bounded body, headers that protect, and no leak when it fails."""

import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.contacts.models import CONTACTS
from app.core.config import Settings
from app.core.middleware import BODY_LIMIT, Envelope
from app.web import HEADERS
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.rows import count

pytestmark = pytest.mark.database("sqlite")

JSON = {"Content-Type": "application/json"}
PATH = f"{make.API}/contacts"


def padded(size: int) -> bytes:
    """A body of so many bytes that is right in itself."""
    body = json.dumps(make.contact()).encode()
    return body[:-1] + b" " * (size - len(body)) + b"}"


async def chunks(raw: bytes, size: int = 65_536) -> AsyncIterator[bytes]:
    for start in range(0, len(raw), size):
        yield raw[start : start + size]


async def test_a_body_of_one_mebibyte_is_taken(alice: ApiClient) -> None:
    for content in (padded(BODY_LIMIT), chunks(padded(BODY_LIMIT))):
        answer = await alice.post(PATH, content=content, headers=JSON)
        assert answer.status_code == httpx.codes.CREATED


async def test_one_byte_more_is_413_whether_it_is_announced_or_not(app: FastAPI, alice: ApiClient) -> None:
    too_large = padded(BODY_LIMIT + 1)
    lying = {**JSON, "Content-Length": "10"}
    for content, headers in ((too_large, JSON), (chunks(too_large), JSON), (chunks(too_large), lying)):
        answer = await alice.post(PATH, content=content, headers=headers)
        assert "1,048,576" in check_problem(answer, 413)["detail"]
    assert await count(app, CONTACTS) == 0


async def test_no_more_of_a_large_body_is_read_than_is_taken(app: FastAPI, alice: ApiClient) -> None:
    sent = 0

    async def without_end() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65_536
            yield b" " * 65_536

    check_problem(await alice.post(PATH, content=without_end(), headers=JSON), 413)
    assert sent <= BODY_LIMIT + 2 * 65_536


@pytest.mark.parametrize(("length", "status"), [("ten", 400), ("-1", 400), ("1e3", 400), ("", 400), ("9" * 5000, 413)])
async def test_a_content_length_that_is_none_is_told(alice: ApiClient, length: str, status: int) -> None:
    answer = await alice.post(PATH, content=chunks(b"{}"), headers={**JSON, "Content-Length": length})
    check_problem(answer, status)


async def test_every_answer_has_an_id_of_its_own_and_the_headers_that_protect(api: ApiClient, alice: ApiClient) -> None:
    answers = [
        await alice.get(PATH),
        await alice.post(PATH, json={}),
        await alice.post(PATH, content=padded(BODY_LIMIT + 1), headers=JSON),
        await api.get(PATH),
        await api.get("/api/v1/nothing"),
        await api.get("/"),
        await api.get("/healthz"),
        await api.get("/nothing.js"),
    ]
    assert len({answer.headers["x-request-id"] for answer in answers}) == len(answers)
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "server" not in answer.headers


async def test_what_the_api_answers_is_stored_nowhere_on_the_way(api: ApiClient, alice: ApiClient) -> None:
    for answer in (await alice.get(PATH), await api.get(PATH), await api.get("/api/v1/nothing")):
        assert answer.headers["cache-control"] == "no-store"
    assert (await api.get("/")).headers["cache-control"] == "no-cache"


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """With the host names a test asks for."""
    return replace(settings, allowed_hosts=getattr(request, "param", settings.allowed_hosts))


NAMED = pytest.mark.parametrize("settings", [("sundown.example", "[::1]")], indirect=True)


@NAMED
@pytest.mark.parametrize("host", ["sundown.example", "Sundown.Example", "sundown.example:8600", "[::1]", "[::1]:8600"])
async def test_a_host_that_is_listed_is_answered(api: ApiClient, host: str) -> None:
    assert (await api.get("/", headers={"Host": host})).status_code == httpx.codes.OK


@NAMED
@pytest.mark.parametrize(
    "host", ["", "other.example", "sundown.example.other.example", "xsundown.example", "::1", "[::1", "[::2]", "\xff"]
)
async def test_another_host_is_refused_before_anything_runs(api: ApiClient, host: str) -> None:
    headers: Any = {"Host": host.encode("latin-1")}
    for path in ("/", PATH, "/healthz/", "/api/v1/nothing"):
        answer = await api.get(path, headers=headers)
        assert check_problem(answer, 400)["type"] == "/problems/unknown-host"
        assert answer.headers["x-request-id"]
    for path in ("/healthz", "/readyz"):
        assert (await api.get(path, headers=headers)).is_success, "asked by the machine itself, under any name"


@pytest.mark.parametrize("host", ["[::1", "a b@c:99999999", "½[", "a/b?c#d", "x" * 10_000])
async def test_a_host_that_cannot_be_is_no_failure_of_ours(alice: ApiClient, host: str) -> None:
    headers: Any = {"Host": host.encode("latin-1"), **JSON}
    del alice.headers["Sec-Fetch-Site"]
    for method, path in (("GET", f"{PATH}?limit=1"), ("POST", PATH), ("GET", "/api/v1/nothing"), ("GET", "/")):
        answer = await alice.request(method, path, headers=headers, content=b"{}" if method == "POST" else None)
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR


async def test_a_failure_is_500_that_leaks_nothing_and_is_logged_under_the_id_that_is_told(
    app: FastAPI, client: Callable[..., ApiClient], caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a lantern at /srv/secret fell on SELECT password")

    user = await client(raise_app_exceptions=False).sign_up(**make.account())
    app.state.passwords.hash = break_down
    with caplog.at_level(logging.ERROR):
        answer = await user.post(f"{make.API}/accounts", json=make.account(email="dora@mail.example"))
    problem = check_problem(answer, 500)
    assert not [word for word in ("lantern", "secret", "SELECT", "ZeroDivision", "Traceback") if word in answer.text]
    assert problem["type"] == "/problems/internal"
    assert answer.headers["x-content-type-options"] == "nosniff"
    (record,) = caplog.records
    assert answer.headers["x-request-id"] in record.getMessage()
    assert "a lantern at /srv/secret fell" in caplog.text
    assert (await user.get(PATH)).is_success


async def enveloped(app: ASGIApp, *messages: Message) -> list[Message]:
    """What the envelope sends when `app` is inside it and the client sends `messages`."""
    waiting, sent = list(messages), []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": "/api/v1/contacts", "headers": []}
    await Envelope(app, allowed_hosts=("*",), headers=HEADERS)(scope, receive, send)
    return sent


async def test_a_client_that_goes_away_is_neither_answered_nor_a_failure(
    app: FastAPI, alice: ApiClient, caplog: pytest.LogCaptureFixture
) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in alice.cookies.items()).encode()
    headers = [(b"cookie", cookie), (b"sec-fetch-site", b"same-origin"), (b"content-type", b"application/json")]
    waiting: list[Message] = [
        {"type": "http.request", "body": b'{"name": "Dana"', "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": PATH, "headers": headers, "query_string": b""}
    await app(scope, receive, send)
    assert (sent, caplog.records) == ([], [])
    assert await count(app, CONTACTS) == 0


async def test_an_answer_that_breaks_off_is_not_answered_twice(caplog: pytest.LogCaptureFixture) -> None:
    async def breaks_off(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError

    sent = await enveloped(breaks_off)
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert "ZeroDivisionError" in caplog.text


async def test_what_an_answer_says_itself_is_left_alone() -> None:
    answer = PlainTextResponse("a", headers={"Cache-Control": "max-age=60", "Referrer-Policy": "origin"})
    headers = dict((await enveloped(answer))[0]["headers"])
    assert (headers[b"cache-control"], headers[b"referrer-policy"]) == (b"max-age=60", b"origin")


async def test_what_is_no_request_passes_through() -> None:
    seen: list[str] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def nothing(*_: object) -> Any:
        raise AssertionError("not called")

    await Envelope(inner, allowed_hosts=("sundown.example",), headers={})({"type": "lifespan"}, nothing, nothing)
    assert seen == ["lifespan"]
