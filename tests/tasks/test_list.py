"""The list of tasks and its filters."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY


@pytest.fixture
async def tasks(alice: ApiClient) -> dict[str, dict[str, Any]]:
    """One task of each status, for two people, each a day later than the one before."""
    made: dict[str, dict[str, Any]] = {}
    people = [(await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in ("Ana", "Bo")]
    for day, (what, person) in enumerate(zip(("open", "done", "skipped", "snoozed"), people * 2, strict=True), start=1):
        made[what] = await make.add(alice, "tasks", make.task(person, due_at=make.moment(days=day), title=what))
    await alice.post(f"{make.API}/tasks/{made['done']['id']}/complete")
    await alice.post(f"{make.API}/tasks/{made['skipped']['id']}/skip")
    await alice.post(f"{make.API}/tasks/{made['snoozed']['id']}/snooze", json={"until": make.moment(minutes=5)})
    met = await make.add(alice, "encounters", make.meeting(people[0], kind="other", follow_up="light"))
    made["planned"] = met["tasks"][0]
    await make.change(alice, f"encounters/{met['id']}", {"follow_up": "none"})
    made["cancelled"] = made.pop("planned")
    return made


async def listed(client: ApiClient, query: str = "") -> list[str]:
    return [item["title"] for item in (await make.get(client, f"tasks{query}"))["items"]]


async def test_tasks_of_every_status_come_in_order_of_when_to_act(
    alice: ApiClient, tasks: dict[str, dict[str, Any]]
) -> None:
    thank_you = tasks["cancelled"]["title"]
    assert await listed(alice) == ["snoozed", thank_you, "open", "done", "skipped"]


async def test_a_status_narrows_the_list(alice: ApiClient, tasks: dict[str, dict[str, Any]]) -> None:
    assert await listed(alice, "?status=open") == ["snoozed", "open"]
    assert await listed(alice, "?status=done") == ["done"]
    assert await listed(alice, "?status=skipped") == ["skipped"]
    assert await listed(alice, "?status=cancelled") == [tasks["cancelled"]["title"]]


async def test_a_person_narrows_the_list(alice: ApiClient, tasks: dict[str, dict[str, Any]]) -> None:
    assert await listed(alice, f"?contact_id={tasks['done']['contact_id']}") == ["snoozed", "done"]
    assert await listed(alice, f"?contact_id={make.NOBODY}") == []


async def test_an_encounter_narrows_the_list(alice: ApiClient, tasks: dict[str, dict[str, Any]]) -> None:
    query = f"?encounter_id={tasks['cancelled']['encounter_id']}"
    assert await listed(alice, query) == [tasks["cancelled"]["title"]]
    assert await listed(alice, f"{query}&status=open") == []


async def test_due_times_narrow_the_list_and_are_not_included(
    alice: ApiClient, tasks: dict[str, dict[str, Any]]
) -> None:
    second = tasks["done"]["due_at"]
    assert await listed(alice, f"?due_before={second}") == [tasks["cancelled"]["title"], "open"]
    assert await listed(alice, f"?due_after={second}") == ["snoozed", "skipped"]
    assert await listed(alice, f"?due_after={tasks['open']['due_at']}&due_before={tasks['skipped']['due_at']}") == [
        "done"
    ]


async def test_filters_stay_on_every_page(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    for number in range(5):
        task = await make.add(alice, "tasks", make.task(person["id"], title=f"{number}"))
        if number % 2:
            await alice.post(f"{make.API}/tasks/{task['id']}/skip")
    seen: list[str] = []
    address: str | None = f"{make.API}/tasks?status=open&limit=1&due_after=2026-03-01T00:00:00%2B01:00"
    while address is not None:
        answer = await alice.get(address)
        seen += [item["title"] for item in answer.json()["items"]]
        address = answer.links.get("next", {}).get("url")
    assert sorted(seen) == ["0", "2", "4"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("status=waiting", "?status"),
        ("status=", "?status"),
        ("status=open&status=done", "?status"),
        ("limit=1&limit=2", "?limit"),
        ("contact_id=dana", "?contact_id"),
        ("encounter_id=", "?encounter_id"),
        ("due_before=2026-03-04", "?due_before"),
        ("due_after=2026-03-04T00:00:00", "?due_after"),
        ("due_after=1772551800", "?due_after"),
        ("due_at=2026-03-04T00:00:00Z", "?due_at"),
        ("Status=open", "?Status"),
        ("after=nonsense", "?after"),
        ("%00=1", "?\x00"),
    ],
)
async def test_what_a_query_cannot_mean_is_named(alice: ApiClient, query: str, pointer: str) -> None:
    answer = await alice.get(f"{make.API}/tasks?{query}")
    check_problem(answer, INVALID)
    assert pointers(answer) == [pointer]


async def test_a_plus_that_the_address_turned_into_a_space_is_told(alice: ApiClient) -> None:
    answer = await alice.get(f"{make.API}/tasks?due_after=2026-03-04T00:00:00+01:00")
    check_problem(answer, INVALID)
    assert "%2B" in answer.json()["errors"][0]["detail"]
