"""`sundown demo`: a year that could be somebody's, the same for the same seed and day."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.accounts.service import EmailTaken
from app.demo import service
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import DEFAULT_NOW, FrozenClock
from tests.support.places import Place
from tests.support.server import Server

TODAY = DEFAULT_NOW.date()
PASSWORD = "harbour lights at four"
Archive = dict[str, Any]
Tell = Callable[..., Awaitable[ApiClient]]
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def tell(app: FastAPI, client: Callable[..., ApiClient], clock: FrozenClock) -> Tell:
    """Make the demo account as of a day, and sign in to it."""

    async def make_and_sign_in(today: date = TODAY, seed: int = 1, email: str = "ines@sundown.example") -> ApiClient:
        now = service.afternoon_of(today)
        clock.set(now)
        hashed = await app.state.passwords.hash(PASSWORD)
        await app.state.db.write(service.create, None, email=email, password_hash=hashed, seed=seed, now=now)
        user = client(headers={"Sec-Fetch-Site": "same-origin"})
        answer = await user.post(f"{make.API}/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return user

    return make_and_sign_in


async def rows_of(user: ApiClient) -> dict[str, list[dict[str, Any]]]:
    return (await make.get(user, "me/export"))["rows"]


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.database("sqlite")
async def test_a_year_of_people_who_are_all_somebody_else_suggests_no_duplicates(tell: Tell) -> None:
    assert (await make.get(await tell(), "duplicates"))["items"] == []


@pytest.mark.parametrize("today", [date(2026, 3, 3), date(2024, 2, 29), date(2026, 11, 1)])
@pytest.mark.database("sqlite")
async def test_there_is_something_in_every_group_of_upcoming(tell: Tell, today: date) -> None:
    groups = {group["name"]: group["tasks"] for group in (await make.get(await tell(today), "upcoming"))["groups"]}
    assert len(groups) == 6
    assert all(groups.values()), {name: len(tasks) for name, tasks in groups.items()}
    stacks = [task["stack"] for task in groups["today"] if task["stack"]]
    assert max(map(stacks.count, stacks)) >= 3, "a stack to walk"


async def test_forty_people_and_sixty_meetings_of_one_year(tell: Tell) -> None:
    rows = await rows_of(await tell())
    assert len(rows["contacts"]) == 40
    assert len(rows["encounters"]) == 60
    met = sorted(when(row["occurred_at"]) for row in rows["encounters"])
    assert timedelta(days=355) < met[-1] - met[0] < timedelta(days=375)
    assert {row["kind"] for row in rows["encounters"]} == {"interview", "networking", "social", "other"}
    assert {row["round"] for row in rows["encounters"]} == {None, 0, 1, 2, 3}
    assert {row["outcome"] for row in rows["encounters"]} >= {"waiting", "next_round", "rejected", "withdrawn"}
    assert any(row["gaps"] for row in rows["encounters"])
    assert {item["ready"] for row in rows["encounters"] for item in row["requested"]} == {True, False}
    notes = [row["card_note"] for row in rows["encounters"] if row["card_note"]]
    assert len(set(notes)) == len(notes) > 50


async def test_tasks_went_the_way_tasks_go(tell: Tell) -> None:
    rows = await rows_of(await tell())
    tasks, touches = rows["tasks"], rows["touches"]
    done = [task for task in tasks if task["status"] == "done"]
    late = [task for task in done if when(task["completed_at"]) > when(task["due_at"])]
    assert len(done) > 80
    assert 0 < len(late) < len(done) / 4
    assert any(task["status"] == "skipped" and task["skip_reason"] for task in tasks)
    assert any(task["status"] == "open" and task["snoozed_until"] for task in tasks)
    assert any(task["planned_on"] for task in tasks)
    assert {task["action"] for task in tasks} >= {"send_link", "phone_call", "their_promise", "requested_item"}
    assert {bool(promise["kept_at"]) for promise in rows["promises"]} == {True, False}
    assert {promise["by"] for promise in rows["promises"]} == {"mine", "theirs"}
    assert sum(touch["task_id"] is not None for touch in touches) == sum(
        task["action"] != "finish_card_note" for task in done
    )
    assert {(touch["direction"], touch["needs_answer"]) for touch in touches if touch["task_id"] is None} == {
        *(("in", True), ("in", False), ("out", False)),
    }
    replies = [task for task in tasks if task["action"] == "reply"]
    assert {task["status"] for task in replies} == {"done", "open"}
    assert all(when(task["created_at"]) <= when(task["completed_at"]) for task in done)


async def test_nobody_in_it_is_real_and_nothing_in_it_reaches_anybody(tell: Tell) -> None:
    user = await tell()
    archive = await make.get(user, "me/export")
    emails = [email for row in archive["rows"]["contacts"] for email in row["emails"]] + [archive["account"]["email"]]
    phones = [phone for row in archive["rows"]["contacts"] for phone in row["phones"]] + [archive["account"]["phone"]]
    links = re.findall(r"https?://([^/\"\s]+)", (await user.get(f"{make.API}/me/export")).text)
    assert len(emails) >= 40
    assert len(phones) > 20
    assert [email for email in emails if not email.endswith(".example")] == []
    assert [phone for phone in phones if not re.fullmatch(r"\+1 \d{3}-555-01\d\d", phone)] == []
    assert [host for host in links if not host.endswith(".example")] == []
    assert len(set(emails)) == len(emails)


@pytest.mark.database("sqlite")
async def test_the_same_seed_and_day_are_the_same_year(tell: Tell) -> None:
    def told(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
        """Without ids, which differ each time."""
        return sorted(IDS.sub("", f"{table} {sorted(row.items())}") for table, every in rows.items() for row in every)

    first = told(await rows_of(await tell(email="a@sundown.example")))
    again = told(await rows_of(await tell(email="b@sundown.example")))
    other = told(await rows_of(await tell(email="c@sundown.example", seed=2)))
    assert first == again
    assert first != other


async def test_an_account_that_exists_is_left_as_it_is(tell: Tell) -> None:
    user = await tell()
    before = await rows_of(user)
    with pytest.raises(EmailTaken):
        await tell()
    assert await rows_of(user) == before


@pytest.mark.server
@pytest.mark.database("sqlite")
def test_the_command_prints_what_to_sign_in_with(here: Place) -> None:
    email, password = here.done("demo", "--today", "2026-03-03", "--seed", "7").split()[-2:]
    assert email == "ines@sundown.example"
    before = here.rows()
    assert "--email" in here.refused("demo")
    assert here.rows() == before
    server = Server(here.folder, here.url)
    server.start()
    try:
        with server.client() as client:
            signed_in = client.post(f"{make.API}/session", json={"email": email, "password": password})
            assert signed_in.json()["name"] == service.NAME
    finally:
        server.stop()
