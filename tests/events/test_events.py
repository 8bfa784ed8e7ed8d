"""Coverage of an event: "9 of 11 people followed up", and everyone who was met there."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.contract.answers import check_problem, pointers
from tests.contract.test_query_plans import recorded
from tests.support import factories as make
from tests.support.clients import ApiClient

MIXER = "PyData mixer"


async def card(client: ApiClient, name: str, **given: Any) -> dict[str, Any]:
    return await make.add(client, "captures", make.capture(**{"event": MIXER, "name": name} | given))


def task_of(found: dict[str, Any], action: str = "handwritten_note") -> str:
    return f"{make.API}/tasks/" + next(task["id"] for task in found["tasks"] if task["action"] == action)


async def covered(client: ApiClient) -> list[dict[str, Any]]:
    return (await make.get(client, "events"))["items"]


def told(event: dict[str, Any]) -> tuple[int, ...]:
    return tuple(event[name] for name in ("people", "followed_up", "open", "let_go"))


async def states(client: ApiClient, query: str = f"?event={MIXER}") -> dict[str, str]:
    found = (await make.get(client, f"events/people{query}"))["items"]
    return {each["contact"]["name"]: each["state"] for each in found}


async def test_an_event_says_how_many_of_its_people_were_followed_up(alice: ApiClient) -> None:
    found = {name: await card(alice, name) for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Fay")}
    await alice.post(f"{task_of(found['Ana'])}/complete")
    await alice.post(f"{task_of(found['Bo'])}/complete", json={"channel": "email"})
    for task in found["Cy"]["tasks"]:
        await alice.post(f"{make.API}/tasks/{task['id']}/skip", json={"reason": "Let these go"})
    await make.change(alice, f"encounters/{found['Di']['id']}", {"no_follow_up_because": "Moving abroad"})
    await make.change(alice, f"contacts/{found['Ed']['contact']['id']}", {"do_not_contact": True})
    (event,) = await covered(alice)
    assert event == {
        "event": MIXER,
        "on": "2026-03-03",
        "encounters": 6,
        "people": 6,
        "followed_up": 2,
        "open": 1,
        "let_go": 3,
    }
    assert await states(alice) == {
        "Ana": "followed_up",
        "Bo": "followed_up",
        "Cy": "let_go",
        "Di": "let_go",
        "Ed": "let_go",
        "Fay": "open",
    }


async def test_reopening_takes_a_person_back(alice: ApiClient) -> None:
    found = await card(alice, "Ana")
    for verb, counts in (("complete", (1, 1, 0, 0)), ("reopen", (1, 0, 1, 0))):
        await alice.post(f"{task_of(found)}/{verb}")
        assert told((await covered(alice))[0]) == counts


async def test_a_finished_card_is_no_follow_up(alice: ApiClient) -> None:
    thin = await card(alice, "Ana", text="Ana")
    await alice.post(f"{task_of(thin, 'finish_card_note')}/complete")
    assert told((await covered(alice))[0]) == (1, 0, 1, 0)


async def test_a_promise_is_open_even_where_nothing_else_is_wanted(alice: ApiClient) -> None:
    found = await card(alice, "Ana", promises=[{"what": "the article"}])
    await make.change(alice, f"encounters/{found['id']}", {"follow_up": "none"})
    assert told((await covered(alice))[0]) == (1, 0, 1, 0)
    await alice.post(f"{task_of(found, 'send_link')}/complete")
    assert told((await covered(alice))[0]) == (1, 1, 0, 0)


async def test_a_person_for_whom_the_rules_give_nothing_is_neither_open_nor_let_go(alice: ApiClient) -> None:
    shown = await make.get(alice, "playbook")
    for rule in shown["rules"]:
        rule["on"] = rule["on"] and rule["kind"] != "networking"
    assert (await alice.put(f"{make.API}/playbook", json=shown)).is_success
    await card(alice, "Ana")
    assert told((await covered(alice))[0]) == (1, 0, 0, 0)
    assert await states(alice) == {"Ana": "nothing_planned"}


async def test_a_person_met_twice_at_an_event_is_one_person(alice: ApiClient) -> None:
    first = await card(alice, "Ana")
    again = await card(alice, "Ana", contact_id=first["contact"]["id"])
    await alice.post(f"{task_of(again)}/complete")
    (event,) = await covered(alice)
    assert (event["encounters"], told(event)) == (2, (1, 1, 0, 0))
    assert sorted((await make.get(alice, f"events/people?event={MIXER}"))["items"][0]) == sorted(
        ("encounter_id", "occurred_at", "contact", "recall", "follow_up", "no_follow_up_because", "state")
    )


async def test_an_event_that_comes_every_month_is_one_each_time_and_past_midnight_still_the_same(
    alice: ApiClient,
) -> None:
    await card(alice, "Ana", captured_at="2026-02-03T21:00:00+00:00")
    await card(alice, "Bo", captured_at="2026-02-04T00:40:00+00:00", event="pydata MIXER")
    await card(alice, "Cy", captured_at="2026-03-03T14:00:00+00:00")
    await card(alice, "Di", captured_at="2026-03-03T14:00:00+00:00", event="A dinner")
    await card(alice, "Ed", captured_at="2026-03-03T14:00:00+00:00", event=None)
    found = await covered(alice)
    assert [(each["event"].casefold(), each["on"], each["people"]) for each in found] == [
        ("pydata mixer", "2026-03-03", 1),
        ("a dinner", "2026-03-03", 1),
        ("pydata mixer", "2026-02-03", 2),
    ]
    assert set(await states(alice, "?event=PYDATA mixer&on=2026-02-03")) == {"Ana", "Bo"}
    assert set(await states(alice, "?event=pydata mixer")) == {"Ana", "Bo", "Cy"}
    assert await states(alice, "?event=nothing") == {}


async def test_an_event_follows_the_edit_of_its_meetings(alice: ApiClient) -> None:
    found = await card(alice, "Ana")
    await make.change(alice, f"encounters/{found['id']}", {"event": "A dinner", "occurred_at": make.moment(days=-3)})
    (event,) = await covered(alice)
    assert (event["event"], event["on"]) == ("A dinner", "2026-02-28")
    await make.change(alice, f"encounters/{found['id']}", {"event": None})
    assert await covered(alice) == []


async def test_people_of_an_event_come_with_what_the_sort_pass_asks_about(alice: ApiClient) -> None:
    found = await card(alice, "Ana", company="Northwind", text="Ana, red scarf,  fintech and gardens")
    item = {"encounter_id": found["id"], "contact_id": found["contact"]["id"], "follow_up": "none"}
    answer = await alice.post(
        f"{make.API}/encounters/sort", json={"items": [item | {"no_follow_up_because": "Sells insurance"}]}
    )
    assert answer.is_success
    (person,) = (await make.get(alice, f"events/people?event={MIXER}"))["items"]
    assert person == {
        "encounter_id": found["id"],
        "occurred_at": found["encounter"]["occurred_at"],
        "contact": {
            "id": found["contact"]["id"],
            "name": "Ana",
            "descriptor": found["contact"]["descriptor"],
            "company": "Northwind",
        },
        "recall": "Ana, red scarf, fintech and gardens",
        "follow_up": "none",
        "no_follow_up_because": "Sells insurance",
        "state": "let_go",
    }


async def test_pages_walk_all_events_and_all_people_exactly_once(alice: ApiClient) -> None:
    for number in range(7):
        await card(alice, f"Person {number}", event=f"Fair {number % 4}", captured_at=make.moment(days=-(number % 2)))
        await card(alice, f"Visitor {number}")
    for path in ("events", f"events/people?event={MIXER}"):
        everything = (await make.get(alice, path))["items"]
        seen: list[Any] = []
        address: str | None = f"{make.API}/{path}{'&' if '?' in path else '?'}limit=2"
        while address:
            answer = await alice.get(address)
            seen += answer.json()["items"]
            address = answer.links["next"]["url"] if "next" in answer.links else None
        assert seen == everything
        assert len(seen) == 5 if path == "events" else 7


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("events/people", "?event"),
        ("events/people?event=x&on=yesterday", "?on"),
        ("events/people?event=x&on=2026-02-30", "?on"),
        ("events/people?event=x&day=2026-02-03", "?day"),
        ("events/people?event=x&after=nonsense", "?after"),
        (f"events/people?event={'x' * 201}", "?event"),
        ("events?after=WyJhIiwiYiJd", "?after"),
        ("events?limit=0", "?limit"),
    ],
)
@pytest.mark.database("sqlite")
async def test_a_question_that_cannot_be_names_the_parameter(alice: ApiClient, query: str, pointer: str) -> None:
    answer = await alice.get(f"{make.API}/{query}")
    check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
    assert pointer in pointers(answer), answer.text


async def test_events_of_somebody_else_are_not_there(alice: ApiClient, bob: ApiClient) -> None:
    await card(alice, "Ana")
    assert await covered(bob) == []
    assert await states(bob) == {}


async def test_events_come_along_in_an_archive(alice: ApiClient, bob: ApiClient) -> None:
    await card(alice, "Ana", captured_at="2026-02-04T00:40:00+00:00")
    archive = await alice.get(f"{make.API}/me/export")
    answer = await bob.post(
        f"{make.API}/me/import", content=archive.content, headers={"Content-Type": "application/json"}
    )
    assert answer.is_success, answer.text
    assert await covered(bob) == await covered(alice) != []


@pytest.mark.database("sqlite")
async def test_coverage_is_read_from_the_days_of_the_page_on(app: FastAPI, alice: ApiClient, data_dir: Path) -> None:
    await card(alice, "Ana")
    with recorded(app) as seen:
        await covered(alice)
    with closing(sqlite3.connect(data_dir / "sundown.db")) as conn:
        steps = [row[3] for one in seen for row in conn.execute(f"EXPLAIN QUERY PLAN {one[0]}", one[1])]
    read = [step for step in steps if re.search(r" (encounters|encounter_people|tasks) ", step)]
    assert ["ix_encounters_events" in step for step in read] == [True, True, False, False]
    assert all("encounter_id=?" in step for step in read[2:]), "of the encounters found, not of everybody ever met"
