"""Planning again: another first interview, the same plan twice, many at once (R5; product.md, 2.9)."""

import asyncio

import httpx
import pytest

from tests.encounters.tasks_of import EMAIL, NOTE, actions, as_it_is, everything, of
from tests.support import factories as make
from tests.support.clients import ApiClient


async def test_moving_an_interview_before_another_makes_it_the_first(alice: ApiClient, people: list[str]) -> None:
    early, late = [
        await make.add(alice, "encounters", make.interview(people[0], occurred_at=make.moment(days=-day)))
        for day in (7, 2)
    ]
    assert (actions(early), actions(late)) == ([EMAIL, NOTE], [EMAIL])
    await make.change(alice, f"encounters/{late['id']}", {"occurred_at": make.moment(days=-9)})
    assert actions(await make.get(alice, f"encounters/{late['id']}")) == [EMAIL, NOTE]
    assert (await as_it_is(alice, of(early, NOTE)))["status"] == "cancelled"


@pytest.mark.parametrize("how", ["deleted", "of another kind", "of round 0", "with somebody else"])
async def test_where_the_first_interview_is_no_more_another_is_the_first(
    alice: ApiClient, people: list[str], how: str
) -> None:
    early, late = [
        await make.add(alice, "encounters", make.interview(people[0], occurred_at=make.moment(days=-day)))
        for day in (7, 2)
    ]
    path = f"encounters/{early['id']}"
    if how == "deleted":
        await make.remove(alice, path)
    else:
        patches = {"of another kind": {"kind": "social"}, "of round 0": {"round": 0}}
        await make.change(alice, path, patches.get(how, {"contact_ids": [people[1]]}))
    assert actions(await make.get(alice, f"encounters/{late['id']}")) == [EMAIL, NOTE]


async def test_the_note_of_a_first_interview_that_was_written_stays_written(
    alice: ApiClient, people: list[str]
) -> None:
    late = await make.add(alice, "encounters", make.interview(people[0]))
    note = of(late, NOTE)
    await alice.post(f"{make.API}/tasks/{note['id']}/complete")
    await make.add(alice, "encounters", make.interview(people[0], occurred_at=make.moment(days=-7)))
    assert (await as_it_is(alice, note))["status"] == "done"


async def test_planning_twice_changes_nothing(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(
        alice, "encounters", make.interview(*people, promises=[{"what": "it"}], requested=[{"what": "that"}])
    )
    before = await everything(alice, met)
    etags = [(await alice.get(f"{make.API}/tasks/{one['id']}")).headers["etag"] for one in before]
    for _ in range(2):
        answer = await alice.post(f"{make.API}/encounters/{met['id']}/replan")
        assert answer.json() == met
    assert await everything(alice, met) == before
    assert [(await alice.get(f"{make.API}/tasks/{one['id']}")).headers["etag"] for one in before] == etags


async def test_planning_twelve_times_at_once_doubles_no_task(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.meeting(*people))
    patches = [{"kind": kind} for kind in ("other", "social", "networking")] * 4
    address = f"{make.API}/encounters/{met['id']}"
    answers = await asyncio.gather(
        *(alice.patch(address, json=patch) for patch in patches), *(alice.post(f"{address}/replan") for _ in range(12))
    )
    assert {answer.status_code for answer in answers} == {httpx.codes.OK}
    tasks = await everything(alice, met)
    keys = [(one["contact_id"], one["rule"]) for one in tasks]
    assert len(keys) == len(set(keys))


async def test_settings_that_changed_since_count_when_it_is_planned_again(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.meeting(people[0]))
    await make.change(alice, "me", {"sundown_at": "17:00"})
    assert await make.get(alice, f"encounters/{met['id']}") == met
    again = (await alice.post(f"{make.API}/encounters/{met['id']}/replan")).json()
    assert of(again, NOTE)["due_at"] == "2026-03-04T17:00:00Z"


@pytest.mark.parametrize("times", [12])
async def test_the_same_edit_at_once_leaves_one_set_of_tasks(alice: ApiClient, people: list[str], times: int) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], follow_up="none"))
    address = f"{make.API}/encounters/{met['id']}"
    await asyncio.gather(*(alice.patch(address, json={"follow_up": "full"}) for _ in range(times)))
    assert actions(await make.get(alice, f"encounters/{met['id']}")) == [EMAIL, NOTE]
    assert len(await everything(alice, met)) == 2
