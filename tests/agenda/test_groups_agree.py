"""What the database sorts into groups is what the core says of each task alone."""

from datetime import datetime, timedelta
from typing import Any

from app.scheduling.agenda import edges, group_of
from app.scheduling.facts import Preferences
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import DEFAULT_NOW, FrozenClock

AROUND = edges(DEFAULT_NOW, make.ZONE, Preferences(timezone=make.ZONE))
EDGES = (DEFAULT_NOW, AROUND.today_ends, AROUND.tomorrow_ends, AROUND.week_ends)
SECOND = timedelta(seconds=1)


async def test_every_open_task_stands_in_the_one_group_the_core_gives_it(alice: ApiClient, clock: FrozenClock) -> None:
    """At each edge, a second before it and a second after it; due then, snoozed until then, and both."""
    dana = (await make.add(alice, "contacts", make.contact()))["id"]
    moments = [edge + by * SECOND for edge in EDGES for by in (-1, 0, 1)]
    dues = [(due, None) for due in moments]
    dues += [
        (due, moment)
        for due in (DEFAULT_NOW - timedelta(days=9), DEFAULT_NOW + timedelta(days=9))
        for moment in moments
    ]
    clock.set(DEFAULT_NOW - timedelta(days=1))
    expected: dict[str, str] = {}
    for number, (due, snoozed_until) in enumerate(dues):
        action = "custom" if number % 5 else "keep_in_touch"
        task = await make.add(alice, "tasks", make.task(dana, due_at=make.instant(due), action=action))
        if snoozed_until:
            until = {"until": make.instant(snoozed_until)}
            assert (await alice.post(f"{make.API}/tasks/{task['id']}/snooze", json=until)).is_success
        expected[task["id"]] = group_of(action, snoozed_until or due, due, AROUND)
    clock.set(DEFAULT_NOW)
    found = [(task["id"], group["name"]) for group in await groups(alice) for task in group["tasks"]]
    assert len(found) == len(expected)
    assert dict(found) == expected
    assert set(expected.values()) == {"today", "overdue", "tomorrow", "this_week", "later"}


async def groups(alice: ApiClient) -> list[dict[str, Any]]:
    upcoming = await make.get(alice, "upcoming")
    assert datetime.fromisoformat(upcoming["now"]) == DEFAULT_NOW
    return upcoming["groups"]
