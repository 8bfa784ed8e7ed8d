"""Ten failed sign-ins in fifteen minutes, per account and per address; then one waits."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from app.core.config import Settings
from app.main import create_app
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient
from tests.support.clock import FrozenClock

SESSION = f"{make.API}/session"
CREATED, UNAUTHORIZED = httpx.codes.CREATED, httpx.codes.UNAUTHORIZED
TOO_MANY = httpx.codes.TOO_MANY_REQUESTS


async def sign_in(client: ApiClient, email: str = ALICE["email"], password: str = PASSWORD) -> httpx.Response:
    return await client.post(SESSION, json={"email": email, "password": password})


async def fail(client: ApiClient, times: int, email: str = ALICE["email"]) -> None:
    for _ in range(times):
        check_problem(await sign_in(client, email, "another lantern"), UNAUTHORIZED)


def check_refused(answer: httpx.Response, seconds: int) -> None:
    check_problem(answer, TOO_MANY)
    assert int(answer.headers["retry-after"]) == seconds


async def test_the_eleventh_try_at_one_account_waits_wherever_it_comes_from(
    alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    for number in range(10):
        await fail(client(address=f"192.0.2.{number}"), 1)
    check_refused(await sign_in(client(address="192.0.2.99")), 901)
    check_refused(await sign_in(client(address="192.0.2.98"), email=" ALICE@mail.example"), 901)


async def test_the_eleventh_try_from_one_address_waits_whoever_it_is_for(
    alice: ApiClient, bob: ApiClient, client: Callable[..., ApiClient]
) -> None:
    attacker = client(address="192.0.2.1")
    for number in range(10):
        await fail(attacker, 1, f"person{number}@mail.example")
    check_refused(await sign_in(attacker), 901)
    assert (await sign_in(client(address="192.0.2.2"))).status_code == CREATED


async def test_after_the_wait_that_was_told_one_may_try_again(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    phone = client()
    await fail(phone, 1)
    clock.advance(timedelta(minutes=5))
    await fail(phone, 9)
    clock.advance(timedelta(minutes=3))
    refused = await sign_in(phone)
    check_refused(refused, 7 * 60 + 1)
    assert "8 minutes" in refused.json()["detail"]
    clock.advance(timedelta(seconds=7 * 60 - 1))
    check_refused(await sign_in(phone), 2)
    clock.advance(timedelta(seconds=2))
    assert (await sign_in(phone)).status_code == CREATED


async def test_being_refused_does_not_make_the_wait_longer(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    phone = client()
    await fail(phone, 10)
    for _ in range(20):
        check_problem(await sign_in(phone), TOO_MANY)
    clock.advance(timedelta(minutes=15))
    assert (await sign_in(phone)).status_code == CREATED


async def test_who_signs_in_well_is_never_asked_to_wait(alice: ApiClient, client: Callable[..., ApiClient]) -> None:
    phone = client()
    for _ in range(25):
        assert (await sign_in(phone)).status_code == CREATED


async def test_of_many_tries_at_once_no_more_than_ten_are_looked_at(
    alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    phone = client()
    answers = await asyncio.gather(*(sign_in(phone, password=f"guess number {number}") for number in range(30)))
    assert sorted(answer.status_code for answer in answers) == [UNAUTHORIZED] * 10 + [TOO_MANY] * 20


async def test_a_restart_forgets_no_failure(
    alice: ApiClient, client: Callable[..., ApiClient], settings: Settings, clock: FrozenClock
) -> None:
    await fail(client(), 10)
    restarted = create_app(settings, clock=clock)
    async with restarted.router.lifespan_context(restarted), ApiClient(restarted) as phone:
        check_refused(await sign_in(phone), 901)


async def test_changing_the_password_is_held_to_the_same_number(alice: ApiClient, clock: FrozenClock) -> None:
    wrong = {"current": "another lantern", "new": "a ladder, a letter and a lantern"}
    for _ in range(10):
        check_problem(await alice.put(f"{make.API}/me/password", json=wrong), httpx.codes.UNPROCESSABLE_ENTITY)
    right = wrong | {"current": PASSWORD}
    check_refused(await alice.put(f"{make.API}/me/password", json=right), 901)
    clock.advance(timedelta(minutes=16))
    assert (await alice.put(f"{make.API}/me/password", json=right)).is_success


@pytest.mark.parametrize("address", ["2001:db8::1", "192.0.2.7"])
async def test_what_is_counted_against_is_not_kept_readable(
    alice: ApiClient, client: Callable[..., ApiClient], address: str
) -> None:
    from app.accounts.models import FAILURES

    phone = client(address=address)
    await fail(phone, 1)
    app = phone._transport.app  # pyright: ignore[reportAttributeAccessIssue]
    kept = str(await app.state.db.read(lambda conn: conn.execute(FAILURES.select()).all()))
    assert address not in kept
    assert "alice" not in kept
