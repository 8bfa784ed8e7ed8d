"""Who may make an account: SUNDOWN_SIGNUP, the setup code, and what a new account is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.accounts import service
from app.accounts.models import INVITES
from app.core.config import Settings
from app.core.security import digest
from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import PASSWORD, ApiClient
from tests.support.clock import FrozenClock

ACCOUNTS = f"{make.API}/accounts"
CREATED, FORBIDDEN, CONFLICT = httpx.codes.CREATED, httpx.codes.FORBIDDEN, httpx.codes.CONFLICT
CODE, INVITE = "abcde-fghjk", "qrstu-vwxyz"


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return replace(settings, **request.param)


def under(**chosen: Any) -> pytest.MarkDecorator:
    """The settings a test runs under."""
    return pytest.mark.parametrize("settings", [chosen], indirect=True, ids=[" ".join(map(str, chosen.values()))])


async def invite(app: FastAPI, clock: FrozenClock) -> None:
    await app.state.db.write(service.create_invite, None, INVITE, now=clock.now())


@under(signup="first")
async def test_with_first_the_first_to_come_has_the_only_account(client: Callable[..., ApiClient]) -> None:
    assert (await client().post(ACCOUNTS, json=make.account())).status_code == CREATED
    answer = await client().post(ACCOUNTS, json=make.account(email="dan@mail.example"))
    assert check_problem(answer, FORBIDDEN)["type"] == "/problems/sign-up-closed"


@under(signup="first")
async def test_with_first_of_many_at_once_exactly_one_gets_in(client: Callable[..., ApiClient]) -> None:
    bodies = [make.account(email=f"person{number}@mail.example") for number in range(12)]
    answers = await asyncio.gather(*(client().post(ACCOUNTS, json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [CREATED, *[FORBIDDEN] * 11]


@under(signup="closed")
async def test_with_closed_nobody_gets_in(api: ApiClient) -> None:
    answer = await api.post(ACCOUNTS, json=make.account())
    assert check_problem(answer, FORBIDDEN)["type"] == "/problems/sign-up-closed"


@under(signup="open")
async def test_with_open_everybody_gets_in_and_sees_their_own(client: Callable[..., ApiClient]) -> None:
    for email in ("cara@mail.example", "dan@mail.example"):
        person = await client().sign_up(**make.account(email=email))
        assert (await make.get(person, "me"))["email"] == email


@under(signup="invite")
async def test_with_invite_a_code_lets_one_person_in(
    client: Callable[..., ApiClient], app: FastAPI, clock: FrozenClock
) -> None:
    await invite(app, clock)
    for wrong in ({}, {"invite": None}, {"invite": ""}, {"invite": "wrong-codes"}):
        answer = await client().post(ACCOUNTS, json=make.account(**wrong))
        assert check_problem(answer, FORBIDDEN)["type"] == "/problems/invite-needed"
    assert (await client().post(ACCOUNTS, json=make.account(invite=f" {INVITE} "))).status_code == CREATED
    again = await client().post(ACCOUNTS, json=make.account(email="dan@mail.example", invite=INVITE))
    check_problem(again, FORBIDDEN)


@under(signup="invite")
async def test_an_invite_is_not_spent_on_an_account_that_was_not_made(
    client: Callable[..., ApiClient], app: FastAPI, clock: FrozenClock
) -> None:
    await invite(app, clock)
    await app.state.db.write(service.create_invite, None, "another-one", now=clock.now())
    assert (await client().post(ACCOUNTS, json=make.account(invite="another-one"))).status_code == CREATED
    check_problem(await client().post(ACCOUNTS, json=make.account(invite=INVITE)), CONFLICT)
    other = make.account(email="dan@mail.example", invite=INVITE)
    assert (await client().post(ACCOUNTS, json=other)).status_code == CREATED


@under(signup="invite")
async def test_an_invite_is_kept_as_its_digest_only(app: FastAPI, clock: FrozenClock) -> None:
    await invite(app, clock)
    rows = await app.state.db.read(lambda conn: conn.execute(INVITES.select()).all())
    assert [row.code_digest for row in rows] == [digest(INVITE)]


@under(signup="first", setup_code=CODE)
async def test_where_a_setup_code_was_printed_it_has_to_be_entered(api: ApiClient) -> None:
    for wrong in ({}, {"setup_code": None}, {"setup_code": ""}, {"setup_code": "abcde-fghjj"}):
        answer = await api.post(ACCOUNTS, json=make.account(**wrong))
        assert check_problem(answer, FORBIDDEN)["type"] == "/problems/setup-code-needed"
    assert (await api.post(ACCOUNTS, json=make.account(setup_code=f"{CODE} "))).status_code == CREATED


@under(signup="open")
async def test_signing_up_signs_in(api: ApiClient) -> None:
    answer = await api.post(ACCOUNTS, json=make.account())
    assert answer.status_code == CREATED
    assert answer.json() == await make.get(api, "me")
    assert answer.headers["etag"] == (await api.get(f"{make.API}/me")).headers["etag"]
    assert "password" not in answer.text


@under(signup="open")
async def test_a_new_account_has_the_evening_boundary_and_the_sun(api: ApiClient) -> None:
    account = (await api.post(ACCOUNTS, json=make.account())).json()
    assert account["day_boundary"] == "04:00"
    assert account["sundown_at"] is None
    assert account["timezone"] == make.ZONE
    assert {account[name] for name in ("phone", "latitude", "quiet_hours", "minutes_an_evening")} == {None}


@under(signup="open")
async def test_one_address_has_one_account_however_it_is_typed(client: Callable[..., ApiClient]) -> None:
    await client().sign_up(**make.account(email="jos\u00e9@mail.example"))
    for same in ("jos\u00e9@mail.example", "JOS\u00c9@MAIL.EXAMPLE", "jose\u0301@mail.example"):
        answer = await client().post(ACCOUNTS, json=make.account(email=same))
        assert check_problem(answer, CONFLICT)["type"] == "/problems/email-taken"


@under(signup="open")
@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"email": "cara"}, "#/email"),
        ({"email": "cara@"}, "#/email"),
        ({"email": "cara@mail.example\x00"}, "#/email"),
        ({"email": f"{'c' * 400}@mail.example"}, "#/email"),
        ({"email": None}, "#/email"),
        ({"password": "1234567"}, "#/password"),
        ({"password": "p" * 1001}, "#/password"),
        ({"password": None}, "#/password"),
        ({"name": " "}, "#/name"),
        ({"name": "n" * 201}, "#/name"),
        ({"timezone": "Europe/Lisboa"}, "#/timezone"),
        ({"admin": True}, "#/admin"),
        ({"setup_code": 7}, "#/setup_code"),
    ],
)
async def test_what_is_not_right_is_named(api: ApiClient, wrong: dict[str, Any], pointer: str) -> None:
    answer = await api.post(ACCOUNTS, json=make.account(**wrong))
    check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
    assert pointers(answer) == [pointer]
    assert "set-cookie" not in answer.headers


@under(signup="open")
async def test_when_too_many_passwords_wait_to_be_hashed_the_next_is_asked_to_come_back(
    client: Callable[..., ApiClient], app: FastAPI
) -> None:
    passwords = app.state.passwords
    await passwords._turn.acquire()
    await passwords._turn.acquire()
    waiting = [asyncio.create_task(passwords.hash(PASSWORD)) for _ in range(32)]
    await asyncio.sleep(0)
    answer = await client().post(ACCOUNTS, json=make.account())
    check_problem(answer, httpx.codes.SERVICE_UNAVAILABLE)
    assert int(answer.headers["retry-after"]) > 0
    passwords._turn.release()
    passwords._turn.release()
    await asyncio.gather(*waiting)
    assert (await client().post(ACCOUNTS, json=make.account())).status_code == CREATED


@under(signup="open")
async def test_an_account_is_made_at_the_hour_of_the_server(api: ApiClient, clock: FrozenClock) -> None:
    clock.advance(timedelta(hours=1))
    account = (await api.post(ACCOUNTS, json=make.account())).json()
    assert account["created_at"] == account["updated_at"] == "2026-03-03T16:30:00Z"
