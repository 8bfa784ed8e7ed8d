"""When there are too many: stacks, days planned by the user, what fits before sundown, and letting go."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from app.agenda import queries
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import DEFAULT_NOW, FrozenClock
from tests.support.statements import recorded

MIXER = "PyData mixer"


async def cards(client: ApiClient, number: int, **given: Any) -> list[dict[str, Any]]:
    notes = [make.capture(**{"event": MIXER, "name": f"Person {index}"} | given) for index in range(number)]
    return [await make.add(client, "captures", note) for note in notes]


def notes_of(found: list[dict[str, Any]]) -> list[str]:
    """The ids of the notes by hand, in the order of lists: all are due at once."""
    return sorted(task["id"] for card in found for task in card["tasks"] if task["action"] == "handwritten_note")


async def batch(client: ApiClient, ids: list[str], do: str, **words: Any) -> list[dict[str, Any]]:
    answer = await client.post(f"{make.API}/tasks/batch", json={"ids": ids, "do": do, **words})
    assert answer.is_success, answer.text
    return answer.json()["items"]


async def upcoming(client: ApiClient, query: str = "") -> dict[str, Any]:
    return await make.get(client, f"upcoming{query}")


def group(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in found["groups"] if each["name"] == name)


def group_ids(found: dict[str, Any]) -> dict[str, str]:
    return {task["id"]: each["name"] for each in found["groups"] for task in each["tasks"]}


async def test_three_tasks_of_one_action_from_one_event_are_one_row(alice: ApiClient) -> None:
    await cards(alice, 2)
    assert group(await upcoming(alice), "tomorrow")["stacks"] == []
    await cards(alice, 1, event="pydata MIXER")
    tomorrow = group(await upcoming(alice), "tomorrow")
    (stack,) = tomorrow["stacks"]
    assert (stack["action"], stack["count"], stack["minutes"]) == ("handwritten_note", 3, 30)
    assert stack["event"] in (MIXER, "pydata MIXER")
    assert [task["stack"] for task in tomorrow["tasks"]] == [stack["stack"]] * 3
    (invites,) = group(await upcoming(alice), "this_week")["stacks"]
    assert (invites["action"], invites["count"], invites["minutes"]) == ("linkedin_invite", 3, 6)


async def test_other_events_other_days_and_no_event_are_no_stack(alice: ApiClient) -> None:
    await cards(alice, 2)
    await cards(alice, 1, event="Rust dinner")
    await cards(alice, 1, captured_at=make.moment(days=-1))
    for _ in range(3):
        await cards(alice, 1, event=None)
    assert all(each["stacks"] == [] for each in (await upcoming(alice))["groups"])


async def test_a_stack_follows_the_name_and_the_day_of_its_event(alice: ApiClient) -> None:
    found = await cards(alice, 3)
    note = notes_of(found[:1])[0]
    stack = (await make.get(alice, f"tasks/{note}"))["stack"]
    address = f"encounters/{found[0]['id']}"
    for edit, back in (
        ({"event": "Rust dinner"}, {"event": MIXER}),
        ({"event": None}, {"event": MIXER}),
        ({"occurred_at": make.moment(days=1)}, {"occurred_at": found[0]["encounter"]["occurred_at"]}),
    ):
        await make.change(alice, address, edit)
        assert (await make.get(alice, f"tasks/{note}"))["stack"] != stack
        assert group(await upcoming(alice), "tomorrow")["stacks"] == []
        await make.change(alice, address, back)
        assert (await make.get(alice, f"tasks/{note}"))["stack"] == stack
    for card in found:
        await make.change(alice, f"encounters/{card['id']}", {"event": "Python mixer"})
    (renamed,) = group(await upcoming(alice), "tomorrow")["stacks"]
    assert (renamed["event"], renamed["count"]) == ("Python mixer", 3)


async def test_a_task_due_when_the_user_says_stays_in_its_stack(alice: ApiClient) -> None:
    found = await cards(alice, 3)
    note = notes_of(found)[0]
    await make.change(alice, f"tasks/{note}", {"due_at": make.moment(days=1)})
    await make.change(alice, f"encounters/{found[0]['id']}", {"event": "Rust dinner"})
    for card in found[1:]:
        await make.change(alice, f"encounters/{card['id']}", {"event": "Rust dinner"})
    assert group(await upcoming(alice), "tomorrow")["stacks"][0]["count"] == 3


async def test_what_a_touched_task_lacks_is_told_by_the_channel_it_goes_out_on(alice: ApiClient) -> None:
    (card,) = await cards(alice, 1)
    (note,) = notes_of([card])
    by_email = await make.change(alice, f"tasks/{note}", {"channel": "email"})
    assert by_email["needs"] == ["topic", "email"]
    await make.change(alice, f"encounters/{card['id']}", {"talked_about": "Gardens"})
    assert (await make.get(alice, f"tasks/{note}"))["needs"] == ["email"]


async def test_a_stack_of_a_hundred_and_fifty_is_counted_whole_on_every_page(
    alice: ApiClient,
) -> None:
    people = [await make.add(alice, "contacts", make.contact(name=f"Person {index}")) for index in range(100)]
    for part in (people, people[:50]):
        body = make.meeting(*(person["id"] for person in part), event=MIXER)
        await make.add(alice, "encounters", body)
    first = group(await upcoming(alice), "tomorrow")
    assert (len(first["tasks"]), first["minutes"]) == (queries.GROUP_LIMIT, 1500)
    second = group(await upcoming(alice, f"?group=tomorrow&after={first['next']}"), "tomorrow")
    assert len(second["tasks"]) == 50
    assert first["stacks"] == second["stacks"]
    assert (first["stacks"][0]["count"], first["stacks"][0]["minutes"]) == (150, 1500)


async def test_a_day_meant_for_a_task_moves_neither_its_due_time_nor_its_group(alice: ApiClient) -> None:
    ids = notes_of(await cards(alice, 3))
    before = group_ids(await upcoming(alice))
    items = await batch(alice, ids[:2], "plan", planned_on="2026-03-06")
    assert [item["planned_on"] for item in items] == ["2026-03-06"] * 2
    after = await upcoming(alice)
    assert group_ids(after) == before
    assert {task["due_at"][:10] for task in group(after, "tomorrow")["tasks"]} == {"2026-03-04"}


async def test_what_is_meant_for_today_is_counted_wherever_it_stands(alice: ApiClient, clock: FrozenClock) -> None:
    ids = notes_of(await cards(alice, 4))
    assert (await upcoming(alice))["planned"] == {"count": 0, "minutes": 0}
    await batch(alice, ids[:2], "plan", planned_on="2026-03-03")
    await batch(alice, ids[2:3], "plan", planned_on="2026-03-04")
    assert (await upcoming(alice))["planned"] == {"count": 2, "minutes": 20}
    await batch(alice, ids[:1], "complete")
    assert (await upcoming(alice))["planned"] == {"count": 1, "minutes": 10}
    clock.advance(timedelta(days=1))
    assert (await upcoming(alice))["planned"] == {"count": 2, "minutes": 20}, "yesterday's are still meant"
    await batch(alice, ids[1:3], "plan", planned_on=None)
    assert (await upcoming(alice))["planned"] == {"count": 0, "minutes": 0}


async def test_about_six_of_fifteen_fit_before_sundown(alice: ApiClient, clock: FrozenClock) -> None:
    await make.change(alice, "me", {"minutes_an_evening": 60})
    ids = notes_of(await cards(alice, 15))
    by_day = (await upcoming(alice))["fits"]
    assert (by_day["count"], by_day["of"]) == (0, 0), "nothing is due by today's sundown"
    clock.set(DEFAULT_NOW.replace(hour=20, minute=0))
    evening = await upcoming(alice)
    assert (evening["fits"]["count"], evening["fits"]["of"]) == (6, 15)
    assert evening["fits"]["until"] == evening["sundown"]["tomorrow"]
    await batch(alice, ids[6:], "plan", planned_on="2026-03-05")
    assert [(await upcoming(alice))["fits"][name] for name in ("count", "of")] == [6, 6]
    clock.set(DEFAULT_NOW.replace(day=4, hour=18, minute=0))
    late = (await upcoming(alice))["fits"]
    assert (late["minutes_left"], late["count"], late["of"]) == (32, 3, 6)
    clock.set(DEFAULT_NOW.replace(day=5, hour=20))
    assert (await upcoming(alice))["fits"]["of"] == 0, "what has slipped is no longer counted"


async def test_what_is_meant_for_the_day_comes_first_in_what_fits(alice: ApiClient, clock: FrozenClock) -> None:
    await make.change(alice, "me", {"minutes_an_evening": 30})
    clock.set(DEFAULT_NOW.replace(hour=20))
    ids = notes_of(await cards(alice, 3))
    for note, minutes in zip(ids, (30, 20, 10), strict=True):
        await make.change(alice, f"tasks/{note}", {"minutes": minutes})
    assert (await upcoming(alice))["fits"]["count"] == 1
    await batch(alice, ids[1:], "plan", planned_on="2026-03-03")
    assert (await upcoming(alice))["fits"]["count"] == 2


async def test_no_setting_is_no_limit_but_the_sun(alice: ApiClient, clock: FrozenClock) -> None:
    clock.set(DEFAULT_NOW.replace(hour=20))
    await cards(alice, 3)
    found = (await upcoming(alice))["fits"]
    assert (found["minutes_an_evening"], found["count"], found["of"]) == (None, 3, 3)


async def test_an_e_mail_due_by_midnight_does_not_compete_for_daylight(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    await make.add(alice, "encounters", make.interview(person["id"]))
    assert (await upcoming(alice))["fits"]["of"] == 0


async def test_numbers_over_everything_are_told_with_every_group_only(alice: ApiClient) -> None:
    found = await upcoming(alice, "?group=tomorrow")
    assert (found["planned"], found["fits"]) == (None, None)


async def test_counting_beyond_a_page_gives_the_same_numbers(
    app: FastAPI, alice: ApiClient, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make.change(alice, "me", {"minutes_an_evening": 60})
    ids = notes_of(await cards(alice, 7))
    await batch(alice, ids[:2], "plan", planned_on="2026-03-03")
    await batch(alice, ids[2:3], "plan", planned_on="2026-03-09")
    for hour in (16, 20):
        clock.set(DEFAULT_NOW.replace(hour=hour))
        monkeypatch.undo()
        whole = await upcoming(alice)
        monkeypatch.setattr(queries, "GROUP_LIMIT", 4)
        paged = await upcoming(alice)
        assert [len(group(found, "tomorrow")["tasks"]) for found in (whole, paged)] == [7, 4]
        for name in ("planned", "fits"):
            assert paged[name] == whole[name]
        for name in ("minutes", "stacks"):
            assert group(paged, "tomorrow")[name] == group(whole, "tomorrow")[name]
    with recorded(app) as seen:
        await upcoming(alice)
    assert len(seen) < 12


async def test_letting_go_keeps_the_reason_and_is_undone_in_one_go(alice: ApiClient, clock: FrozenClock) -> None:
    ids = notes_of(await cards(alice, 3))
    clock.advance(timedelta(days=3))
    assert [task["id"] for task in group(await upcoming(alice), "overdue")["tasks"] if task["id"] in ids] == ids
    items = await batch(alice, ids, "skip", reason="Let these go")
    assert [(item["status"], item["skip_reason"]) for item in items] == [("skipped", "Let these go")] * 3
    assert await batch(alice, ids, "skip", reason="Let these go") == items
    assert not set(ids) & group_ids(await upcoming(alice)).keys()
    before = {item["id"]: item["due_at"] for item in items}
    back = await batch(alice, ids, "reopen")
    assert [(item["status"], item["skip_reason"]) for item in back] == [("open", None)] * 3
    assert {item["id"]: item["due_at"] for item in back} == before
    assert {group_ids(await upcoming(alice))[task_id] for task_id in ids} == {"overdue"}
