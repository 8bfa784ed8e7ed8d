"""The account's own settings, its password, and leaving for good."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.models import METADATA
from tests.contract.answers import check_problem, pointers
from tests.contract.examples import settle
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient
from tests.support.clock import FrozenClock

ME = f"{make.API}/me"
INVALID = httpx.codes.UNPROCESSABLE_ENTITY
EVERYTHING: dict[str, Any] = {
    "name": "Alice A. Almeida",
    "email": "a.almeida@mail.example",
    "timezone": "Asia/Kathmandu",
    "latitude": 27.7172,
    "longitude": 85.324,
    "day_boundary": "02:30",
    "sundown_at": "17:00",
    "phone": "+1 555 010 0199",
    "best_hours": "weekdays after four",
    "contact_email": "hello@almeida.example",
    "linkedin_url": "https://www.linkedin.com/in/almeida",
    "website": "https://almeida.example",
    "postal_address": "Rua do Poente 7\n1000-001 Lisboa",
    "quiet_hours": {"from": "21:00", "to": "07:30"},
    "minutes_an_evening": 45,
}
REQUIRED = {"name", "email", "timezone"}


async def test_every_setting_can_be_changed_and_is_answered_as_it_was_sent(alice: ApiClient) -> None:
    changed = await make.change(alice, "me", EVERYTHING)
    assert {name: changed[name] for name in EVERYTHING} == EVERYTHING
    assert changed == await make.get(alice, "me")


async def test_what_is_left_out_stays(alice: ApiClient) -> None:
    before = await make.change(alice, "me", EVERYTHING)
    assert await make.change(alice, "me", {}) == before
    after = await make.change(alice, "me", {"phone": "+1 555 010 0123"})
    assert {name for name in before if before[name] != after[name]} == {"phone"}


async def test_null_takes_an_optional_setting_away(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await make.change(alice, "me", EVERYTHING)
    left_out = {"day_boundary": "04:00"}
    for name in EVERYTHING.keys() - REQUIRED - {"latitude", "longitude"}:
        with subtests.test(name):
            assert (await make.change(alice, "me", {name: None}))[name] == left_out.get(name)
    nowhere = await make.change(alice, "me", {"latitude": None, "longitude": None})
    assert nowhere["latitude"] is nowhere["longitude"] is None


async def test_null_for_a_required_setting_is_refused(alice: ApiClient, subtests: pytest.Subtests) -> None:
    for name in REQUIRED:
        with subtests.test(name):
            answer = await alice.patch(ME, json={name: None})
            check_problem(answer, INVALID)
            assert pointers(answer) == [f"#/{name}"]


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"day_boundary": "06:01"}, "#/day_boundary"),
        ({"day_boundary": "4:00"}, "#/day_boundary"),
        ({"day_boundary": "04:00:00"}, "#/day_boundary"),
        ({"day_boundary": 4}, "#/day_boundary"),
        ({"sundown_at": "24:00"}, "#/sundown_at"),
        ({"sundown_at": "sunset"}, "#/sundown_at"),
        ({"quiet_hours": {"from": "21:00"}}, "#/quiet_hours"),
        ({"quiet_hours": {"from": "21:00", "to": "25:00"}}, "#/quiet_hours/to"),
        ({"quiet_hours": {"from": None, "to": "07:00"}}, "#/quiet_hours/from"),
        ({"quiet_hours": {"until": "07:00"}}, "#/quiet_hours/until"),
        ({"quiet_hours": "21:00"}, "#/quiet_hours"),
        ({"minutes_an_evening": -1}, "#/minutes_an_evening"),
        ({"minutes_an_evening": 1441}, "#/minutes_an_evening"),
        ({"minutes_an_evening": "30"}, "#/minutes_an_evening"),
        ({"website": "almeida.example"}, "#/website"),
        ({"contact_email": "almeida.example"}, "#/contact_email"),
        ({"timezone": "Lisbon"}, "#/timezone"),
        ({"latitude": 91, "longitude": 0}, "#/latitude"),
        ({"phone": "5" * 201}, "#/phone"),
        ({"postal_address": "x" * 20_001}, "#/postal_address"),
        ({"id": make.NOBODY}, "#/id"),
        ({"password": "chosen in passing"}, "#/password"),
    ],
)
async def test_what_is_not_right_is_named_and_nothing_changes(
    alice: ApiClient, patch: dict[str, Any], pointer: str
) -> None:
    before = await make.get(alice, "me")
    answer = await alice.patch(ME, json={"name": "Mallory", **patch})
    check_problem(answer, INVALID)
    assert pointers(answer) == [pointer]
    assert await make.get(alice, "me") == before


@pytest.mark.parametrize("boundary", ["00:00", "06:00"])
async def test_the_day_boundary_lies_between_midnight_and_six(alice: ApiClient, boundary: str) -> None:
    assert (await make.change(alice, "me", {"day_boundary": boundary}))["day_boundary"] == boundary


async def test_one_of_the_quiet_hours_may_be_changed_alone(alice: ApiClient) -> None:
    await make.change(alice, "me", {"quiet_hours": {"from": "21:00", "to": "07:00"}})
    changed = await make.change(alice, "me", {"quiet_hours": {"to": "08:00"}})
    assert changed["quiet_hours"] == {"from": "21:00", "to": "08:00"}


async def test_a_new_address_signs_in_and_the_old_one_no_longer_does(alice: ApiClient, api: ApiClient) -> None:
    await make.change(alice, "me", {"email": "a.almeida@mail.example"})
    new = {"email": "A.Almeida@mail.example", "password": PASSWORD}
    assert (await api.post(f"{make.API}/session", json=new)).is_success
    old = {"email": ALICE["email"], "password": PASSWORD}
    check_problem(await api.post(f"{make.API}/session", json=old), httpx.codes.UNAUTHORIZED)


async def test_the_address_of_somebody_else_is_not_taken(alice: ApiClient, bob: ApiClient) -> None:
    answer = await alice.patch(ME, json={"email": bob.account["email"].upper(), "name": "Bob"})
    assert check_problem(answer, httpx.codes.CONFLICT)["type"] == "/problems/email-taken"
    assert await make.get(alice, "me") == alice.account
    assert (await make.change(alice, "me", {"email": ALICE["email"].title()}))["email"].startswith("Alice")


async def test_a_new_password_counts_at_once_and_signs_out_everywhere_else(
    alice: ApiClient, client: Callable[..., ApiClient], api: ApiClient
) -> None:
    phone = client()
    await phone.post(f"{make.API}/session", json={"email": ALICE["email"], "password": PASSWORD})
    new = "a ladder, a letter and a lantern"
    answer = await alice.put(f"{ME}/password", json={"current": PASSWORD, "new": new})
    assert answer.status_code == httpx.codes.NO_CONTENT
    check_problem(await phone.get(ME), httpx.codes.UNAUTHORIZED)
    assert (await alice.get(ME)).is_success
    for password, expected in ((PASSWORD, 401), (new, 201)):
        body = {"email": ALICE["email"], "password": password}
        assert (await api.post(f"{make.API}/session", json=body)).status_code == expected


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"current": "another lantern", "new": "a ladder and a letter"}, "#/current"),
        ({"current": PASSWORD, "new": "short"}, "#/new"),
        ({"current": PASSWORD}, "#/new"),
        ({"new": "a ladder and a letter"}, "#/current"),
        ({"current": PASSWORD, "new": None}, "#/new"),
    ],
)
async def test_a_password_is_changed_by_who_knows_it(alice: ApiClient, body: dict[str, Any], pointer: str) -> None:
    answer = await alice.put(f"{ME}/password", json=body)
    check_problem(answer, INVALID)
    assert pointers(answer) == [pointer]
    assert (await alice.put(f"{ME}/password", json={"current": PASSWORD, "new": PASSWORD})).is_success


async def test_leaving_takes_everything_along_and_nothing_of_anybody_else(
    alice: ApiClient, bob: ApiClient, app: FastAPI, clock: FrozenClock
) -> None:
    await settle(bob)
    others = await counted(app)
    clock.advance(timedelta(seconds=1))
    rows = await settle(alice)
    await alice.post(f"{make.API}/tasks/{rows['task']}/complete", headers={"Idempotency-Key": "one"})
    await make.remove(alice, f"contacts/{rows['captured contact']}")
    answer = await alice.delete(ME)
    assert answer.status_code == httpx.codes.NO_CONTENT
    assert 'sundown_session=""' in answer.headers["set-cookie"]
    check_problem(await alice.get(ME), httpx.codes.UNAUTHORIZED)
    left = await counted(app)
    alices = {"accounts": 1, "profiles": 1, "sessions": 1}
    assert left == {name: number - alices.get(name, 0) for name, number in others.items()}


async def counted(app: FastAPI) -> dict[str, int]:
    """How many rows each table holds."""

    def count(conn: Any) -> dict[str, int]:
        return {name: len(conn.execute(table.select()).all()) for name, table in METADATA.tables.items()}

    return await app.state.db.read(count)


async def test_after_leaving_the_address_may_sign_up_again_and_finds_nothing(alice: ApiClient, api: ApiClient) -> None:
    await settle(alice)
    await alice.delete(ME)
    again = await api.sign_up(**ALICE)
    assert again.account["id"] != alice.account["id"]
    for kind in ("contacts", "encounters", "tasks", "tokens"):
        assert (await make.get(again, kind))["items"] == []
