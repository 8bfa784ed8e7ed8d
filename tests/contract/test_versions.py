"""ETag and If-Match: a change based on an older reading is refused with the row as it stands now."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem
from tests.contract.examples import Rows, settle
from tests.support import factories as make
from tests.support.clients import ApiClient

CHANGES: dict[str, dict[str, Any]] = {
    "me": {"name": "Alice A."},
    "contacts/{contact}": {"company": "Northwind"},
    "encounters/{encounter}": {"place": "Rua do Poente 7"},
    "tasks/{task}": {"title": "Thank Noor"},
}
DELETED = ("contacts/{contact}", "encounters/{encounter}")
FAILED = httpx.codes.PRECONDITION_FAILED


async def version_of(client: ApiClient, path: str) -> str:
    return (await client.get(f"{make.API}/{path}")).headers["etag"]


@pytest.mark.parametrize("path", CHANGES)
async def test_a_version_is_a_strong_etag_that_each_change_renews(alice: ApiClient, path: str) -> None:
    rows: Rows = await settle(alice)
    address = f"{make.API}/{path.format(**rows)}"
    first = (await alice.get(address)).headers["etag"]
    assert first.startswith('"')
    assert first.endswith('"')
    changed = await alice.patch(address, json=CHANGES[path])
    assert changed.headers["etag"] != first
    assert (await alice.get(address)).headers["etag"] == changed.headers["etag"]
    assert "version" not in changed.json()
    unchanged = await alice.patch(address, json={})
    assert unchanged.headers["etag"] == changed.headers["etag"]


@pytest.mark.parametrize("path", CHANGES)
async def test_a_change_of_the_row_as_it_was_read_is_taken(alice: ApiClient, path: str) -> None:
    rows: Rows = await settle(alice)
    address = f"{make.API}/{path.format(**rows)}"
    for listed in ("{}", '"0", {}', '"0",{} , W/"1"'):
        condition = listed.format((await alice.get(address)).headers["etag"])
        answer = await alice.patch(address, json=CHANGES[path], headers={"If-Match": condition})
        assert answer.is_success, answer.text
    for anything in ("*", " * "):
        assert (await alice.patch(address, json=CHANGES[path], headers={"If-Match": anything})).is_success


@pytest.mark.parametrize("path", CHANGES)
async def test_a_change_of_an_older_reading_is_refused_with_the_row_as_a_get_answers_it(
    alice: ApiClient, path: str
) -> None:
    rows: Rows = await settle(alice)
    address = f"{make.API}/{path.format(**rows)}"
    older = (await alice.get(address)).headers["etag"]
    await alice.patch(address, json=CHANGES[path])
    current = await alice.get(address)
    answer = await alice.patch(address, json=CHANGES[path], headers={"If-Match": older})
    problem = check_problem(answer, FAILED)
    assert problem["current"] == current.json()
    assert answer.headers["etag"] == current.headers["etag"]
    assert (await alice.get(address)).content == current.content


@pytest.mark.parametrize("path", DELETED)
async def test_deleting_an_older_reading_is_refused(alice: ApiClient, path: str) -> None:
    rows: Rows = await settle(alice)
    address = f"{make.API}/{path.format(**rows)}"
    older = (await alice.get(address)).headers["etag"]
    await alice.patch(address, json=CHANGES[path])
    current = await alice.get(address)
    answer = await alice.delete(address, headers={"If-Match": older})
    assert check_problem(answer, FAILED)["current"] == current.json()
    gone = await alice.delete(address, headers={"If-Match": current.headers["etag"]})
    assert gone.status_code == httpx.codes.NO_CONTENT
    check_problem(await alice.get(address), httpx.codes.NOT_FOUND)


@pytest.mark.parametrize("garbage", ["", '""', "1", "W/{}", '"nonsense', "\u00e9", ",,,", '"' * 3000])
@pytest.mark.parametrize("path", ["me", "tasks/{task}"])
async def test_a_condition_that_names_no_version_holds_for_none(alice: ApiClient, path: str, garbage: str) -> None:
    rows: Rows = await settle(alice)
    address = f"{make.API}/{path.format(**rows)}"
    condition = garbage.format((await alice.get(address)).headers["etag"]).encode("utf-8")
    answer = await alice.patch(address, json=CHANGES[path], headers=[(b"If-Match", condition)])
    check_problem(answer, FAILED)


async def test_a_row_that_is_not_there_is_404_whatever_the_condition(alice: ApiClient) -> None:
    for path in ("contacts", "encounters", "tasks"):
        answer = await alice.patch(f"{make.API}/{path}/{make.NOBODY}", json={}, headers={"If-Match": '"1"'})
        check_problem(answer, httpx.codes.NOT_FOUND)


async def test_what_follows_from_other_rows_does_not_change_a_version(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    path = f"contacts/{person['id']}"
    before = await version_of(alice, path)
    task = await make.add(alice, "tasks", make.task(person["id"]))
    await alice.post(f"{make.API}/tasks/{task['id']}/complete")
    after = await make.get(alice, path)
    assert after["last_touch_at"] is not None
    assert await version_of(alice, path) == before


async def test_creating_answers_the_version_too(alice: ApiClient) -> None:
    answer = await alice.post(f"{make.API}/contacts", json=make.contact())
    assert answer.headers["etag"] == await version_of(alice, f"contacts/{answer.json()['id']}")
