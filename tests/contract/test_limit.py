"""The yardstick of `make bench` is worth something while it answers the same rows with the same bytes."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bench import limit, tutorial
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

pytestmark = pytest.mark.database("sqlite")
HEADERS = ("content-type", "etag", "link")
EVENT = "PyData mixer"


@pytest.fixture
async def writer(alice: ApiClient) -> dict[str, str]:
    return await make.token(alice, "write")


@pytest.fixture
def yardstick(data_dir: Path, clock: FrozenClock, alice: ApiClient) -> httpx.AsyncClient:
    del alice  # the database is there once somebody signed up
    return ApiClient(limit.create(data_dir / "sundown.db", clock))  # pyright: ignore[reportArgumentType]


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str | None]]:
    return answer.status_code, answer.content, {name: answer.headers.get(name) for name in HEADERS}


def mixer(contact_id: str) -> dict[str, Any]:
    promises = [{"what": "the trunk-based article"}, {"what": "a list of meetups", "why": "They asked for more."}]
    return make.meeting(contact_id, event=EVENT, talked_about="Trunk-based development", promises=promises)


async def test_reads_are_answered_alike(alice: ApiClient, yardstick: httpx.AsyncClient, writer: dict[str, str]) -> None:
    person = await make.add(alice, "contacts", make.contact(emails=["dana@mail.example"], tags=["go", "été"]))
    met = await make.add(alice, "encounters", mixer(person["id"]))
    await alice.post(f"{make.API}/tasks/{met['tasks'][0]['id']}/complete")
    for path in (
        *(f"contacts/{person['id']}", f"encounters/{met['id']}"),
        *("tasks?status=open&limit=2", "tasks?status=open&limit=50"),
    ):
        ours = await alice.get(f"{make.API}/{path}", headers=writer)
        assert told(await yardstick.get(f"{make.API}/{path}", headers=writer)) == told(ours), path


async def test_a_meeting_written_by_either_is_read_alike(
    alice: ApiClient, yardstick: httpx.AsyncClient, writer: dict[str, str]
) -> None:
    person = await make.add(alice, "contacts", make.contact(emails=["dana@mail.example"]))
    for writes, reads in ((alice, yardstick), (yardstick, alice), (yardstick, alice)):
        written = await writes.post(f"{make.API}/encounters", json=mixer(person["id"]), headers=writer)
        assert written.status_code == httpx.codes.CREATED, written.text
        read = await reads.get(f"{make.API}/encounters/{written.json()['id']}", headers=writer)
        assert written.content == read.content


async def test_both_give_a_meeting_the_same_tasks(
    alice: ApiClient, yardstick: httpx.AsyncClient, writer: dict[str, str]
) -> None:
    plans: list[list[dict[str, Any]]] = []
    for client in (alice, yardstick):
        person = await make.add(alice, "contacts", make.contact())
        written = await client.post(f"{make.API}/encounters", json=mixer(person["id"]), headers=writer)
        tasks = sorted(written.json()["tasks"], key=lambda task: (task["rule"], task["title"]))
        plans.append([{name: value for name, value in task.items() if not name.endswith("id")} for task in tasks])
    assert len(plans[0]) == 4
    assert plans[0] == plans[1]


async def test_the_yardstick_asks_for_a_token(yardstick: httpx.AsyncClient) -> None:
    nobody = {"Authorization": "Bearer nobody"}
    assert (await yardstick.get(f"{make.API}/tasks?limit=2", headers=nobody)).status_code == httpx.codes.UNAUTHORIZED


async def test_the_tutorial_app_does_the_same_work(
    alice: ApiClient, data_dir: Path, clock: FrozenClock, writer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tutorial, "clock", clock)
    other: httpx.AsyncClient = ApiClient(tutorial.create(data_dir / "sundown.db"))
    told_by: list[Any] = []
    people: list[str] = []
    for client in (alice, other):
        person = await make.add(alice, "contacts", make.contact(emails=["dana@mail.example"]))
        people.append(person["id"])
        written = await client.post(f"{make.API}/encounters", json=mixer(person["id"]), headers=writer)
        assert written.status_code == httpx.codes.CREATED, written.text
        told_by.append(_without_ids(written.json()))
    assert told_by[0] == told_by[1]
    found = await alice.get(f"{make.API}/contacts?q=trunk+meetups")
    assert {person["id"] for person in found.json()["items"]} == set(people)
    for path in (f"contacts/{people[0]}", "tasks?status=open&limit=50"):
        ours, theirs = [await client.get(f"{make.API}/{path}", headers=writer) for client in (alice, other)]
        assert ours.json() == theirs.json()


def _without_ids(value: Any) -> Any:
    """Ids are new at each creation; instants are the same however they are written."""
    if isinstance(value, dict):
        return {name: _without_ids(item) for name, item in value.items() if not name.endswith(("id", "_ids"))}
    return [_without_ids(item) for item in value] if isinstance(value, list) else value
