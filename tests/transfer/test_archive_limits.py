"""How large an archive may be, how often one is taken, and what a crash in the middle leaves."""

import threading
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.api import BODY_LIMITS
from app.core.middleware import BODY_LIMIT
from app.transfer.turns import LIMIT, WINDOW
from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock
from tests.support.server import Server

IMPORT, EXPORT = f"{make.API}/me/import", f"{make.API}/me/export"
TOO_LARGE, TOO_MANY = httpx.codes.REQUEST_ENTITY_TOO_LARGE, httpx.codes.TOO_MANY_REQUESTS
PEOPLE = 5000


def contacts(count: int) -> list[dict[str, Any]]:
    """As rows of an archive."""
    empty = {"emails": [], "phones": [], "tags": ["fair"], "linkedin_state": "none", "do_not_contact": False}
    stamps = {"created_at": make.moment(), "updated_at": make.moment(), "version": 1}
    return [
        {"id": f"0190b5a2-7c1e-7000-8000-{number:012x}", "name": f"Person {number}", **empty, **stamps}
        for number in range(count)
    ]


async def test_an_archive_of_more_than_the_usual_megabyte_is_taken(bob: ApiClient) -> None:
    archive = make.archive(contacts=contacts(PEOPLE))
    answer = await bob.post(IMPORT, json=archive)
    assert answer.json() == {"imported": {**dict.fromkeys(answer.json()["imported"], 0), "contacts": PEOPLE}}
    assert int(answer.request.headers["content-length"]) > BODY_LIMIT
    assert len((await make.get(bob, "contacts?tag=fair&limit=200"))["items"]) == 200


@pytest.mark.database("sqlite")
async def test_64_mebibytes_are_the_limit_announced_or_not(bob: ApiClient) -> None:
    limit = BODY_LIMITS[IMPORT]
    assert limit == 64 * 2**20
    headers = {"Content-Type": "application/json"}
    answer = await bob.post(IMPORT, content=b" " * (limit + 1), headers=headers)
    assert "pictures=false" in check_problem(answer, TOO_LARGE)["detail"]

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(65):
            yield b" " * 2**20

    check_problem(await bob.post(IMPORT, content=pieces(), headers=headers), TOO_LARGE)
    answer = await bob.post(f"{make.API}/contacts", content=b" " * (BODY_LIMIT + 1), headers=headers)
    check_problem(answer, TOO_LARGE)


@pytest.mark.database("sqlite")
async def test_exports_and_imports_have_a_rate_of_their_own_for_each_account(
    alice: ApiClient, bob: ApiClient, clock: FrozenClock
) -> None:
    for _ in range(LIMIT - 1):
        assert (await alice.get(EXPORT)).is_success
    assert (await alice.post(IMPORT, json=make.archive())).is_success
    for answer in (await alice.get(EXPORT), await alice.post(IMPORT, json=make.archive())):
        check_problem(answer, TOO_MANY)
        assert answer.headers["retry-after"] == str(int(WINDOW.total_seconds()) + 1)
    assert (await bob.get(EXPORT)).is_success
    assert (await alice.get(f"{make.API}/me")).is_success
    clock.advance(WINDOW + timedelta(seconds=1))
    assert (await alice.get(EXPORT)).is_success


def signed_up(server: Server) -> httpx.Client:
    client = server.client()
    client.post(f"{make.API}/accounts", json=make.account()).raise_for_status()
    return client


@pytest.fixture
def user(server: Server) -> Iterator[httpx.Client]:
    client = signed_up(server)
    yield client
    client.close()


def test_a_server_killed_in_the_middle_of_an_import_has_all_of_it_or_nothing(
    server: Server, user: httpx.Client, subtests: pytest.Subtests
) -> None:
    archive = make.archive(contacts=contacts(PEOPLE))
    for after in (0.02, 0.2, 0.5):
        with subtests.test(after=after):
            told: list[int] = []

            def send(told: list[int] = told) -> None:
                try:
                    told.append(user.post(IMPORT, json=archive, timeout=60).status_code)
                except httpx.TransportError:
                    told.append(0)

            sending = threading.Thread(target=send)
            sending.start()
            sending.join(after)
            server.kill()
            sending.join()
            server.start()
            found = 0
            page = user.get(f"{make.API}/contacts?limit=200").raise_for_status().json()
            while page["items"]:
                found += len(page["items"])
                if page["next"] is None:
                    break
                page = user.get(f"{make.API}/contacts?limit=200&after={page['next']}").raise_for_status().json()
            assert found in (0, PEOPLE)
            assert found == PEOPLE or told[0] != httpx.codes.OK
            if found:
                break
