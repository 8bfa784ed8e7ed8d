"""The same request twice is done once: chosen ids, tombstones and Idempotency-Key."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.core.idempotency import TABLE
from tests.contract.answers import check_problem
from tests.contract.examples import NOT_STORED, call, settle
from tests.support import factories as make
from tests.support.clients import PASSWORD, ApiClient
from tests.support.clock import FrozenClock

CHOSEN = "0190b5a2-7c1e-7000-8000-0000000c0de1"
CREATED, OK, GONE = httpx.codes.CREATED, httpx.codes.OK, httpx.codes.GONE
INVALID = httpx.codes.UNPROCESSABLE_ENTITY
KINDS = ("contacts", "encounters", "tasks", "captures")


async def a_body(client: ApiClient, kind: str) -> dict[str, Any]:
    if kind in ("contacts", "captures"):
        return {"contacts": make.contact, "captures": make.capture}[kind]()
    person = await make.add(client, "contacts", make.contact(name="Noor Nilsen"))
    return {"encounters": make.interview, "tasks": make.task}[kind](person["id"])


async def create(client: ApiClient, kind: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return await client.post(f"{make.API}/{kind}", json=body, headers=headers)


async def count(client: ApiClient, kind: str) -> int:
    listed = "encounters" if kind == "captures" else kind
    return len((await make.get(client, listed))["items"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "chosen",
    [
        CHOSEN,
        CHOSEN.upper(),
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ],
)
async def test_the_client_may_choose_the_id(alice: ApiClient, kind: str, chosen: str) -> None:
    made = await create(alice, kind, await a_body(alice, kind) | {"id": chosen})
    assert made.status_code == CREATED, made.text
    assert made.json()["id"] == chosen.lower()


@pytest.mark.parametrize("kind", KINDS)
async def test_an_id_that_is_there_answers_the_row_as_it_stands(alice: ApiClient, kind: str) -> None:
    body = await a_body(alice, kind) | {"id": CHOSEN}
    first = await create(alice, kind, body)
    listed = "encounters" if kind == "captures" else kind
    if kind == "contacts":
        await make.change(alice, f"contacts/{CHOSEN}", {"notes": "Likes sailing."})
    elif kind == "tasks":
        await make.change(alice, f"tasks/{CHOSEN}", {"title": "Send it today"})
    else:
        await make.change(alice, f"encounters/{CHOSEN}", {"place": "Rua do Poente 7"})
    again = await create(alice, kind, body)
    assert again.status_code == OK
    assert again.json() != first.json()
    current = await make.get(alice, f"{listed}/{CHOSEN}")
    shown = again.json()
    if kind == "captures":
        assert shown["encounter"] | {"tasks": shown["tasks"]} == current
    else:
        assert shown == current
    assert await count(alice, kind) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_the_same_id_at_once_makes_one_row(alice: ApiClient, kind: str) -> None:
    body = await a_body(alice, kind) | {"id": CHOSEN}
    answers = await asyncio.gather(*(create(alice, kind, body) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [OK] * 11 + [CREATED]
    assert await count(alice, kind) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_two_people_may_choose_the_same_id(alice: ApiClient, bob: ApiClient, kind: str) -> None:
    for user in (alice, bob):
        made = await create(user, kind, await a_body(user, kind) | {"id": CHOSEN})
        assert made.status_code == CREATED


@pytest.mark.parametrize("kind", ["contacts", "encounters", "captures"])
async def test_a_deleted_row_is_not_made_again(alice: ApiClient, kind: str) -> None:
    body = await a_body(alice, kind) | {"id": CHOSEN}
    await create(alice, kind, body)
    await make.remove(alice, f"{kind}/{CHOSEN}")
    for _ in range(2):
        check_problem(await create(alice, kind, body), GONE)
    assert await count(alice, kind) == 0


async def test_what_went_along_with_a_deleted_row_is_not_made_again(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    meeting, task, capture = (
        make.meeting(person["id"], id=CHOSEN),
        make.task(person["id"], id=make.NOBODY),
        make.capture(contact_id=person["id"], id="0190b5a2-7c1e-7000-8000-0000000c0de2"),
    )
    await make.add(alice, "encounters", meeting)
    await make.add(alice, "tasks", task)
    await make.add(alice, "captures", capture)
    await make.remove(alice, f"contacts/{person['id']}")
    for kind, body in (("encounters", meeting), ("tasks", task), ("captures", capture)):
        check_problem(await create(alice, kind, body), GONE)


async def test_a_task_that_went_along_with_its_encounter_is_not_made_again(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    met = await make.add(alice, "encounters", make.meeting(person["id"]))
    task = make.task(person["id"], id=CHOSEN, encounter_id=met["id"])
    await make.add(alice, "tasks", task)
    await make.remove(alice, f"encounters/{met['id']}")
    check_problem(await create(alice, "tasks", task), GONE)


async def test_the_id_of_a_meeting_that_was_no_capture_is_not_taken_for_one(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    await make.add(alice, "encounters", make.meeting(person["id"], id=CHOSEN))
    check_problem(await create(alice, "captures", make.capture(id=CHOSEN)), INVALID)


@pytest.mark.parametrize("kind", KINDS)
async def test_the_same_key_and_body_get_the_first_answer_again(
    alice: ApiClient, kind: str, clock: FrozenClock
) -> None:
    body = await a_body(alice, kind)
    first = await create(alice, kind, body, "one")
    clock.advance(timedelta(days=29))
    again = await create(alice, kind, body, "one")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers.get("etag") == first.headers.get("etag")
    assert await count(alice, kind) == 1


async def test_the_first_answer_is_given_even_where_the_row_has_changed_since(alice: ApiClient) -> None:
    first = await create(alice, "contacts", make.contact(), "one")
    await make.change(alice, f"contacts/{first.json()['id']}", {"company": "Northwind"})
    assert (await create(alice, "contacts", make.contact(), "one")).content == first.content


@pytest.mark.parametrize("kind", KINDS)
async def test_the_same_key_at_once_is_done_once(alice: ApiClient, kind: str) -> None:
    body = await a_body(alice, kind)
    answers = await asyncio.gather(*(create(alice, kind, body, "one") for _ in range(12)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(CREATED, answers[0].content)}
    assert await count(alice, kind) == 1


async def test_a_key_that_came_with_another_request_is_refused(alice: ApiClient) -> None:
    await create(alice, "contacts", make.contact(), "one")
    for kind, body in (("contacts", make.contact(company="Northwind")), ("captures", make.capture())):
        problem = check_problem(await create(alice, kind, body, "one"), INVALID)
        assert problem["type"] == "/problems/idempotency-key-reused"
    spaced = b'{ "name":"Dana Reyes" }'
    headers = {"Idempotency-Key": "one", "Content-Type": "application/json"}
    check_problem(await alice.post(f"{make.API}/contacts", content=spaced, headers=headers), INVALID)
    assert await count(alice, "contacts") == 1


async def test_a_key_belongs_to_one_account(alice: ApiClient, bob: ApiClient) -> None:
    first, second = [await create(user, "contacts", make.contact(), "one") for user in (alice, bob)]
    assert first.json()["id"] != second.json()["id"]


async def test_a_request_that_failed_leaves_its_key_free(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    check_problem(await create(alice, "tasks", make.task(make.NOBODY), "one"), INVALID)
    assert (await create(alice, "tasks", make.task(person["id"]), "one")).status_code == CREATED


async def test_a_key_is_free_again_after_thirty_days(alice: ApiClient, clock: FrozenClock) -> None:
    first = await create(alice, "contacts", make.contact(), "one")
    clock.advance(timedelta(days=30))
    again = await create(alice, "contacts", make.contact(), "one")
    assert again.status_code == CREATED
    assert again.json()["id"] != first.json()["id"]
    assert (await create(alice, "contacts", make.contact(), "one")).content == again.content


@pytest.mark.parametrize(
    "key", [b"", b" ", b"a b", b"\xc3\xa9", b"\x7f", b"k" * 201], ids=["empty", "blank", "space", "é", "DEL", "long"]
)
async def test_a_key_has_1_to_200_visible_ascii_characters(alice: ApiClient, key: bytes) -> None:
    answer = await alice.post(f"{make.API}/contacts", json=make.contact(), headers=[(b"Idempotency-Key", key)])
    problem = check_problem(answer, INVALID)
    assert problem["errors"][0]["pointer"] == "Idempotency-Key"
    assert await count(alice, "contacts") == 0
    for right in ("!", "~" * 200):
        assert (await create(alice, "contacts", make.contact(), right)).status_code == CREATED


async def test_verbs_take_a_key_too(alice: ApiClient, app: FastAPI) -> None:
    rows = await settle(alice)
    until = {"until": make.moment(days=1)}
    for verb, body in (("snooze", until), ("reopen", {}), ("complete", {}), ("reopen", {}), ("skip", {})):
        path, key = f"tasks/{rows['task']}/{verb}", f"{verb} once".replace(" ", "-")
        first = await create(alice, path, body, key)
        if first.status_code == INVALID:
            assert verb == "reopen", "its key came before"
            continue
        assert (await create(alice, path, body, key)).content == first.content


async def test_answers_with_a_secret_and_answers_of_what_writes_nothing_are_not_stored(
    alice: ApiClient, app: FastAPI
) -> None:
    rows = await settle(alice)
    alice.headers["Idempotency-Key"] = "one"
    for operation in sorted(NOT_STORED):
        assert (await call(alice, operation, path=rows)).is_success
    stored = await app.state.db.read(lambda conn: conn.execute(TABLE.select()).all())
    assert stored == []
    for secret in (PASSWORD, "sundown_"):
        assert secret not in str(stored)


async def test_deleting_a_person_clears_the_answers_that_quote_them_and_still_does_nothing_twice(
    alice: ApiClient, app: FastAPI
) -> None:
    body = make.contact(name="Dana Reyes", notes="Met at the harbour.")
    made = await create(alice, "contacts", body, "one")
    await make.remove(alice, f"contacts/{made.json()['id']}")
    stored = await app.state.db.read(lambda conn: conn.execute(TABLE.select()).all())
    assert "harbour" not in str(stored)
    check_problem(await create(alice, "contacts", body, "one"), GONE)
    assert await count(alice, "contacts") == 0


async def test_a_key_does_not_carry_from_a_session_to_a_capture_token(
    alice: ApiClient, client: Callable[..., ApiClient]
) -> None:
    program = client(headers=await make.token(alice, "capture"))
    first = await create(program, "captures", make.capture(), "one")
    assert (await create(program, "captures", make.capture(), "one")).content == first.content
    assert await count(alice, "captures") == 1
