"""Keyset pages: every row exactly once, and nothing but our own `after` is taken."""

import base64
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.statements import recorded

LISTS = ("contacts", "contacts?sort=recent", "contacts?tag=go", "encounters", "tasks", "tokens", "sessions")
ROWS = 7


async def fill(client: ApiClient, number: int) -> None:
    """As many rows of each kind, alike in what they are sorted by, so that only the id tells them apart."""
    for index in range(number):
        person = await make.add(client, "contacts", make.contact(name="Dana Reyes", tags=["go", f"t{index}"]))
        await make.add(client, "encounters", make.meeting(person["id"], follow_up="none"))
        await make.add(client, "tasks", make.task(person["id"]))
        await make.add(client, "tokens", {"name": "Reader", "scope": "read"})


async def sign_in_elsewhere(client: ApiClient, make_client: Callable[..., ApiClient], times: int) -> None:
    for _ in range(times):
        body = make.account(email=client.account["email"])
        await make_client().post(f"{make.API}/session", json={name: body[name] for name in ("email", "password")})


def forged(*keys: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


async def test_pages_walk_all_rows_exactly_once(
    alice: ApiClient, client: Callable[..., ApiClient], subtests: pytest.Subtests
) -> None:
    await fill(alice, ROWS)
    await sign_in_elsewhere(alice, client, ROWS - 1)
    for path in LISTS:
        with subtests.test(path):
            everything = (await make.get(alice, path))["items"]
            assert len(everything) == ROWS
            seen: list[dict[str, Any]] = []
            address: str | None = f"{make.API}/{path}{'&' if '?' in path else '?'}limit=3"
            while address is not None:
                answer = await alice.get(address)
                page = answer.json()
                assert len(page["items"]) <= 3
                assert ("next" in answer.links) == (page["next"] is not None)
                seen += page["items"]
                address = answer.links["next"]["url"] if page["next"] else None
                if address is not None:
                    assert dict(httpx.URL(address).params)["after"] == page["next"]
            assert seen == everything


async def test_a_full_last_page_has_no_next(alice: ApiClient) -> None:
    await fill(alice, 2)
    answer = await alice.get(f"{make.API}/contacts?limit=2")
    assert answer.json()["next"] is None
    assert "link" not in answer.headers


async def test_a_row_that_comes_or_goes_between_pages_repeats_and_loses_no_other(alice: ApiClient) -> None:
    names = ["Ana", "Bo", "Cy", "Di", "Ed"]
    ids = {name: (await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in names}
    first = await make.get(alice, "contacts?limit=2")
    await make.remove(alice, f"contacts/{ids['Bo']}")
    await make.add(alice, "contacts", make.contact(name="Ab"))
    rest = await make.get(alice, f"contacts?limit=9&after={first['next']}")
    assert [person["name"] for person in rest["items"]] == ["Cy", "Di", "Ed"]


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "many", "", "9" * 30])
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.database("sqlite")
async def test_a_limit_outside_1_to_200_is_refused(alice: ApiClient, path: str, limit: str) -> None:
    answer = await alice.get(f"{make.API}/{path}{'&' if '?' in path else '?'}limit={limit}")
    check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
    assert pointers(answer) == ["?limit"]


@pytest.mark.parametrize("limit", ["1", "200"])
@pytest.mark.database("sqlite")
async def test_the_limits_themselves_are_taken(alice: ApiClient, limit: str) -> None:
    assert (await alice.get(f"{make.API}/contacts?limit={limit}")).is_success


FORGED = {
    "words": "nonsense",
    "nothing": "",
    "not ASCII": "é",
    "too few keys": forged("a"),
    "too many keys": forged("a", "b", "c"),
    "an object": base64.urlsafe_b64encode(b'{"a":1}').decode(),
    "numbers": forged(1, 2),
    "null": forged(None, None),
    "a time without a zone": forged("2026-03-03T15:30:00", make.NOBODY),
    "a time before all time": forged("0001-01-01T00:00:00+14:00", make.NOBODY),
    "a time after all time": forged("9999-12-31T23:59:59-14:00", make.NOBODY),
    "NUL": forged("2026-03-03T15:30:00Z", "\x00"),
    "a lone surrogate": base64.urlsafe_b64encode(b'["2026-03-03T15:30:00Z","\\ud800"]').decode(),
    "too long": "A" * 2001,
}


@pytest.mark.parametrize("what", FORGED)
async def test_an_after_nobody_gave_out_is_refused(alice: ApiClient, what: str, subtests: pytest.Subtests) -> None:
    for path in ("tasks", "encounters", "contacts?sort=recent", "upcoming?group=later"):
        with subtests.test(path):
            params = dict(httpx.QueryParams(path.partition("?")[2])) | {"after": FORGED[what]}
            answer = await alice.get(f"{make.API}/{path.partition('?')[0]}", params=params)
            check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
            assert pointers(answer) == ["?after"]


async def test_a_list_takes_as_many_statements_for_3_rows_as_for_30(
    app: FastAPI, alice: ApiClient, subtests: pytest.Subtests
) -> None:
    counts: dict[str, list[int]] = {path: [] for path in (*LISTS, "upcoming", "contacts?q=dana")}
    for more in (3, 27):
        await fill(alice, more)
        for path, counted in counts.items():
            with recorded(app) as seen:
                answer = await alice.get(f"{make.API}/{path}")
            assert answer.is_success
            counted.append(len(seen))
    for path, (few, many) in counts.items():
        with subtests.test(path):
            assert 0 < few == many
