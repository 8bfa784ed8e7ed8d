"""Signed in with a cookie: what it looks like, how long it holds, and where else one is signed in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.accounts.models import SESSIONS
from app.core.config import Settings
from app.core.security import digest
from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient
from tests.support.clock import FrozenClock

SESSION = f"{make.API}/session"
NINETY_DAYS = timedelta(days=90)
RIGHT = {"email": ALICE["email"], "password": PASSWORD}


def cookie_of(answer: httpx.Response) -> Morsel[str]:
    (morsel,) = SimpleCookie(answer.headers["set-cookie"]).values()
    return morsel


def check_cookie(answer: httpx.Response) -> None:
    """HttpOnly, Lax, for the whole site and for ninety days: closing the browser signs nobody out."""
    cookie = cookie_of(answer)
    assert cookie.key == "sundown_session"
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert timedelta(seconds=int(cookie["max-age"])) == NINETY_DAYS


async def test_signing_up_and_signing_in_set_a_cookie_that_stays(api: ApiClient) -> None:
    check_cookie(await api.post(f"{make.API}/accounts", json=make.account(**ALICE)))
    answer = await api.post(SESSION, json=RIGHT)
    assert answer.status_code == httpx.codes.CREATED
    check_cookie(answer)


@pytest.mark.parametrize(
    ("public_url", "base_url", "secure"),
    [
        (None, "http://192.168.1.20:8600", False),
        (None, "https://sundown.example", True),
        ("https://sundown.example", "http://127.0.0.1:8600", True),
        ("http://sundown.local", "https://sundown.local", False),
    ],
)
async def test_the_cookie_is_secure_under_https_only(
    client: Callable[..., ApiClient],
    app: FastAPI,
    settings: Settings,
    public_url: str | None,
    base_url: str,
    secure: bool,
) -> None:
    app.state.settings = replace(settings, public_url=public_url)
    phone = client()
    phone.base_url = base_url
    answer = await phone.post(f"{make.API}/accounts", json=make.account())
    assert bool(cookie_of(answer)["secure"]) is secure


async def test_the_secret_of_a_session_is_kept_as_its_digest_only(alice: ApiClient, app: FastAPI) -> None:
    secret = alice.cookies["sundown_session"]
    rows = await app.state.db.read(lambda conn: conn.execute(SESSIONS.select()).all())
    assert [row.secret_digest for row in rows] == [digest(secret)]
    assert secret not in str(rows)


async def test_a_session_in_use_holds_for_ninety_days_from_its_last_day_of_use(
    alice: ApiClient, clock: FrozenClock
) -> None:
    clock.advance(timedelta(hours=23))
    assert "set-cookie" not in (await alice.get(f"{make.API}/me")).headers, "not at every request"
    clock.advance(timedelta(hours=1))
    check_cookie(await alice.get(f"{make.API}/me"))
    assert "set-cookie" not in (await alice.get(f"{make.API}/me")).headers
    for _ in range(3):
        clock.advance(NINETY_DAYS - timedelta(seconds=1))
        check_cookie(await alice.get(f"{make.API}/me"))
    (session,) = (await make.get(alice, "sessions"))["items"]
    assert session["last_used_at"] == clock.now().isoformat().replace("+00:00", "Z")
    assert session["expires_at"] == (clock.now() + NINETY_DAYS).isoformat().replace("+00:00", "Z")


async def test_a_session_unused_for_ninety_days_is_over(alice: ApiClient, clock: FrozenClock) -> None:
    clock.advance(NINETY_DAYS)
    check_problem(await alice.get(f"{make.API}/me"), httpx.codes.UNAUTHORIZED)


async def test_signing_out_ends_the_session_and_takes_the_cookie_back(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    secret = alice.cookies["sundown_session"]
    clock.advance(timedelta(days=2))
    answer = await alice.delete(SESSION)
    assert answer.status_code == httpx.codes.NO_CONTENT
    assert cookie_of(answer)["max-age"] == "0"
    assert "sundown_session" not in alice.cookies
    thief = client(cookies={"sundown_session": secret})
    check_problem(await thief.get(f"{make.API}/me"), httpx.codes.UNAUTHORIZED)


@pytest.mark.parametrize("secret", ["", "session_nothing", "a" * 5000])
async def test_a_cookie_nobody_gave_out_is_401(client: Callable[..., ApiClient], secret: str) -> None:
    stranger = client(headers={"Cookie": f"sundown_session={secret}"})
    check_problem(await stranger.get(f"{make.API}/me"), httpx.codes.UNAUTHORIZED)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "another lantern"},
        {"password": PASSWORD.upper()},
        {"password": f"{PASSWORD} "},
        {"password": ""},
        {"email": "nobody@mail.example"},
        {"email": ""},
        {"email": "not an address"},
    ],
)
async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    alice: ApiClient, api: ApiClient, wrong: dict[str, Any]
) -> None:
    answer = await api.post(SESSION, json={**RIGHT, **wrong})
    problem = check_problem(answer, httpx.codes.UNAUTHORIZED)
    assert problem["detail"] == "The e-mail address or the password is not right."
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("typed", ["jos\u00e9@mail.example", " JOSE\u0301@Mail.Example "])
async def test_the_address_may_be_typed_in_any_case_and_composition(
    client: Callable[..., ApiClient], typed: str
) -> None:
    await client().sign_up(**make.account(email="jos\u00e9@mail.example"))
    answer = await client().post(SESSION, json={"email": typed, "password": PASSWORD})
    assert answer.status_code == httpx.codes.CREATED


async def test_an_unknown_address_costs_a_hash_too(alice: ApiClient, api: ApiClient, app: FastAPI) -> None:
    class Counting:
        def __init__(self, real: Any) -> None:
            self.real, self.verified = real, 0

        def verify(self, password: str, stored: str) -> bool:
            self.verified += 1
            return self.real.verify(password, stored)

    counting = app.state.passwords._hash = Counting(app.state.passwords._hash)
    for number, email in enumerate((ALICE["email"], "nobody@mail.example"), start=1):
        answer = await api.post(SESSION, json={"email": email, "password": "another lantern"})
        check_problem(answer, httpx.codes.UNAUTHORIZED)
        assert counting.verified == number


async def test_sessions_say_where_one_is_signed_in(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    clock.advance(timedelta(seconds=1))
    phone = client(headers={"User-Agent": "A phone"})
    await phone.post(SESSION, json=RIGHT)
    for asking, current in ((alice, [True, False]), (phone, [False, True])):
        items = (await make.get(asking, "sessions"))["items"]
        assert [item["current"] for item in items] == current
        assert items[1]["user_agent"] == "A phone"
        assert "secret" not in str(items)
        assert "digest" not in str(items)


async def test_a_session_elsewhere_can_be_ended(alice: ApiClient, client: Callable[..., ApiClient]) -> None:
    phone = client()
    await phone.post(SESSION, json=RIGHT)
    (other,) = [item for item in (await make.get(alice, "sessions"))["items"] if not item["current"]]
    await make.remove(alice, f"sessions/{other['id']}")
    check_problem(await phone.get(f"{make.API}/me"), httpx.codes.UNAUTHORIZED)
    check_problem(await alice.delete(f"{make.API}/sessions/{other['id']}"), httpx.codes.NOT_FOUND)
    assert (await alice.get(f"{make.API}/me")).is_success


async def test_sessions_that_are_over_are_not_listed(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    clock.advance(timedelta(days=89))
    phone = client()
    await phone.post(SESSION, json=RIGHT)
    clock.advance(timedelta(days=2))
    assert [item["current"] for item in (await make.get(phone, "sessions"))["items"]] == [True]


async def test_a_user_agent_of_any_length_and_bytes_signs_in(alice: ApiClient, api: ApiClient) -> None:
    strange = [(b"user-agent", b"\xff\xfe " + b"x" * 4000)]
    answer = await api.post(SESSION, json=RIGHT, headers=strange)
    assert answer.status_code == httpx.codes.CREATED
    (current,) = [item for item in (await make.get(api, "sessions"))["items"] if item["current"]]
    assert len(current["user_agent"]) == 200


@pytest.mark.parametrize("name", ["email", "password"])
async def test_what_cannot_be_stored_is_named(api: ApiClient, name: str) -> None:
    answer = await api.post(SESSION, json={**RIGHT, name: "a\x00b"})
    check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
    assert pointers(answer) == [f"#/{name}"]
