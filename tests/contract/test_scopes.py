"""The table of scopes: what each kind of credential may do, walked over every operation."""

from collections.abc import Callable

import httpx
import pytest

from app.accounts.gate import PUBLIC, scopes_of
from tests.contract.answers import check_problem
from tests.contract.examples import EXAMPLES, ROUTES, Rows, call, method_of, settle
from tests.support import factories as make
from tests.support.clients import ApiClient

# Written down here a second time on purpose: the contract, not the code, says who may do what.
NEEDS_A_SESSION = {
    *("delete_session", "list_sessions", "end_session", "change_password"),
    *("list_tokens", "create_token", "delete_token", "delete_me"),
    *("export_me", "import_me"),
}
FORBIDDEN = httpx.codes.FORBIDDEN


def may(scope: str, operation: str) -> bool:
    if operation in NEEDS_A_SESSION:
        return False
    if scope == "capture":
        return operation == "create_capture"
    return scope == "write" or method_of(operation) == "GET"


@pytest.mark.parametrize("scope", ["write", "read", "capture"])
@pytest.mark.database("sqlite")
async def test_a_token_may_do_what_its_scope_says_and_nothing_else(
    alice: ApiClient, client: Callable[..., ApiClient], scope: str, subtests: pytest.Subtests
) -> None:
    program = client(headers=await make.token(alice, scope))
    rows: Rows = await settle(alice)
    for operation in sorted(ROUTES.keys() - PUBLIC):
        with subtests.test(operation):
            absent = rows | {EXAMPLES[operation].of or "": make.NOBODY}
            answer = await call(program, operation, path=absent, named=rows)
            if not may(scope, operation):
                check_problem(answer, FORBIDDEN)
                assert answer.json()["type"] == "/problems/scope-too-narrow"
            elif operation != "create_capture":
                assert answer.is_success or answer.status_code == httpx.codes.NOT_FOUND, answer.text


@pytest.mark.parametrize("operation", sorted(ROUTES))
def test_the_one_table_agrees(operation: str) -> None:
    expected = {scope for scope in ("write", "read", "capture") if may(scope, operation)} | {"session"}
    assert scopes_of(operation, method_of(operation)) == (set() if operation in PUBLIC else expected)


@pytest.mark.database("sqlite")
async def test_a_token_of_scope_write_does_not_move_the_account_to_another_address(
    alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    program = client(headers=await make.token(alice, "write"))
    check_problem(await program.patch(f"{make.API}/me", json={"email": "eve@mail.example"}), FORBIDDEN)
    assert (await make.change(program, "me", {"name": "Alice A."}))["email"] == alice.account["email"]


@pytest.mark.database("sqlite")
async def test_a_capture_token_does_not_choose_the_person(alice: ApiClient, client: Callable[..., ApiClient]) -> None:
    person = await make.add(alice, "contacts", make.contact())
    program = client(headers=await make.token(alice, "capture"))
    for contact_id in (person["id"], make.NOBODY):
        answer = await program.post(f"{make.API}/captures", json=make.capture(contact_id=contact_id))
        check_problem(answer, FORBIDDEN)


@pytest.mark.database("sqlite")
async def test_a_capture_token_is_not_told_what_a_session_was_told_under_the_same_key(
    alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    person = await make.add(alice, "contacts", make.contact(notes="Met at the harbour."))
    program = client(headers=await make.token(alice, "capture"))
    same = {"json": make.capture(contact_id=person["id"]), "headers": {"Idempotency-Key": "one"}}
    assert (await alice.post(f"{make.API}/captures", **same)).is_success
    answer = await program.post(f"{make.API}/captures", **same)
    assert not answer.is_success
    assert "harbour" not in answer.text


@pytest.mark.database("sqlite")
async def test_of_cookie_and_token_the_token_counts(alice: ApiClient) -> None:
    reader = await make.token(alice, "read")
    assert (await alice.get(f"{make.API}/me", headers=reader)).is_success
    check_problem(await alice.post(f"{make.API}/contacts", json=make.contact(), headers=reader), FORBIDDEN)
    wrong = {"Authorization": "Bearer sundown_nothing"}
    check_problem(await alice.get(f"{make.API}/me", headers=wrong), httpx.codes.UNAUTHORIZED)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Basic YTpi", "sundown_x", "Bearer \u00e9"])
@pytest.mark.database("sqlite")
async def test_an_authorization_header_that_says_nothing_known_is_401(alice: ApiClient, header: str) -> None:
    answer = await alice.get(f"{make.API}/me", headers=[(b"Authorization", header.encode("latin-1"))])
    check_problem(answer, httpx.codes.UNAUTHORIZED)
