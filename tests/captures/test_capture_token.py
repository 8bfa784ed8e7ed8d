"""A token of scope capture may leave a note and is told no more than what became of it."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem
from tests.support import factories as make
from tests.support.clients import ApiClient

FORBIDDEN = httpx.codes.FORBIDDEN
CHOSEN = "0190b5a2-7c1e-7000-8000-0000000c0de1"


@pytest.fixture
async def program(alice: ApiClient, client: Callable[..., ApiClient]) -> ApiClient:
    return client(headers=await make.token(alice, "capture"))


def check_receipt(receipt: dict[str, Any]) -> None:
    assert receipt.keys() == {"contact", "encounter", "tasks"}
    assert receipt["contact"].keys() == receipt["encounter"].keys() == {"id"}
    assert receipt["tasks"]
    assert all(task.keys() == {"id", "action", "due_at", "because"} for task in receipt["tasks"])


async def test_the_answer_has_exactly_these_keys(program: ApiClient, alice: ApiClient) -> None:
    answer = await program.post(f"{make.API}/captures", json=make.capture(name="Dana Reyes", company="Northwind"))
    assert answer.status_code == httpx.codes.CREATED
    receipt = answer.json()
    check_receipt(receipt)
    assert receipt["contact"]["id"] == (await make.get(alice, "contacts"))["items"][0]["id"]
    whole = await make.get(alice, f"encounters/{receipt['encounter']['id']}")
    assert receipt["tasks"] == [{name: task[name] for name in receipt["tasks"][0]} for task in whole["tasks"]]
    assert "Dana" not in answer.text


async def test_a_note_that_is_there_already_is_answered_alike(program: ApiClient, alice: ApiClient) -> None:
    body = make.capture(id=CHOSEN)
    first = await make.add(program, "captures", body)
    await make.change(alice, f"contacts/{first['contact']['id']}", {"name": "Dana Reyes", "notes": "Sails."})
    again = await program.post(f"{make.API}/captures", json=body)
    assert again.status_code == httpx.codes.OK
    check_receipt(again.json())
    assert "Sails" not in again.text


async def test_it_does_not_choose_the_person_even_of_a_note_that_is_there(program: ApiClient, alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    for body in (make.capture(contact_id=person["id"]), make.capture(contact_id=person["id"], id=CHOSEN)):
        check_problem(await program.post(f"{make.API}/captures", json=body), FORBIDDEN)
    await make.add(program, "captures", make.capture(id=CHOSEN))
    again = make.capture(contact_id=person["id"], id=CHOSEN)
    check_problem(await program.post(f"{make.API}/captures", json=again), FORBIDDEN)


async def test_it_is_never_matched_to_somebody_who_is_there(program: ApiClient, alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact(name="Dana Reyes", linkedin_state="connected"))
    made = await make.add(program, "captures", make.capture(text="Dana Reyes, of Northwind, sails", name="Dana Reyes"))
    assert made["contact"]["id"] != person["id"]
    assert "linkedin_invite" in {task["action"] for task in made["tasks"]}, "nothing is told of who is there"


async def test_what_it_left_cannot_be_taken_back_by_it(program: ApiClient) -> None:
    made = await make.add(program, "captures", make.capture())
    check_problem(await program.delete(f"{make.API}/captures/{made['encounter']['id']}"), FORBIDDEN)


async def test_an_id_of_somebody_elses_note_makes_a_note_of_its_own(program: ApiClient, bob: ApiClient) -> None:
    await make.add(bob, "captures", make.capture(id=CHOSEN))
    made = await make.add(program, "captures", make.capture(id=CHOSEN))
    assert made["encounter"]["id"] == CHOSEN


async def test_a_session_is_told_everything(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture())
    assert made.keys() == {"id", "contact", "encounter", "tasks"}
    assert made["id"] == made["encounter"]["id"]
    assert "tasks" not in made["encounter"]
    for row, path in ((made["contact"], "contacts"), (made["encounter"], "encounters")):
        whole = await make.get(alice, f"{path}/{row['id']}")
        assert row == {name: value for name, value in whole.items() if name != "tasks"}
