"""The list of meetings and its filters."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY


@pytest.fixture
async def people(alice: ApiClient) -> list[str]:
    return [(await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in ("Ana", "Bo")]


@pytest.fixture
async def meetings(alice: ApiClient, people: list[str]) -> dict[str, dict[str, Any]]:
    ana, bo = people
    bodies = {
        "mixer": make.meeting(ana, bo, event="PyData  Mixer, Café", occurred_at="2026-03-01T19:00:00Z"),
        "dinner": make.meeting(bo, kind="social", occurred_at="2026-03-02T19:00:00Z", place="Rua do Poente 7"),
        "interview": make.interview(ana, occurred_at="2026-03-03T09:00:00Z"),
    }
    return {name: await make.add(alice, "encounters", body) for name, body in bodies.items()}


async def listed(client: ApiClient, meetings: dict[str, dict[str, Any]], **query: str) -> list[str]:
    answer = await client.get(f"{make.API}/encounters", params=query)
    assert answer.is_success, answer.text
    names = {met["id"]: name for name, met in meetings.items()}
    return [names[item["id"]] for item in answer.json()["items"]]


async def test_the_latest_comes_first(alice: ApiClient, meetings: dict[str, dict[str, Any]]) -> None:
    assert await listed(alice, meetings) == ["interview", "dinner", "mixer"]


async def test_a_person_narrows_the_list(
    alice: ApiClient, people: list[str], meetings: dict[str, dict[str, Any]]
) -> None:
    assert await listed(alice, meetings, contact_id=people[0]) == ["interview", "mixer"]
    assert await listed(alice, meetings, contact_id=people[1]) == ["dinner", "mixer"]


@pytest.mark.parametrize("event", ["PyData  Mixer, Café", "pydata  mixer, cafe", "PYDATA  MIXER, CAFE\u0301"])
async def test_an_event_is_found_in_any_case_and_accents(
    alice: ApiClient, meetings: dict[str, dict[str, Any]], event: str
) -> None:
    assert await listed(alice, meetings, event=event) == ["mixer"]


async def test_a_part_of_an_event_is_another_event(alice: ApiClient, meetings: dict[str, dict[str, Any]]) -> None:
    for other in ("PyData", "%", "_", "", "PyData  Mixer, Café "):
        assert await listed(alice, meetings, event=other) == []


async def test_a_kind_narrows_the_list(alice: ApiClient, meetings: dict[str, dict[str, Any]]) -> None:
    assert await listed(alice, meetings, kind="social") == ["dinner"]
    assert await listed(alice, meetings, kind="other") == []


async def test_from_is_included_and_to_is_not(alice: ApiClient, meetings: dict[str, dict[str, Any]]) -> None:
    second = "2026-03-02T20:00:00+01:00"
    assert await listed(alice, meetings, **{"from": second}) == ["interview", "dinner"]
    assert await listed(alice, meetings, to=second) == ["mixer"]
    assert await listed(alice, meetings, **{"from": second, "to": second}) == []


async def test_filters_are_all_asked_for(
    alice: ApiClient, people: list[str], meetings: dict[str, dict[str, Any]]
) -> None:
    query = {"contact_id": people[0], "kind": "networking", "to": "2026-03-03T00:00:00Z"}
    assert await listed(alice, meetings, **query) == ["mixer"]


async def test_a_list_shows_meetings_without_their_tasks(alice: ApiClient, meetings: dict[str, dict[str, Any]]) -> None:
    items = (await make.get(alice, "encounters"))["items"]
    for item in items:
        whole = await make.get(alice, f"encounters/{item['id']}")
        assert item == {name: value for name, value in whole.items() if name != "tasks"}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2026-03-02", "?from"),
        ("to=yesterday", "?to"),
        ("kind=party", "?kind"),
        ("contact_id=ana", "?contact_id"),
        (f"event={'x' * 201}", "?event"),
        ("event=%00", "?event"),
        ("from_=2026-03-02T00:00:00Z", "?from_"),
        ("q=dana", "?q"),
    ],
)
async def test_what_a_query_cannot_mean_is_named(alice: ApiClient, query: str, pointer: str) -> None:
    answer = await alice.get(f"{make.API}/encounters?{query}")
    check_problem(answer, INVALID)
    assert pointers(answer) == [pointer]
