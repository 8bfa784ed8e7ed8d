"""What the page is given every morning and every evening: open tasks by group, each with what recalls the person."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import DEFAULT_NOW, FrozenClock

GROUPS = ("replies", "today", "overdue", "tomorrow", "this_week", "later")
ZONES = ("Europe/Lisbon", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")


@pytest.fixture
async def dana(alice: ApiClient) -> str:
    return (await make.add(alice, "contacts", make.contact(company="Northwind")))["id"]


async def grouped(client: ApiClient, query: str = "") -> dict[str, list[dict[str, Any]]]:
    return {group["name"]: group["tasks"] for group in (await make.get(client, f"upcoming{query}"))["groups"]}


async def titles(client: ApiClient, query: str = "") -> dict[str, list[str]]:
    found = {name: [task["title"] for task in tasks] for name, tasks in (await grouped(client, query)).items()}
    return {name: listed for name, listed in found.items() if listed}


async def add(client: ApiClient, dana: str, title: str, **given: Any) -> dict[str, Any]:
    return await make.add(client, "tasks", make.task(dana, title=title, action="custom", **given))


def group_for(task: dict[str, Any], now: datetime, zone: str, boundary: time) -> str:
    """The rule as product.md tells it, worked out a second time: local days, begun at the boundary."""

    def day_of(at: datetime) -> date:
        local = at.astimezone(ZoneInfo(zone))
        return local.date() if local.time() >= boundary else local.date() - timedelta(days=1)

    act_at, due_at = (datetime.fromisoformat(task[name]) for name in ("act_at", "due_at"))
    if task["action"] == "reply":
        return "replies"
    if act_at < now and due_at < now:
        return "overdue"
    days = (day_of(act_at - timedelta(seconds=1)) - day_of(now)).days  # what is due as a day ends belongs to it
    if days <= 0:
        return "today"
    return "tomorrow" if days == 1 else "this_week" if days < 7 else "later"


async def test_the_groups_come_in_the_order_of_the_page(alice: ApiClient) -> None:
    upcoming = await make.get(alice, "upcoming")
    assert tuple(group["name"] for group in upcoming["groups"]) == GROUPS
    assert {(group["minutes"], group["next"], *group["tasks"]) for group in upcoming["groups"]} == {(0, None)}
    assert upcoming["now"] == "2026-03-03T15:30:00Z"
    assert upcoming["sundown"]["today"].startswith("2026-03-03T18:31")
    assert upcoming["sundown"]["tomorrow"].startswith("2026-03-04T18:32")


async def test_a_task_stands_where_its_day_is(alice: ApiClient, dana: str) -> None:
    for title, due_at in {
        "just past": "2026-03-03T15:29:59Z",
        "now": "2026-03-03T15:30:00Z",
        "tonight": "2026-03-03T23:59:59Z",
        "by the boundary": "2026-03-04T04:00:00Z",
        "after the boundary": "2026-03-04T04:00:01Z",
        "tomorrow night": "2026-03-05T04:00:00Z",
        "the day after": "2026-03-05T04:00:01Z",
        "the seventh day": "2026-03-10T04:00:00Z",
        "the eighth day": "2026-03-10T04:00:01Z",
        "in a year": "2027-03-03T15:30:00Z",
    }.items():
        await add(alice, dana, title, due_at=due_at)
    assert await titles(alice) == {
        "overdue": ["just past"],
        "today": ["now", "tonight", "by the boundary"],
        "tomorrow": ["after the boundary", "tomorrow night"],
        "this_week": ["the day after", "the seventh day"],
        "later": ["the eighth day", "in a year"],
    }


async def test_past_midnight_it_is_still_the_evening_before(alice: ApiClient, dana: str, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 3, 4, 2, 0, tzinfo=UTC))
    await add(alice, dana, "the calendar's today", due_at="2026-03-04T12:00:00Z")
    assert await titles(alice) == {"tomorrow": ["the calendar's today"]}
    sundown = (await make.get(alice, "upcoming"))["sundown"]
    assert sundown["today"].startswith("2026-03-03")
    await make.change(alice, "me", {"day_boundary": "00:00"})
    assert await titles(alice) == {"today": ["the calendar's today"]}


async def test_days_are_those_of_the_reader(alice: ApiClient, dana: str) -> None:
    await add(alice, dana, "nine in the evening of Lisbon", due_at="2026-03-03T21:00:00Z")
    assert await titles(alice) == {"today": ["nine in the evening of Lisbon"]}
    assert await titles(alice, "?timezone=Pacific/Kiritimati") == {"today": ["nine in the evening of Lisbon"]}
    assert await titles(alice, "?timezone=Asia/Kathmandu") == {"today": ["nine in the evening of Lisbon"]}
    await add(alice, dana, "eleven", due_at="2026-03-03T23:00:00Z")
    assert (await titles(alice, "?timezone=Asia/Kathmandu"))["tomorrow"] == ["eleven"]
    there = await make.get(alice, "upcoming?timezone=America/Los_Angeles")
    assert there["sundown"]["today"].startswith("2026-03-04T01:5")


async def test_only_open_tasks_are_there(alice: ApiClient, dana: str) -> None:
    for verb in ("complete", "skip"):
        task = await add(alice, dana, verb)
        await alice.post(f"{make.API}/tasks/{task['id']}/{verb}")
    met = await make.add(alice, "encounters", make.meeting(dana))
    await make.change(alice, f"encounters/{met['id']}", {"follow_up": "none"})
    assert await titles(alice) == {}


async def test_replies_come_first_whenever_they_are_due(alice: ApiClient, dana: str) -> None:
    for days in (-3, 0.1, 1, 40):
        await make.add(alice, "tasks", make.task(dana, action="reply", title=f"{days}", due_at=make.moment(days=days)))
    assert await titles(alice) == {"replies": ["-3", "0.1", "1", "40"]}


async def test_a_snoozed_task_stands_where_it_comes_back(alice: ApiClient, dana: str, clock: FrozenClock) -> None:
    overdue = await add(alice, dana, "overdue", due_at=make.moment(days=-1))
    ahead = await add(alice, dana, "ahead", due_at=make.moment(days=30))
    for task, until in ((overdue, make.moment(days=1)), (ahead, make.moment(hours=1))):
        await alice.post(f"{make.API}/tasks/{task['id']}/snooze", json={"until": until})
    assert await titles(alice) == {"tomorrow": ["overdue"], "today": ["ahead"]}
    clock.advance(timedelta(hours=2))
    assert await titles(alice) == {"tomorrow": ["overdue"], "today": ["ahead"]}, "awake, and nothing is late"
    clock.advance(timedelta(days=1))
    assert await titles(alice) == {"overdue": ["overdue"], "today": ["ahead"]}


async def test_nothing_overdue_ever_disappears(alice: ApiClient, dana: str, clock: FrozenClock) -> None:
    await add(alice, dana, "late", due_at=make.moment(days=1))
    for _ in range(50):
        clock.advance(timedelta(days=60))
        assert await titles(alice) == {"overdue": ["late"]}


async def test_each_task_tells_who_it_is_about_and_what_recalls_them(alice: ApiClient, dana: str) -> None:
    text = "Red scarf,\r\n  knows   Ana. Promised her\tthe article"
    made = await make.add(alice, "captures", make.capture(text=text, company="Northwind"))
    met = await make.add(alice, "encounters", make.meeting(dana, talked_about="sailing", kind="social"))
    own = {"people": [{"contact_id": dana, "talked_about": "the harbour"}], "talked_about": "sailing"}
    other = await make.add(alice, "encounters", make.meeting(**own))
    by_hand = await add(alice, dana, "by hand")
    everything = [task for tasks in (await grouped(alice)).values() for task in tasks]
    recalled = {task["encounter_id"]: task["recall"] for task in everything}
    assert recalled == {
        made["id"]: "Red scarf, knows Ana. Promised her the article",
        met["id"]: "sailing",
        other["id"]: "the harbour",
        by_hand["encounter_id"]: None,
    }
    contacts = {task["contact"]["id"]: task["contact"] for task in everything}
    assert contacts[dana] == {"id": dana, "name": "Dana Reyes", "descriptor": None, "company": "Northwind"}
    assert contacts[made["contact"]["id"]]["descriptor"] == "Red scarf"
    for task in everything:
        plain = await make.get(alice, f"tasks/{task['id']}")
        assert {name: task[name] for name in plain} == plain
        assert task.keys() - plain.keys() == {"contact", "recall", "by"}


async def test_a_long_note_recalls_with_its_beginning(alice: ApiClient) -> None:
    await make.add(alice, "captures", make.capture(text="\U0001f9e3 " * 5_000))
    (task, *_) = [task for tasks in (await grouped(alice)).values() for task in tasks]
    assert task["recall"].startswith("\U0001f9e3 \U0001f9e3")
    assert len(task["recall"]) <= 240


async def test_today_each_task_says_by_what(alice: ApiClient, dana: str, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    await make.add(alice, "captures", make.capture(text="Dana", captured_at="2026-03-03T19:30:00Z"))
    await make.add(alice, "encounters", make.meeting(dana, kind="other", occurred_at="2026-03-04T08:00:00Z"))
    await add(alice, dana, "by hand", due_at="2026-03-04T17:00:00Z")
    found = await grouped(alice)
    assert {task["action"]: task["by"] for task in found["today"]} == {
        "handwritten_note": "sundown",
        "email_thank_you": "midnight",
        "finish_card_note": "hour",
        "custom": "hour",
    }
    rest = [task for name, tasks in found.items() if name != "today" for task in tasks]
    assert rest
    assert {task["by"] for task in rest} == {None}


async def test_moved_by_hand_a_task_is_due_by_its_hour(alice: ApiClient, dana: str) -> None:
    met = await make.add(alice, "encounters", make.meeting(dana))
    note = next(task for task in met["tasks"] if task["action"] == "handwritten_note")
    await make.change(alice, f"tasks/{note['id']}", {"due_at": "2026-03-03T21:00:00Z"})
    assert [task["by"] for task in (await grouped(alice))["today"]] == ["hour"]


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_every_open_task_stands_in_exactly_one_group(
    alice: ApiClient, app: FastAPI, dana: str, clock: FrozenClock, seed: int
) -> None:
    chance = random.Random(seed)
    open_tasks: dict[str, dict[str, Any]] = {}
    for number in range(60):
        around = chance.choice([1, 60, 60 * 24, 60 * 24 * 9])
        due = make.moment(minutes=chance.randint(-around, around) * chance.choice([1, 1, 1, 30]))
        action = chance.choice(["custom", "custom", "custom", "reply"])
        task = await make.add(alice, "tasks", make.task(dana, title=f"{number}", action=action, due_at=due))
        if chance.random() < 0.4:
            until = make.moment(minutes=chance.randint(-around, around))
            task = (await alice.post(f"{make.API}/tasks/{task['id']}/snooze", json={"until": until})).json()
        if chance.random() < 0.2:
            await alice.post(f"{make.API}/tasks/{task['id']}/{chance.choice(['complete', 'skip'])}")
        else:
            open_tasks[task["id"]] = task
    for _ in range(8):
        zone, boundary = chance.choice(ZONES), chance.choice([0, 4, 6])
        clock.set(DEFAULT_NOW + timedelta(minutes=chance.randint(-4000, 4000)))
        await make.change(alice, "me", {"day_boundary": f"{boundary:02}:00"})
        found = await grouped(alice, f"?timezone={zone}")
        placed = {task["id"]: name for name, tasks in found.items() for task in tasks}
        assert sum(map(len, found.values())) == len(placed)
        expected = {task_id: group_for(task, clock.now(), zone, time(boundary)) for task_id, task in open_tasks.items()}
        assert placed == expected
        for tasks in found.values():
            assert tasks == sorted(tasks, key=lambda task: (task["act_at"], task["id"]))


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("timezone=Mars/Olympus", "?timezone"),
        ("timezone=", "?timezone"),
        ("group=someday", "?group"),
        ("after=nonsense", "?after"),
        ("group=today&after=nonsense", "?after"),
        ("limit=3", "?limit"),
    ],
)
async def test_what_a_query_cannot_mean_is_named(alice: ApiClient, query: str, pointer: str) -> None:
    answer = await alice.get(f"{make.API}/upcoming?{query}")
    check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
    assert pointers(answer) == [pointer]
