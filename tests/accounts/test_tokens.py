"""Bearer tokens for other programs: shown once, kept as a digest, until they expire or are revoked."""

from collections.abc import Callable
from datetime import timedelta

import httpx
from fastapi import FastAPI

from app.accounts.models import TOKENS
from app.core.security import digest
from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

UNAUTHORIZED = httpx.codes.UNAUTHORIZED


async def test_the_secret_is_shown_once_and_kept_as_its_digest_only(alice: ApiClient, app: FastAPI) -> None:
    made = await make.add(alice, "tokens", {"name": "The shortcut", "scope": "capture"})
    listed = await make.get(alice, "tokens")
    assert listed["items"] == [{name: value for name, value in made.items() if name != "token"}]
    rows = await app.state.db.read(lambda conn: conn.execute(TOKENS.select()).all())
    assert [row.secret_digest for row in rows] == [digest(made["token"])]
    assert made["token"] not in str(rows)


async def test_creating_a_token_twice_under_one_key_gives_two(alice: ApiClient) -> None:
    body = {"name": "The shortcut", "scope": "capture"}
    first, second = [
        (await alice.post(f"{make.API}/tokens", json=body, headers={"Idempotency-Key": "one"})).json() for _ in range(2)
    ]
    assert first["token"] != second["token"], "an answer with a secret is never stored"
    assert len((await make.get(alice, "tokens"))["items"]) == 2


async def test_a_token_holds_until_its_hour(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    program = client(headers=await make.token(alice, "read", expires_at=make.moment(days=1)))
    clock.advance(timedelta(days=1, seconds=-1))
    assert (await program.get(f"{make.API}/me")).is_success
    clock.advance(timedelta(seconds=1))
    check_problem(await program.get(f"{make.API}/me"), UNAUTHORIZED)


async def test_without_an_hour_a_token_holds(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    program = client(headers=await make.token(alice, "read", expires_at=None))
    clock.advance(timedelta(days=3650))
    assert (await program.get(f"{make.API}/me")).is_success


async def test_a_token_that_would_be_over_at_once_is_not_made(alice: ApiClient) -> None:
    for past in (make.moment(), make.moment(days=-1)):
        answer = await alice.post(f"{make.API}/tokens", json={"name": "x", "scope": "read", "expires_at": past})
        check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
        assert pointers(answer) == ["#/expires_at"]


async def test_a_token_tells_the_hour_it_was_last_used(
    alice: ApiClient, client: Callable[..., ApiClient], clock: FrozenClock
) -> None:
    program = client(headers=await make.token(alice, "read"))

    async def last_used() -> str | None:
        (item,) = (await make.get(alice, "tokens"))["items"]
        return item["last_used_at"]

    assert await last_used() is None
    for after, expected in ((0, "15:00"), (29, "15:00"), (31, "16:00"), (29, "16:00"), (31, "17:00")):
        clock.advance(timedelta(minutes=after))
        await program.get(f"{make.API}/me")
        assert await last_used() == f"2026-03-03T{expected}:00Z"


async def test_a_revoked_token_is_over_at_once(alice: ApiClient, client: Callable[..., ApiClient]) -> None:
    made = await make.add(alice, "tokens", {"name": "The shortcut", "scope": "write"})
    program = client(headers={"Authorization": f"Bearer {made['token']}"})
    assert (await program.get(f"{make.API}/me")).is_success
    await make.remove(alice, f"tokens/{made['id']}")
    check_problem(await program.get(f"{make.API}/me"), UNAUTHORIZED)
    check_problem(await alice.delete(f"{make.API}/tokens/{made['id']}"), httpx.codes.NOT_FOUND)


async def test_the_word_bearer_may_be_written_in_any_case(alice: ApiClient, client: Callable[..., ApiClient]) -> None:
    made = await make.add(alice, "tokens", {"name": "The shortcut", "scope": "read"})
    for scheme in ("Bearer", "bearer", "BEARER"):
        program = client(headers={"Authorization": f"{scheme} {made['token']}"})
        assert (await program.get(f"{make.API}/me")).is_success


async def test_a_token_outlives_the_sessions_and_the_password(
    alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    program = client(headers=await make.token(alice, "read"))
    await alice.delete(f"{make.API}/session")
    assert (await program.get(f"{make.API}/me")).is_success
