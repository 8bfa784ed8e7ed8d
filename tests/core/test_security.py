"""Secrets: what is kept of them cannot be used, and hashing passwords never takes the whole machine."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts.models import ACCOUNTS, INVITES, SESSIONS, TOKENS
from app.core.problems import Unavailable
from app.core.security import HASHING_WAITING, Passwords, digest, new_code, new_secret, same
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient
from tests.support.rows import stored

SIGN_IN = {"email": ALICE["email"], "password": PASSWORD}
STRANGER = {"email": "nobody@mail.example", "password": PASSWORD}


@contextmanager
def every_turn_taken(passwords: Passwords) -> Iterator[None]:
    """As if as many people as may wait were waiting to sign in."""
    passwords._waiting += HASHING_WAITING
    yield
    passwords._waiting -= HASHING_WAITING


def test_secrets_are_long_and_new_each_time() -> None:
    made = {new_secret("sundown") for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"sundown_[\w-]{43}", secret) for secret in made), "32 random bytes"


def test_codes_can_be_typed_from_a_screen() -> None:
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", code) for code in made)
    assert not set("".join(made)) & set("il1o0")


@pytest.mark.parametrize("text", ["", "a", "é", "\ud800"])
def test_secrets_are_compared_whatever_is_in_them(text: str) -> None:
    assert same(text, text)
    assert not same(text, text + "a")
    assert digest(text) != digest(text + "a")


async def test_no_secret_is_stored_as_it_is(app: FastAPI, alice: ApiClient) -> None:
    token = (await make.add(alice, "tokens", {"name": "A laptop", "scope": "read"}))["token"]
    cookie = alice.cookies["sundown_session"]
    kept = [str(row) for table in (ACCOUNTS, SESSIONS, TOKENS, INVITES) for row in await stored(app, table)]
    assert not [row for row in kept for secret in (token, cookie, PASSWORD) if secret in row]
    assert [row["secret_digest"] for row in await stored(app, TOKENS)] == [digest(token)]
    assert [row["secret_digest"] for row in await stored(app, SESSIONS)] == [digest(cookie)]
    assert [row["password_hash"].split("$")[1] for row in await stored(app, ACCOUNTS)] == ["argon2id"]


def test_passwords_are_hashed_as_dear_as_argon2_recommends() -> None:
    (_, kind, version, cost, *_), expected = Passwords("normal").hash_now("a").split("$"), "m=65536,t=3,p=4"
    assert (kind, version, cost) == ("argon2id", "v=19", expected)


@pytest.mark.parametrize("cost", ["normal", "test"])
def test_a_password_nobody_has_costs_what_a_real_one_costs(cost: str) -> None:
    passwords = Passwords(cost)
    assert passwords._nobody.split("$")[:4] == passwords.hash_now("a").split("$")[:4]


async def test_a_password_fits_its_own_hash_alone() -> None:
    passwords = Passwords("test")
    stored_hash = await passwords.hash(PASSWORD)
    assert await passwords.verify(PASSWORD, stored_hash)
    assert not await passwords.verify(PASSWORD.title(), stored_hash)
    assert not await passwords.verify(PASSWORD, None)
    assert stored_hash != await passwords.hash(PASSWORD), "salted"


class CountingHash(PasswordHash):
    """The real thing, which remembers how many were in it at once."""

    def __init__(self) -> None:
        super().__init__((Argon2Hasher(time_cost=1, memory_cost=16_384, parallelism=1),))
        self.inside = self.most = self.verified = 0

    def verify(self, password: Any, hash: Any) -> bool:  # noqa: A002 - the library's own name
        self.verified += 1
        self.inside += 1
        self.most = max(self.most, self.inside)
        fits = super().verify(password, hash)
        self.inside -= 1
        return fits


async def test_two_passwords_at_most_are_hashed_at_once_and_more_wait() -> None:
    passwords = Passwords("test")
    passwords._hash = counting = CountingHash()
    stored_hash = counting.hash(PASSWORD)
    answers = await asyncio.gather(*(passwords.verify(PASSWORD, stored_hash) for _ in range(HASHING_WAITING)))
    assert all(answers)
    assert 1 <= counting.most <= 2


async def test_one_more_than_may_wait_is_told_at_once_and_later_ones_are_served() -> None:
    passwords = Passwords("test")
    waiting = [asyncio.create_task(passwords.hash(PASSWORD)) for _ in range(HASHING_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable) as refused:
        await passwords.hash(PASSWORD)
    assert refused.value.headers["Retry-After"]
    waiting[-1].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await passwords.verify(PASSWORD, await passwords.hash(PASSWORD))


async def test_an_unknown_email_is_hashed_for_like_a_known_one(app: FastAPI, alice: ApiClient, api: ApiClient) -> None:
    counting = app.state.passwords._hash = CountingHash()
    told = []
    for body in ({**SIGN_IN, "password": "something else"}, STRANGER):
        answer = await api.post(f"{make.API}/session", json=body)
        told.append(check_problem(answer, 401))
    assert counting.verified == 2
    assert told[0] == told[1], "nothing tells which of the two was not right"


@pytest.mark.database("sqlite")
async def test_a_crowd_at_the_door_is_503_for_each_way_in(app: FastAPI, alice: ApiClient, api: ApiClient) -> None:
    change = {"current": PASSWORD, "new": "a ladder, a letter and a lantern"}
    with every_turn_taken(app.state.passwords):
        for answer in (
            await api.post(f"{make.API}/session", json=SIGN_IN),
            await api.post(f"{make.API}/session", json=STRANGER),
            await api.post(f"{make.API}/accounts", json=make.account()),
            await alice.put(f"{make.API}/me/password", json=change),
        ):
            check_problem(answer, 503)
            assert int(answer.headers["retry-after"]) > 0
        assert (await alice.get(f"{make.API}/me")).is_success, "everybody else is served"
    assert (await api.post(f"{make.API}/session", json=SIGN_IN)).is_success
