"""Twelve at once leave what one leaves: the ops that read and then write, on both databases, over HTTP."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, func, select

from app.models import METADATA
from tests.followups.proposals import document, own
from tests.support import factories as make
from tests.support.clients import ALICE, ApiClient

CROWD = 12
CHOSEN = "0190b5a2-7c1e-7000-8000-000000000001"
PROMISED = "0190b5a2-7c1e-7000-8000-000000000002"
PROMISE = {"id": PROMISED, "what": "the trunk-based article"}
OWNED = [table for table in METADATA.sorted_tables if "owner_id" in table.c and table.name != "idempotency_keys"]

Rows = dict[str, Any]
Ask = Callable[[ApiClient, Rows, int], Awaitable[httpx.Response]]


async def settle(user: ApiClient) -> Rows:
    """Somebody met at an interview, with tasks, and somebody captured."""
    person = await make.add(user, "contacts", make.contact(emails=["dana@mail.example"]))
    met = await make.add(user, "encounters", make.interview(person["id"]))
    captured = await make.add(user, "captures", make.capture())
    token = await make.add(user, "tokens", {"name": "Reader", "scope": "read"})
    return {
        "contact": person["id"],
        "encounter": met["id"],
        "tasks": [task["id"] for task in met["tasks"]],
        "task": met["tasks"][0]["id"],
        "capture": captured["id"],
        "token": token["id"],
        "captured contact": captured["contact"]["id"],
    }


def create(kind: str, body: Callable[[Rows], dict[str, Any]], key: str | None = None) -> Ask:
    """POST of one body; `key` may name the number of the try."""

    async def ask(user: ApiClient, rows: Rows, number: int) -> httpx.Response:
        headers = {} if key is None else {"Idempotency-Key": key.format(number)}
        return await user.post(f"{make.API}/{kind.format(**rows)}", json=body(rows), headers=headers)

    return ask


def verb(path: str, body: dict[str, Any] | None = None) -> Ask:
    return create(path, lambda _: body or {})


def patch(path: str, changes: Callable[[int], dict[str, Any]]) -> Ask:
    """A merge patch based on the version the row has after `settle`."""

    async def ask(user: ApiClient, rows: Rows, number: int) -> httpx.Response:
        address = f"{make.API}/{path.format(**rows)}"
        return await user.patch(address, json=changes(number), headers={"If-Match": rows["etags"][path]})

    return ask


def rules(title: str, version: str = "*") -> Ask:
    """PUT of a playbook with one rule more; its `title` may name the number of the try."""

    async def ask(user: ApiClient, rows: Rows, number: int) -> httpx.Response:
        body = document(own(round=[1, 3], role=..., title=title.format(number)))
        return await user.put(f"{make.API}/playbook", json=body, headers={"If-Match": version})

    return ask


def delete(path: str) -> Ask:
    async def ask(user: ApiClient, rows: Rows, number: int) -> httpx.Response:
        return await user.delete(f"{make.API}/{path.format(**rows)}")

    return ask


async def completed(user: ApiClient, rows: Rows) -> None:
    assert (await user.post(f"{make.API}/tasks/{rows['task']}/complete")).is_success


async def moved(user: ApiClient, rows: Rows) -> None:
    """A user who moved: the next replanning changes due times; a person who is connected needs no invitation."""
    await make.change(user, "me", {"timezone": "Asia/Tokyo", "phone": "+1 555 010 0199"})
    await make.change(user, f"contacts/{rows['contact']}", {"timezone": "Asia/Tokyo"})


async def more_rules(user: ApiClient, rows: Rows) -> None:
    """A playbook that gives the meeting one task more once it is planned again."""
    assert (await rules("Send it")(user, rows, 0)).is_success


@dataclass(frozen=True)
class Case:
    """What is asked twelve times, how often each status is answered, and what is done before."""

    ask: Ask
    statuses: Mapping[int, int]
    before: Callable[[ApiClient, Rows], Awaitable[None]] | None = None


ONCE_MADE, ONCE_CHANGED, ONCE_GONE = {201: 1, 200: 11}, {200: 1, 412: 11}, {204: 1, 404: 11}
CASES: dict[str, Case] = {
    "a capture with the same id": Case(create("captures", lambda _: make.capture(id=CHOSEN)), ONCE_MADE),
    "a capture with the same key": Case(create("captures", lambda _: make.capture(), "k"), {201: 12}),
    "a capture with the same id under twelve keys": Case(
        create("captures", lambda _: make.capture(id=CHOSEN, promises=[PROMISE]), "k{}"), ONCE_MADE
    ),
    "a capture of a known person with the same id": Case(
        create("captures", lambda rows: make.capture(id=CHOSEN, contact_id=rows["contact"])), ONCE_MADE
    ),
    "a contact with the same id": Case(
        create("contacts", lambda _: make.contact(id=CHOSEN, tags=["go", "lisbon"])), ONCE_MADE
    ),
    "a contact with the same key": Case(create("contacts", lambda _: make.contact(), "k"), {201: 12}),
    "an encounter with the same id": Case(
        create("encounters", lambda rows: make.interview(rows["contact"], id=CHOSEN, promises=[PROMISE])), ONCE_MADE
    ),
    "an encounter with the same key": Case(
        create(
            "encounters",
            lambda rows: make.interview(rows["contact"], rows["captured contact"], occurred_at=make.moment()),
            "k",
        ),
        {201: 12},
    ),
    "a task with the same id": Case(create("tasks", lambda rows: make.task(rows["contact"], id=CHOSEN)), ONCE_MADE),
    "a touch with the same id": Case(
        create("contacts/{contact}/touches", lambda _: make.touch(id=CHOSEN, needs_answer=True)), ONCE_MADE
    ),
    "a touch with the same key": Case(
        create("contacts/{contact}/touches", lambda _: make.touch(needs_answer=True), "k"), {201: 12}
    ),
    "a replan that changes nothing": Case(verb("encounters/{encounter}/replan"), {200: 12}),
    "a replan that moves": Case(verb("encounters/{encounter}/replan"), {200: 12}, moved),
    "a replan with the same key": Case(create("encounters/{encounter}/replan", lambda _: {}, "k"), {200: 12}, moved),
    "a replan that adds": Case(verb("encounters/{encounter}/replan"), {200: 12}, more_rules),
    "complete": Case(verb("tasks/{task}/complete", {"note": "Sent."}), {200: 12}),
    "skip": Case(verb("tasks/{task}/skip", {"reason": "They moved away"}), {200: 12}),
    "snooze": Case(verb("tasks/{task}/snooze", {"until": make.moment(days=1)}), {200: 12}),
    "reopen": Case(verb("tasks/{task}/reopen"), {200: 12}, completed),
    "a sort": Case(
        create(
            "encounters/sort",
            lambda rows: {
                "items": [
                    {"encounter_id": rows["encounter"], "contact_id": rows["contact"], "follow_up": "light"},
                    {"encounter_id": rows["capture"], "contact_id": rows["captured contact"], "follow_up": "none"},
                ]
            },
        ),
        {200: 12},
    ),
    "a batch of completes": Case(
        create("tasks/batch", lambda rows: {"ids": rows["tasks"], "do": "complete"}), {200: 12}
    ),
    "a batch of reopens": Case(
        create("tasks/batch", lambda rows: {"ids": rows["tasks"], "do": "reopen"}), {200: 12}, completed
    ),
    "a merge patch of a person": Case(
        patch("contacts/{contact}", lambda n: {"notes": f"{n}", "tags": ["go"]}), ONCE_CHANGED
    ),
    "a merge patch of a meeting": Case(
        patch("encounters/{encounter}", lambda n: {"place": f"{n}", "promises": [PROMISE]}), ONCE_CHANGED
    ),
    "a merge patch of a task": Case(patch("tasks/{task}", lambda n: {"title": f"{n}"}), ONCE_CHANGED),
    "a merge patch of the settings": Case(patch("me", lambda n: {"phone": f"{n}"}), ONCE_CHANGED),
    "a playbook": Case(rules("Send it"), {200: 12}),
    "a playbook based on a version": Case(rules("Send number {}", '"built-in-1"'), ONCE_CHANGED),
    "an undo": Case(delete("captures/{capture}"), ONCE_GONE),
    "a deleted person": Case(delete("contacts/{contact}"), ONCE_GONE),
    "a deleted meeting": Case(delete("encounters/{encounter}"), ONCE_GONE),
    "a revoked token": Case(delete("tokens/{token}"), ONCE_GONE),
}


async def remember_versions(user: ApiClient, rows: Rows) -> None:
    rows["etags"] = {}
    for path in ("contacts/{contact}", "encounters/{encounter}", "tasks/{task}", "me"):
        rows["etags"][path] = (await user.get(f"{make.API}/{path.format(**rows)}")).headers["etag"]


async def left_behind(app: FastAPI, user: ApiClient) -> tuple[dict[str, int], list[tuple[Any, ...]]]:
    """How many rows of each table are this user's, and what their tasks are."""
    tasks = METADATA.tables["tasks"].c

    def op(conn: Connection) -> tuple[dict[str, int], list[tuple[Any, ...]]]:
        mine = {
            table.name: conn.execute(
                select(func.count()).select_from(table).where(table.c.owner_id == user.account["id"])
            ).scalar_one()
            for table in OWNED
        }
        described = (tasks.action, tasks.rule, tasks.status, tasks.due_at, tasks.act_at, tasks.pinned, tasks.version)
        of_user = conn.execute(select(*described).where(tasks.owner_id == user.account["id"]))
        return mine, sorted(tuple(map(str, row)) for row in of_user)

    return await app.state.db.read(op)


@pytest.mark.parametrize("name", CASES)
async def test_twelve_at_once_leave_what_one_leaves(app: FastAPI, alice: ApiClient, bob: ApiClient, name: str) -> None:
    case = CASES[name]
    await make.change(bob, "me", {"timezone": ALICE["timezone"]})
    for user, times in ((bob, 1), (alice, CROWD)):
        rows = await settle(user)
        if case.before is not None:
            await case.before(user, rows)
        await remember_versions(user, rows)
        answers = await asyncio.gather(*(case.ask(user, rows, number) for number in range(times)))
        assert all(answer.is_success for answer in answers) or times == CROWD, answers[0].text
        if times == CROWD:
            assert Counter(answer.status_code for answer in answers) == case.statuses, [a.text for a in answers][:3]
    assert await left_behind(app, alice) == await left_behind(app, bob)
