"""Absurd values in every field of every body and query: never a failure, and what is refused is named."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.contract.examples import EXAMPLES, ROUTES, Rows, settle
from tests.support import factories as make
from tests.support.clients import ALICE, ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY
ABSURD: tuple[Any, ...] = (
    *(None, True, -1, 1.5, 10**30, "", "\x00", "\u202e\ufffe", "a" * 30_000, make.NOBODY),
    *("2026-03-03T15:30:00Z", [None], ["a"] * 300, [{}]),
)
TYPED = ("", " ", "\x00", "\ufffd\u202e", "a" * 3_000, "-1", "1e9", "9" * 40, "[]", "2026-03-03T15:30:00Z", "\u00e9")
ZONES = (
    *("Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "Asia/Manila", "Asia/Kathmandu", "America/Juneau"),
    *("America/New_York", "Africa/Monrovia", "Antarctica/Troll", "Etc/GMT+12", "Etc/GMT-14", "UTC"),
)
# Where two fields contradict each other, the one that was not changed may be the one that is told about.
RELATED = {
    "kind": ("round",),
    "occurred_at": ("ends_at",),
    "due_at": ("start_at",),
    "contact_ids": ("promises",),
    "people": ("promises",),
    "id": ("promises",),
    "new": ("current",),
}


def fields_of(operation: str, document: dict[str, Any]) -> Iterator[str]:
    """The fields a body of the operation may have."""
    route = ROUTES[operation]
    described = document["paths"][route.path][min(route.methods or ()).lower()]
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    for choice in schema.get("anyOf", [schema]):
        if "$ref" in choice:
            yield from document["components"]["schemas"][choice["$ref"].rpartition("/")[2]].get("properties", {})


def names_of(operation: str, document: dict[str, Any]) -> list[str]:
    """The names a query of the operation may have."""
    route = ROUTES[operation]
    described = document["paths"][route.path][min(route.methods or ()).lower()]
    return [one["name"] for one in described.get("parameters", []) if one["in"] == "query"]


def address_of(operation: str, rows: Rows) -> str:
    head, _, rest = ROUTES[operation].path.partition("{")
    return head + rows[EXAMPLES[operation].of or ""] + rest.partition("}")[2] if rest else head


@pytest.mark.parametrize("operation", sorted(name for name, example in EXAMPLES.items() if example.body is not None))
async def test_in_a_body(client: Callable[..., ApiClient], document: dict[str, Any], operation: str) -> None:
    user = await client().sign_up(**ALICE)
    rows, example = await settle(user), EXAMPLES[operation]
    assert example.body is not None
    method, address = min(ROUTES[operation].methods or ()), address_of(operation, rows)
    for field in fields_of(operation, document):
        for value in ABSURD:
            answer = await user.request(method, address, json={**example.body(rows), field: value})
            tried = f"{field} = {value!r:.60}: {answer.text}"
            assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, tried
            if answer.status_code == INVALID:
                check_problem(answer)
                named = {where.removeprefix("#").split("/")[1] for where in pointers(answer) if where != "#"}
                assert named <= {field, *RELATED.get(field, ())}, tried
            if operation == "create_encounter" and answer.is_success:  # hundreds with one person are planned together
                await user.delete(f"{address}/{answer.json()['id']}")


@pytest.mark.parametrize("operation", sorted(name for name in EXAMPLES if min(ROUTES[name].methods or ()) == "GET"))
async def test_in_a_query(client: Callable[..., ApiClient], document: dict[str, Any], operation: str) -> None:
    user = await client().sign_up(**ALICE)
    rows, example = await settle(user), EXAMPLES[operation]
    for name in names_of(operation, document):
        for value in TYPED:
            asked = {**(example.query(rows) if example.query else {}), name: value}
            answer = await user.get(address_of(operation, rows), params=asked)
            tried = f"{name} = {value!r:.60}: {answer.text}"
            assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, tried
            if answer.status_code == INVALID:
                check_problem(answer)
                assert pointers(answer) == [f"?{name}"], tried


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("moment", ["1900-01-01T00:00:00Z", "2200-12-31T23:59:59Z"])
async def test_at_either_end_of_the_years_in_zones_far_apart(alice: ApiClient, moment: str) -> None:
    person = (await make.add(alice, "contacts", make.contact()))["id"]
    promises = [{"what": "it", "due_on": moment[:10]}, {"what": "that", "by": "theirs", "due_on": moment[:10]}]
    people = [{"contact_id": person, "role": "recruiter", "benefit": "A book."}]
    for zone in ZONES:
        body = make.interview(people=people, promises=promises, requested=[{"what": "references"}])
        body |= {"occurred_at": moment, "timezone": zone}
        answer = await alice.post(f"{make.API}/encounters/preview", json=body)
        assert answer.is_success, (zone, answer.text)
        assert len(answer.json()["tasks"]) == 7
