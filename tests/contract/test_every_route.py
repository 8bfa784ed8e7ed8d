"""Every operation of the API, walked: who may call it, whose rows it shows, and what its answers look like."""

import itertools
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.accounts.gate import PUBLIC
from app.core.middleware import BODY_LIMIT
from tests.contract.answers import check_answer, check_problem
from tests.contract.examples import EXAMPLES, ROUTES, WORDS, Rows, call, settle
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient

COLLECTIONS = [name for name, route in ROUTES.items() if route.methods == {"GET"} and EXAMPLES[name].of is None]
OF_ONE_ROW = [name for name in ROUTES if EXAMPLES[name].of is not None]
NOT_FOUND, INVALID = httpx.codes.NOT_FOUND, httpx.codes.UNPROCESSABLE_ENTITY
NO_ROWS: Rows = dict.fromkeys(WORDS, make.NOBODY)


def test_every_operation_has_an_example_and_every_example_an_operation(document: dict[str, Any]) -> None:
    documented = {operation["operationId"] for methods in document["paths"].values() for operation in methods.values()}
    assert documented == EXAMPLES.keys() == ROUTES.keys()


def test_only_signing_up_and_signing_in_are_public() -> None:
    assert {"create_account", "create_session"} == PUBLIC


@pytest.mark.database("sqlite")
async def test_nobody_is_asked_to_sign_in(api: ApiClient, subtests: pytest.Subtests) -> None:
    for operation in sorted(ROUTES.keys() - PUBLIC):
        with subtests.test(operation):
            answer = await call(api, operation, path=NO_ROWS)
            check_problem(answer, httpx.codes.UNAUTHORIZED)
            assert "www-authenticate" in answer.headers


@pytest.mark.database("sqlite")
async def test_asking_to_sign_in_comes_before_every_other_complaint(api: ApiClient) -> None:
    for path in ("contacts/not-an-id", f"contacts/{make.NOBODY}?color=red"):
        for body in (b"{", b" " * (BODY_LIMIT + 1)):
            check_problem(await api.patch(f"{make.API}/{path}", content=body), httpx.codes.UNAUTHORIZED)


async def test_every_answer_is_the_documented_one(
    client: Callable[..., ApiClient], document: dict[str, Any], subtests: pytest.Subtests
) -> None:
    for number, operation in enumerate(ROUTES):
        with subtests.test(operation):
            user = await client().sign_up(**{**ALICE, "email": f"alice{number}@mail.example"})
            rows = NO_ROWS if EXAMPLES[operation].of_new else await settle(user)
            answer = await call(user, operation, path=rows)
            assert answer.is_success, answer.text
            check_answer(answer, ROUTES[operation], document)


async def test_a_row_of_somebody_else_is_not_there(
    alice: ApiClient, bob: ApiClient, document: dict[str, Any], subtests: pytest.Subtests
) -> None:
    theirs, mine = await settle(alice), await settle(bob)
    before = [(await alice.get(f"{make.API}/{kind}")).content for kind in ("contacts", "encounters", "tasks", "tokens")]
    for operation in OF_ONE_ROW:
        with subtests.test(operation):
            answer = await call(bob, operation, path=theirs, named=mine)
            check_problem(answer, NOT_FOUND)
            check_answer(answer, ROUTES[operation], document)
    after = [(await alice.get(f"{make.API}/{kind}")).content for kind in ("contacts", "encounters", "tasks", "tokens")]
    assert before == after, "the first user's rows are untouched"


@pytest.mark.database("sqlite")
async def test_an_id_that_is_none_is_not_there_either(alice: ApiClient, subtests: pytest.Subtests) -> None:
    malformed = ("1", "%20", "%00", f"{{{make.NOBODY}}}", make.NOBODY.replace("-", ""), f"{make.NOBODY}0", make.NOBODY)
    for operation, row_id in itertools.product(OF_ONE_ROW, malformed):
        with subtests.test(operation, id=row_id):
            path = {**NO_ROWS, EXAMPLES[operation].of or "": row_id}
            check_problem(await call(alice, operation, path=path, named=NO_ROWS), NOT_FOUND)


async def test_no_collection_shows_a_row_of_somebody_else(
    alice: ApiClient, bob: ApiClient, subtests: pytest.Subtests
) -> None:
    theirs, mine = await settle(alice), await settle(bob)
    for operation in COLLECTIONS:
        with subtests.test(operation):
            answer = await call(bob, operation, path=mine)
            assert answer.is_success, answer.text
            assert [word for word, row_id in theirs.items() if row_id in answer.text] == []


async def test_a_body_or_query_cannot_reach_a_row_of_somebody_else(
    alice: ApiClient, bob: ApiClient, subtests: pytest.Subtests
) -> None:
    theirs, mine = await settle(alice), await settle(bob)
    for operation in sorted(ROUTES.keys() - PUBLIC):
        example = EXAMPLES[operation]
        with subtests.test(operation):
            if all(give is None or give(theirs) == give(mine) for give in (example.body, example.query)):
                continue
            answer = await call(bob, operation, path=mine, named=theirs)
            if example.query is not None:
                assert answer.json()["items"] == []
            else:
                assert answer.status_code in (NOT_FOUND, INVALID), answer.text
                check_problem(answer)
    assert (await make.get(alice, f"encounters/{theirs['encounter']}"))["contact_ids"] == [theirs["contact"]]
    assert len((await make.get(alice, f"tasks?contact_id={theirs['contact']}"))["items"]) == 2


async def test_signing_in_shows_the_account_that_signed_in(alice: ApiClient, api: ApiClient) -> None:
    answer = await api.post(f"{make.API}/session", json={"email": ALICE["email"], "password": PASSWORD})
    assert answer.json() == alice.account


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "PURGE"])
@pytest.mark.database("sqlite")
async def test_an_unknown_address_is_404_whatever_the_method(api: ApiClient, method: str) -> None:
    for path in ("/api", "/api/", "/api/v1/nothing", "/api/v2/me", "/api/v1/me/"):
        answer = await api.request(method, path)
        assert answer.status_code == NOT_FOUND, f"{method} {path}"
        if method != "HEAD":
            check_problem(answer)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/v1/me", {"GET", "PATCH", "DELETE"}),
        ("PURGE", "/api/v1/me", {"GET", "PATCH", "DELETE"}),
        ("DELETE", "/api/v1/contacts", {"GET", "POST"}),
        ("GET", "/api/v1/captures", {"POST"}),
        ("GET", f"/api/v1/tasks/{make.NOBODY}/complete", {"POST"}),
        ("PUT", "/api/v1/tasks/batch", {"POST"}),
        ("PATCH", "/api/v1/tasks/batch", {"POST"}),
        ("GET", "/api/v1/encounters/preview", {"POST"}),
        ("DELETE", "/api/v1/encounters/sort", {"POST"}),
    ],
)
@pytest.mark.database("sqlite")
async def test_a_method_an_address_does_not_take_is_405_with_what_it_takes(
    api: ApiClient, method: str, path: str, allowed: set[str]
) -> None:
    answer = await api.request(method, path)
    check_problem(answer, httpx.codes.METHOD_NOT_ALLOWED)
    assert set(answer.headers["allow"].split(", ")) == allowed
