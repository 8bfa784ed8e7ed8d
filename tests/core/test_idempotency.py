"""Idempotency-Key: the same request is done once and answered alike, whatever became of the first answer."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.contacts.models import CONTACTS
from app.core.idempotency import KEPT_FOR, TABLE
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock
from tests.support.rows import count, stored
from tests.support.statements import watched

KEY = {"Idempotency-Key": "5f1c-first-try"}
CONTACTS_PATH = f"{make.API}/contacts"


async def post(client: httpx.AsyncClient, body: Any, path: str = "contacts", key: str = "k1") -> httpx.Response:
    return await client.post(f"{make.API}/{path}", json=body, headers={"Idempotency-Key": key})


def same(first: httpx.Response, second: httpx.Response) -> bool:
    """Alike in status, body and every header but the request's own id and a session that was renewed."""
    one, two = ({**answer.headers, "x-request-id": "", "set-cookie": ""} for answer in (first, second))
    return (first.status_code, first.content, one) == (second.status_code, second.content, two)


async def test_the_first_answer_is_given_again(app: FastAPI, alice: ApiClient) -> None:
    first = await post(alice, make.contact())
    assert first.status_code == httpx.codes.CREATED
    await make.change(alice, f"contacts/{first.json()['id']}", {"company": "Northwind"})
    for _ in range(3):
        assert same(first, await post(alice, make.contact()))
    assert await count(app, CONTACTS) == 1


async def test_a_request_without_a_body_is_done_once_too(alice: ApiClient) -> None:
    task = (await make.add(alice, "captures", make.capture()))["tasks"][0]
    path = f"{make.API}/tasks/{task['id']}/complete"
    first = await alice.post(path, headers=KEY)
    await alice.post(f"{make.API}/tasks/{task['id']}/reopen")
    assert same(first, await alice.post(path, headers=KEY))
    assert (await make.get(alice, f"tasks/{task['id']}"))["status"] == "open"


async def test_of_two_at_once_the_second_waits_and_is_answered_alike(app: FastAPI, alice: ApiClient) -> None:
    first, second = await asyncio.gather(*(post(alice, make.capture(), "captures") for _ in range(2)))
    assert same(first, second)
    assert await count(app, CONTACTS) == 1


async def test_an_answer_is_kept_for_thirty_days(app: FastAPI, alice: ApiClient, clock: FrozenClock) -> None:
    first = await post(alice, make.contact())
    clock.advance(KEPT_FOR - timedelta(microseconds=1))
    assert same(first, await post(alice, make.contact()))
    clock.advance(timedelta(microseconds=1))
    again = await post(alice, make.contact())
    assert (again.status_code, again.json()["id"] != first.json()["id"]) == (201, True)
    assert [row["created_at"] for row in await stored(app, TABLE)] == [clock.now()]


async def test_old_keys_of_an_owner_go_with_the_next_one(
    app: FastAPI, alice: ApiClient, bob: ApiClient, clock: FrozenClock
) -> None:
    for number in range(3):
        await post(alice, make.contact(), key=f"hers-{number}")
    await post(bob, make.contact(), key="his")
    clock.advance(KEPT_FOR)
    await post(alice, make.contact(), key="new")
    assert {row["key"] for row in await stored(app, TABLE)} == {"new", "his"}


async def test_deleting_the_account_takes_its_keys_along(app: FastAPI, alice: ApiClient) -> None:
    await post(alice, make.contact())
    await make.remove(alice, "me")
    assert await count(app, TABLE) == 0


@pytest.mark.parametrize("table", ["idempotency_keys", "tasks"])
async def test_the_answer_is_kept_in_the_transaction_of_its_write(
    app: FastAPI, client: Callable[..., ApiClient], table: str
) -> None:
    user = await client(raise_app_exceptions=False).sign_up(**make.account())

    def fail(statement: str, _parameters: object) -> None:
        if statement.startswith(f"INSERT INTO {table}"):
            raise ConnectionAbortedError("killed here")

    with watched(app, fail):
        assert (await post(user, make.capture(), "captures")).status_code == httpx.codes.INTERNAL_SERVER_ERROR
    assert (await count(app, CONTACTS), await count(app, TABLE)) == (0, 0)
    assert (await post(user, make.capture(), "captures")).status_code == httpx.codes.CREATED


async def test_a_change_that_is_the_same_twice_by_itself_takes_no_key(app: FastAPI, alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    path = f"{CONTACTS_PATH}/{person['id']}"
    for company in ("Northwind", "Contoso"):
        assert (await alice.patch(path, json={"company": company}, headers=KEY)).json()["company"] == company
    assert (await alice.delete(path, headers=KEY)).status_code == httpx.codes.NO_CONTENT
    assert await count(app, TABLE) == 0
