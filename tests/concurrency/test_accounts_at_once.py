"""Twelve at once at the door: accounts, invites, addresses and passwords, where no owner's row is there to lock."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.accounts.models import ACCOUNTS, FAILURES, INVITES, PROFILES, SESSIONS
from app.accounts.service import create_invite
from app.core.config import Settings
from app.models import METADATA
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient
from tests.support.clock import DEFAULT_NOW
from tests.support.rows import count, stored

CROWD = 12


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """With the mode of sign-up a test asks for, and connections enough for everybody at once."""
    return replace(settings, signup=getattr(request, "param", "open"), pool_size=2 * CROWD)


async def at_once(*requests: Any) -> Counter[int]:
    answers: list[httpx.Response] = await asyncio.gather(*requests)
    return Counter(answer.status_code for answer in answers)


async def sign_up(client: ApiClient, number: int, **given: Any) -> httpx.Response:
    account = make.account(email=f"cara{number}@mail.example", **given)
    return await client.post(f"{make.API}/accounts", json=account)


async def one_account(app: FastAPI) -> bool:
    return [await count(app, table) for table in (ACCOUNTS, PROFILES, SESSIONS)] == [1, 1, 1]


@pytest.mark.parametrize("settings", ["first"], indirect=True)
async def test_the_first_account_is_one(app: FastAPI, client: Callable[..., ApiClient]) -> None:
    assert await at_once(*(sign_up(client(), number) for number in range(CROWD))) == {201: 1, 403: CROWD - 1}
    assert await one_account(app)


async def test_an_address_has_one_account(app: FastAPI, client: Callable[..., ApiClient]) -> None:
    spelled = ("Cara@Mail.example", "cara@mail.example")
    requests = [
        client().post(f"{make.API}/accounts", json=make.account(email=spelled[number % 2])) for number in range(CROWD)
    ]
    assert await at_once(*requests) == {201: 1, 409: CROWD - 1}
    assert await one_account(app)


@pytest.mark.parametrize("settings", ["invite"], indirect=True)
async def test_an_invite_is_spent_once(app: FastAPI, client: Callable[..., ApiClient]) -> None:
    await app.state.db.write(create_invite, None, "abcde-fghjk", now=DEFAULT_NOW)
    requests = [sign_up(client(), number, invite="abcde-fghjk") for number in range(CROWD)]
    assert await at_once(*requests) == {201: 1, 403: CROWD - 1}
    assert await one_account(app)
    assert await count(app, INVITES) == 0


@pytest.mark.parametrize("settings", ["invite"], indirect=True)
async def test_an_invite_is_not_spent_on_an_address_that_is_taken(
    app: FastAPI, client: Callable[..., ApiClient]
) -> None:
    for code in ("abcde-fghjk", "bcdef-ghjkm"):
        await app.state.db.write(create_invite, None, code, now=DEFAULT_NOW)
    assert (await sign_up(client(), 1, invite="bcdef-ghjkm")).status_code == httpx.codes.CREATED
    requests = [sign_up(client(), 1, invite="abcde-fghjk") for _ in range(CROWD)]
    assert await at_once(*requests) == {409: CROWD}
    assert await count(app, INVITES) == 1


async def test_an_address_is_moved_to_by_one(app: FastAPI, client: Callable[..., ApiClient]) -> None:
    users = [await client().sign_up(**make.account(email=f"user{number}@mail.example")) for number in range(CROWD)]
    wanted = {"email": "cara@mail.example"}
    moves = [user.patch(f"{make.API}/me", json=wanted) for user in users[:-1]]
    answers = await at_once(*moves, client().post(f"{make.API}/accounts", json=make.account(**wanted)))
    assert sum(number for status, number in answers.items() if status in (200, 201)) == 1
    assert answers[409] == CROWD - 1
    kept = [row["email"] for row in await stored(app, ACCOUNTS)]
    assert kept.count(wanted["email"]) == 1


async def test_ten_wrong_passwords_at_once_are_ten_and_not_twelve(
    app: FastAPI, alice: ApiClient, api: ApiClient
) -> None:
    wrong = {"email": ALICE["email"], "password": "not the lantern"}
    requests = [api.post(f"{make.API}/session", json=wrong) for _ in range(CROWD + 8)]
    assert await at_once(*requests) == {401: 10, 429: CROWD - 2}
    assert await count(app, FAILURES) == 20, "each against the account and the address"


async def test_a_deleted_account_leaves_nothing_whatever_came_at_the_same_time(
    app: FastAPI, alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    person = await make.add(alice, "contacts", make.contact())
    credentials = {"email": ALICE["email"], "password": PASSWORD}
    key = {"Idempotency-Key": "k"}
    writes = [
        *(alice.post(f"{make.API}/captures", json=make.capture(), headers=key) for _ in range(4)),
        *(alice.post(f"{make.API}/captures", json=make.capture()) for _ in range(4)),
        *(alice.post(f"{make.API}/tasks", json=make.task(person["id"])) for _ in range(4)),
        *(alice.patch(f"{make.API}/me", json={"phone": "1"}) for _ in range(4)),
        *(alice.get(f"{make.API}/upcoming") for _ in range(4)),
        *(client().post(f"{make.API}/session", json=credentials) for _ in range(4)),
        *(alice.post(f"{make.API}/tokens", json={"name": "A", "scope": "read"}) for _ in range(4)),
    ]
    answers = await at_once(*writes[::2], alice.delete(f"{make.API}/me"), *writes[1::2])
    assert answers.keys() <= {200, 201, 204, 401, 404, 422}
    assert answers[204] == 1
    left = {table.name: await count(app, table) for table in METADATA.sorted_tables}
    assert {name for name, rows in left.items() if rows} <= {"instance", "sign_in_failures"}


async def test_an_archive_is_taken_over_once(app: FastAPI, alice: ApiClient, bob: ApiClient) -> None:
    await make.add(alice, "captures", make.capture())
    archive = (await alice.get(f"{make.API}/me/export")).json()
    imports = [bob.post(f"{make.API}/me/import", json=archive) for _ in range(CROWD)]
    answers = await at_once(*imports)
    assert answers[200] == 1
    assert answers.keys() <= {200, 409, 503}
    assert len((await make.get(bob, "encounters"))["items"]) == 1


async def test_sign_outs_everywhere_and_sign_ins_do_not_disturb_each_other(
    alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    credentials = {"email": ALICE["email"], "password": PASSWORD}
    phones = [client(headers={"Sec-Fetch-Site": "same-origin"}) for _ in range(8)]
    assert await at_once(*(phone.post(f"{make.API}/session", json=credentials) for phone in phones)) == {201: 8}
    ends = [phone.delete(f"{make.API}/session") for phone in phones]
    assert await at_once(*ends) == {204: 8}
    assert [session["current"] for session in (await make.get(alice, "sessions"))["items"]] == [True]
