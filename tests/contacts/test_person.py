"""People: what is kept of them, in any script, and what null takes away."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY
EVERYTHING: dict[str, Any] = {
    "name": "Dana Reyes",
    "descriptor": "red scarf, fintech, knows Ana",
    "salutation": "Ms Reyes",
    "company": "Northwind",
    "title": "VP Eng",
    "emails": ["dana@mail.example", "dana@work.example"],
    "phones": ["+1 555 010 0101", "ask for Dana"],
    "postal_address": "Rua do Poente 7\r\n1000-001 Lisboa",
    "timezone": "America/New_York",
    "linkedin_url": "https://www.linkedin.com/in/dana",
    "linkedin_state": "invited",
    "website": "http://dana.example/?a=b#c",
    "tags": ["go", "Lisbon \U0001f9e3", "GO"],
    "how_met": "At the mixer.",
    "how_i_can_help": "Knows a printer.",
    "about_company": "Ships parcels.",
    "notes": "  \u062f\u0627\u0646\u0627 \U0001f469\u200d\U0001f4bb\r\n",
    "tier": "A",
    "keep_in_touch_days": 30,
    "new_year_card": False,
    "do_not_contact": True,
}
WHERE_EMPTY = {"emails": [], "phones": [], "tags": [], "linkedin_state": "none", "do_not_contact": False}


async def test_every_field_is_answered_as_it_was_sent(alice: ApiClient) -> None:
    made = await make.add(alice, "contacts", EVERYTHING)
    assert {name: made[name] for name in EVERYTHING} == EVERYTHING
    assert made == await make.get(alice, f"contacts/{made['id']}")
    plain = await make.add(alice, "contacts", {"name": "Dana"})
    changed = await make.change(alice, f"contacts/{plain['id']}", EVERYTHING)
    assert {name: changed[name] for name in EVERYTHING} == EVERYTHING


@pytest.mark.parametrize("called", [{"name": "Dana"}, {"descriptor": "red scarf"}, {"name": None, "descriptor": "x"}])
async def test_a_name_or_a_descriptor_is_enough(alice: ApiClient, called: dict[str, Any]) -> None:
    made = await make.add(alice, "contacts", called)
    assert {made[name] for name in EVERYTHING.keys() - {"name", "descriptor"} - WHERE_EMPTY.keys()} == {None}
    assert {name: made[name] for name in WHERE_EMPTY} == WHERE_EMPTY
    assert made["last_touch_at"] is made["next_task"] is None


async def test_null_takes_an_optional_field_away(alice: ApiClient, subtests: pytest.Subtests) -> None:
    made = await make.add(alice, "contacts", EVERYTHING)
    for name in EVERYTHING.keys() - {"name"}:
        with subtests.test(name):
            changed = await make.change(alice, f"contacts/{made['id']}", {name: None})
            assert changed[name] == WHERE_EMPTY.get(name)
    nothing = await make.add(alice, "contacts", dict.fromkeys(EVERYTHING) | {"id": None, "name": "Dana"})
    assert {name: nothing[name] for name in WHERE_EMPTY} == WHERE_EMPTY


async def test_somebody_has_to_be_called_something(alice: ApiClient) -> None:
    made = await make.add(alice, "contacts", make.contact())
    path = f"{make.API}/contacts/{made['id']}"
    answer = await alice.patch(path, json={"name": None})
    check_problem(answer, INVALID)
    assert pointers(answer) == ["#/name"]
    renamed = await make.change(alice, f"contacts/{made['id']}", {"name": None, "descriptor": "red scarf"})
    assert (renamed["name"], renamed["descriptor"]) == (None, "red scarf")
    check_problem(await alice.patch(path, json={"descriptor": None}), INVALID)


async def test_what_is_left_out_stays(alice: ApiClient) -> None:
    made = await make.add(alice, "contacts", EVERYTHING)
    assert await make.change(alice, f"contacts/{made['id']}", {}) == made
    changed = await make.change(alice, f"contacts/{made['id']}", {"tags": ["rust"]})
    assert {name for name in made if made[name] != changed[name]} <= {"tags", "updated_at"}


async def test_a_merge_patch_may_say_that_it_is_one(alice: ApiClient) -> None:
    made = await make.add(alice, "contacts", make.contact())
    path = f"{make.API}/contacts/{made['id']}"
    for media_type in ("application/merge-patch+json", "application/json", "Application/JSON; charset=utf-8"):
        answer = await alice.patch(path, content=b'{"company": "Northwind"}', headers={"Content-Type": media_type})
        assert answer.is_success, answer.text
    for media_type in ("application/json-patch+json", "text/json", "application/x-www-form-urlencoded"):
        answer = await alice.patch(path, content=b'{"company": "Elsewhere"}', headers={"Content-Type": media_type})
        check_problem(answer, httpx.codes.UNSUPPORTED_MEDIA_TYPE)
        assert "merge-patch" in answer.headers["accept-patch"]
    assert (await make.get(alice, f"contacts/{made['id']}"))["company"] == "Northwind"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"emails": ["dana@mail.example", "dana"]}, "#/emails/1"),
        ({"emails": [None]}, "#/emails/0"),
        ({"emails": ["dana@mail.example"] * 21}, "#/emails"),
        ({"phones": [" "]}, "#/phones/0"),
        ({"phones": ["5" * 201]}, "#/phones/0"),
        ({"tags": ["go", ""]}, "#/tags/1"),
        ({"linkedin_state": "friend"}, "#/linkedin_state"),
        ({"linkedin_url": "linkedin.com/in/dana"}, "#/linkedin_url"),
        ({"website": "https://"}, "#/website"),
        ({"website": "data:text/html,x"}, "#/website"),
        ({"tier": "a"}, "#/tier"),
        ({"keep_in_touch_days": 3651}, "#/keep_in_touch_days"),
        ({"timezone": "New York"}, "#/timezone"),
        ({"name": "x" * 201}, "#/name"),
        ({"name": ""}, "#/name"),
        ({"notes": "x" * 20_001}, "#/notes"),
        ({"new_year_card": "yes"}, "#/new_year_card"),
        ({"last_touch_at": make.moment()}, "#/last_touch_at"),
        ({"next_task": None}, "#/next_task"),
        ({"created_at": make.moment()}, "#/created_at"),
    ],
)
async def test_what_is_not_right_is_named_and_nothing_changes(
    alice: ApiClient, wrong: dict[str, Any], pointer: str
) -> None:
    made = await make.add(alice, "contacts", make.contact())
    for answer in (
        await alice.post(f"{make.API}/contacts", json={"name": "Eve", **wrong}),
        await alice.patch(f"{make.API}/contacts/{made['id']}", json={"company": "Elsewhere", **wrong}),
    ):
        check_problem(answer, INVALID)
        assert pointers(answer) == [pointer]
    assert [person["id"] for person in (await make.get(alice, "contacts"))["items"]] == [made["id"]]
    assert await make.get(alice, f"contacts/{made['id']}") == made


async def test_the_next_task_is_the_open_one_to_act_on_first(alice: ApiClient) -> None:
    dana = (await make.add(alice, "contacts", make.contact()))["id"]
    later, sooner = [
        await make.add(alice, "tasks", make.task(dana, title=title, due_at=make.moment(days=days)))
        for title, days in (("later", 5), ("sooner", 2))
    ]

    async def upcoming() -> str | None:
        listed = (await make.get(alice, "contacts"))["items"][0]["next_task"]
        assert listed == (await make.get(alice, f"contacts/{dana}"))["next_task"]
        return listed and listed["title"]

    assert await upcoming() == "sooner"
    await alice.post(f"{make.API}/tasks/{sooner['id']}/snooze", json={"until": make.moment(days=9)})
    assert await upcoming() == "later"
    await alice.post(f"{make.API}/tasks/{later['id']}/complete")
    assert await upcoming() == "sooner"
    await alice.post(f"{make.API}/tasks/{sooner['id']}/skip")
    assert await upcoming() is None


async def test_the_last_touch_is_the_latest_whatever_the_order_they_were_told_in(alice: ApiClient) -> None:
    dana = (await make.add(alice, "contacts", make.contact()))["id"]
    for days in (-3, -1, -2):
        task = await make.add(alice, "tasks", make.task(dana))
        await alice.post(f"{make.API}/tasks/{task['id']}/complete", json={"at": make.moment(days=days)})
    assert (await make.get(alice, f"contacts/{dana}"))["last_touch_at"] == "2026-03-02T15:30:00Z"
    assert (await make.get(alice, "contacts"))["items"][0]["last_touch_at"] == "2026-03-02T15:30:00Z"
