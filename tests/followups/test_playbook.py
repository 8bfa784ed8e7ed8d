"""The playbook over HTTP: whose it is, its versions, and which meetings a change reaches."""

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI

from tests.contract.answers import check_problem, pointers
from tests.followups.proposals import ALL_OFF, document, own
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.statements import recorded

PLAYBOOK = f"{make.API}/playbook"
INVALID = httpx.codes.UNPROCESSABLE_ENTITY
NO_INVITE = document(off=["R13"])
LATER_NOTE = document(R8={"due": {"type": "sundown", "days": 3, "evening": True}})


async def put(client: ApiClient, body: Any, **headers: str) -> dict[str, Any]:
    answer = await client.put(PLAYBOOK, json=body, headers=headers)
    assert answer.is_success, answer.text
    return answer.json()


async def mixer(client: ApiClient, **given: Any) -> dict[str, Any]:
    person = await make.add(client, "contacts", make.contact())
    return await make.add(client, "encounters", make.meeting(person["id"], **given))


async def replan(client: ApiClient, encounter: dict[str, Any], body: Any = ...) -> dict[str, Any]:
    options = {} if body is ... else {"json": body}
    answer = await client.post(f"{make.API}/encounters/{encounter['id']}/replan", **options)
    assert answer.is_success, answer.text
    return answer.json()


def due_of(encounter: dict[str, Any]) -> dict[str, str]:
    return {task["rule"]: task["due_at"][:10] for task in encounter["tasks"]}


async def test_putting_back_what_was_shown_changes_nothing(alice: ApiClient) -> None:
    shown = await alice.get(PLAYBOOK)
    assert shown.json()["version"] == "built-in-1"
    answer = await alice.put(PLAYBOOK, json=shown.json())
    assert (answer.content, answer.headers["etag"]) == (shown.content, shown.headers["etag"])
    changed = await put(alice, NO_INVITE | {"rules": [*NO_INVITE["rules"], own()]})
    assert changed["version"] == "mine-1"
    assert await put(alice, changed) == changed == (await alice.get(PLAYBOOK)).json()


async def test_the_built_in_rules_come_back_by_putting_them_back(alice: ApiClient) -> None:
    await put(alice, NO_INVITE)
    built_in = await make.get(alice, "playbook?version=built-in-1")
    back = await put(alice, built_in)
    assert back == built_in | {"version": "mine-2"}


async def test_every_version_stays_as_it_was(alice: ApiClient, bob: ApiClient) -> None:
    first, second = await put(alice, NO_INVITE), await put(alice, LATER_NOTE)
    assert await make.get(alice, "playbook?version=mine-1") == first
    assert await make.get(alice, "playbook") == second
    assert second["version"] == "mine-2"
    for client, version in ((alice, "mine-3"), (alice, "mine-0"), (alice, "built-in-9"), (alice, ""), (bob, "mine-1")):
        check_problem(await client.get(PLAYBOOK, params={"version": version}), httpx.codes.NOT_FOUND)
    assert (await make.get(bob, "playbook"))["version"] == "built-in-1"


async def test_a_changed_playbook_is_for_the_meetings_to_come(alice: ApiClient) -> None:
    before = await mixer(alice)
    await put(alice, LATER_NOTE)
    after = await mixer(alice)
    assert (before["playbook_version"], due_of(before)["R8"]) == ("built-in-1", "2026-03-04")
    assert (after["playbook_version"], due_of(after)["R8"]) == ("mine-1", "2026-03-06")


async def test_an_edit_plans_a_meeting_again_by_its_own_rules(alice: ApiClient) -> None:
    before = await mixer(alice)
    await put(alice, LATER_NOTE)
    edited = await make.change(alice, f"encounters/{before['id']}", {"occurred_at": make.moment(days=1)})
    assert (edited["playbook_version"], due_of(edited)["R8"]) == ("built-in-1", "2026-03-05")
    await put(alice, NO_INVITE)
    contact_id = before["contact_ids"][0]
    await make.change(alice, f"contacts/{contact_id}", {"name": "Dana R.", "postal_address": "1 Quay Street"})
    assert due_of(await make.get(alice, f"encounters/{before['id']}")) == {"R8": "2026-03-05", "R13": "2026-03-06"}


async def test_on_request_an_old_meeting_takes_the_rules_of_today(alice: ApiClient) -> None:
    before = await mixer(alice)
    await put(alice, LATER_NOTE)
    kept = await replan(alice, before, {"playbook": "kept"})
    assert (kept["playbook_version"], due_of(kept)) == ("built-in-1", due_of(before))
    for body in (..., {"playbook": "current"}, {}, None):
        moved = await replan(alice, before, body)
        assert (moved["playbook_version"], due_of(moved)["R8"]) == ("mine-1", "2026-03-06")
    await put(alice, document(off=["R13"]))
    assert set(due_of(await replan(alice, before))) == {"R8"}
    cancelled = (await make.get(alice, f"tasks?encounter_id={before['id']}&status=cancelled"))["items"]
    assert [task["rule"] for task in cancelled] == ["R13"]


async def test_taking_the_rules_of_today_is_a_change_of_the_row_once(alice: ApiClient) -> None:
    before = await mixer(alice)
    address = f"{make.API}/encounters/{before['id']}"
    await put(alice, LATER_NOTE)
    tags = {(await alice.get(address)).headers["etag"]}
    for _ in range(2):
        await replan(alice, before)
        tags.add((await alice.get(address)).headers["etag"])
    assert len(tags) == 2


async def test_what_was_done_is_done_whatever_the_rules_become(alice: ApiClient) -> None:
    before = await mixer(alice)
    note = next(task for task in before["tasks"] if task["rule"] == "R8")
    await alice.post(f"{make.API}/tasks/{note['id']}/complete")
    await put(alice, LATER_NOTE | {"write_by_email": True})
    await replan(alice, before)
    done = await make.get(alice, f"tasks/{note['id']}")
    assert (done["status"], done["channel"], done["due_at"]) == ("done", "letter", note["due_at"])


async def test_writing_by_e_mail_is_for_new_meetings_and_old_ones_on_request(alice: ApiClient) -> None:
    before = await mixer(alice)
    await put(alice, document() | {"write_by_email": True})
    after = await mixer(alice)
    note = next(task for task in after["tasks"] if task["rule"] == "R8")
    assert (note["channel"], note["needs"], note["due_at"][:10]) == ("email", ["topic", "email"], "2026-03-04")
    old = next(task for task in before["tasks"] if task["rule"] == "R8")
    assert (await make.get(alice, f"tasks/{old['id']}"))["channel"] == "letter"
    await replan(alice, before)
    switched = await make.get(alice, f"tasks/{old['id']}")
    assert (switched["channel"], switched["due_at"]) == ("email", old["due_at"])


async def test_a_note_follows_the_address_where_the_rule_says_so(alice: ApiClient) -> None:
    await put(alice, document(R8={"else": {"no_address": "email"}}))
    met = await mixer(alice)
    task_id = next(task["id"] for task in met["tasks"] if task["rule"] == "R8")
    contact = f"contacts/{met['contact_ids'][0]}"
    for address, channel in (("1 Quay Street", "letter"), (None, "email")):
        await make.change(alice, contact, {"postal_address": address})
        assert (await make.get(alice, f"tasks/{task_id}"))["channel"] == channel


async def test_a_rule_of_ones_own_gives_a_task_with_its_words(alice: ApiClient) -> None:
    await put(alice, document(own()))
    person = await make.add(alice, "contacts", make.contact())
    people = [{"contact_id": person["id"], "role": "hiring_manager"}]
    met = await make.add(alice, "encounters", make.interview(people=people, round=2))
    task = next(task for task in met["tasks"] if task["rule"] == "portfolio")
    assert (task["action"], task["title"], task["why"]) == ("custom", "Send the portfolio", "They like to see work.")
    assert task["due_at"] == "2026-03-06T12:00:00Z"


async def test_a_single_round_may_be_written_as_a_number(alice: ApiClient) -> None:
    found = await put(alice, document(own(round=2)))
    assert found["rules"][-1]["round"] == [2, 2]


async def test_a_preview_shows_a_draft_and_keeps_nothing(alice: ApiClient, app: FastAPI) -> None:
    person = await make.add(alice, "contacts", make.contact())
    body = make.meeting(person["id"])
    address = f"{make.API}/encounters/preview"
    plain = (await alice.post(address, json=body)).json()["tasks"]
    drafted = (await alice.post(address, json=body | {"playbook": LATER_NOTE})).json()["tasks"]
    assert {task["rule"]: task["due_at"][:10] for task in plain} == {"R8": "2026-03-04", "R13": "2026-03-05"}
    assert {task["rule"]: task["due_at"][:10] for task in drafted} == {"R8": "2026-03-06", "R13": "2026-03-05"}
    with recorded(app) as seen:
        await alice.post(address, json=body | {"playbook": LATER_NOTE})
    assert all(one.lstrip().startswith("SELECT") for one, _ in seen)
    assert (await make.get(alice, "playbook"))["version"] == "built-in-1"
    assert (await make.get(alice, "encounters"))["items"] == []


async def test_a_preview_shows_the_rules_in_force_where_no_draft_comes_along(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    await put(alice, NO_INVITE)
    for draft in ({}, {"playbook": None}):
        answer = await alice.post(f"{make.API}/encounters/preview", json=make.meeting(person["id"]) | draft)
        assert [task["rule"] for task in answer.json()["tasks"]] == ["R8"]


async def test_a_preview_without_people_is_of_somebody_new(alice: ApiClient, app: FastAPI) -> None:
    address = f"{make.API}/encounters/preview"
    body = {name: value for name, value in make.interview("").items() if name != "contact_ids"}
    with recorded(app) as seen:
        answer = await alice.post(address, json=body | {"playbook": document()})
    assert all(one.lstrip().startswith("SELECT") for one, _ in seen)
    tasks = answer.json()["tasks"]
    assert [task["rule"] for task in tasks] == ["R3", "R5"]
    assert len({task["contact_id"] for task in tasks}) == 1
    assert tasks[0]["needs"] == ["name", "email"]
    check_problem(await alice.post(f"{make.API}/encounters", json=body), INVALID)
    check_problem(await alice.post(address, json=body | {"contact_ids": []}), INVALID)


async def test_a_draft_that_cannot_be_is_refused_where_it_stands_in_the_preview(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    for draft, pointer in (
        (document(R3={"due": {"type": "at"}}), "#/playbook/rules/0/due/hour"),
        (document(R3={"minutes": -1}), "#/playbook/rules/0/minutes"),
        (document(off=ALL_OFF), "#/playbook/rules"),
    ):
        answer = await alice.post(
            f"{make.API}/encounters/preview", json=make.meeting(person["id"]) | {"playbook": draft}
        )
        check_problem(answer, INVALID)
        assert pointers(answer) == [pointer]


async def test_a_playbook_that_would_give_nobody_a_task_says_so_and_is_not_saved(alice: ApiClient) -> None:
    for body in (document(off=ALL_OFF), {"rules": []}, {"rules": [{"id": "R7"}]}):
        answer = await alice.put(PLAYBOOK, json=body)
        problem = check_problem(answer, INVALID)
        assert (problem["type"], pointers(answer)) == ("/problems/playbook-invalid", ["#/rules"])
        assert "nobody would get a task" in problem["detail"]
    assert (await make.get(alice, "playbook"))["version"] == "built-in-1"


async def test_meetings_that_would_give_nobody_a_task_are_named_in_the_answer(alice: ApiClient) -> None:
    found = await put(alice, document(off=["R6", "R8.social", "R13.social"]))
    assert found["nothing_for"] == [{"kind": "social", "round": None}]
    found = await put(alice, document(off=["R6", "R5"]))
    assert found["nothing_for"] == [{"kind": "interview", "round": [2, 20]}]
    assert (await make.get(alice, "playbook"))["nothing_for"] == found["nothing_for"]


async def test_a_change_based_on_an_older_version_is_told_what_stands_now(alice: ApiClient) -> None:
    first = await alice.get(PLAYBOOK)
    await put(alice, NO_INVITE, **{"If-Match": first.headers["etag"]})
    answer = await alice.put(PLAYBOOK, json=LATER_NOTE, headers={"If-Match": first.headers["etag"]})
    problem = check_problem(answer, httpx.codes.PRECONDITION_FAILED)
    assert problem["current"] == await make.get(alice, "playbook")
    assert answer.headers["etag"] == '"mine-1"'


async def test_a_change_whose_answer_was_lost_may_be_sent_again(alice: ApiClient) -> None:
    headers = {"If-Match": '"built-in-1"'}
    first = await put(alice, NO_INVITE, **headers)
    assert await put(alice, NO_INVITE, **headers) == first


async def test_of_twelve_changes_at_once_each_is_a_version_of_its_own(alice: ApiClient) -> None:
    bodies = [document(R8={"minutes": number}) for number in range(20, 32)]
    answers = await asyncio.gather(*(put(alice, body) for body in bodies))
    assert sorted(int(answer["version"].removeprefix("mine-")) for answer in answers) == list(range(1, 13))
    for answer in answers:
        assert await make.get(alice, f"playbook?version={answer['version']}") == answer


async def test_of_twelve_equal_changes_at_once_one_makes_a_version(alice: ApiClient) -> None:
    answers = await asyncio.gather(*(put(alice, NO_INVITE) for _ in range(12)))
    assert {answer["version"] for answer in answers} == {"mine-1"}


async def test_of_twelve_changes_based_on_one_version_one_is_taken(alice: ApiClient) -> None:
    bodies = [document(R8={"minutes": number}) for number in range(20, 32)]
    headers = {"If-Match": '"built-in-1"'}
    answers = await asyncio.gather(*(alice.put(PLAYBOOK, json=body, headers=headers) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 11


async def test_twelve_changes_and_replans_at_once_double_no_task(alice: ApiClient) -> None:
    met = await mixer(alice)
    changes = [put(alice, document(R8={"minutes": number})) for number in range(20, 32)]
    await asyncio.gather(*changes, *(replan(alice, met) for _ in range(12)))
    final = await replan(alice, met)
    assert sorted(task["rule"] for task in final["tasks"]) == ["R13", "R8"]
    assert final["playbook_version"] == (await make.get(alice, "playbook"))["version"]


async def test_planning_a_meeting_again_costs_one_read_more_under_rules_of_ones_own(
    app: FastAPI, alice: ApiClient
) -> None:
    by_built_in = await mixer(alice)
    await put(alice, NO_INVITE)
    by_mine = await mixer(alice)
    counts: list[int] = []
    for met in (by_built_in, by_mine):
        with recorded(app) as seen:
            await replan(alice, met, {"playbook": "kept"})
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1


async def test_deleting_the_account_deletes_its_playbooks(app: FastAPI, alice: ApiClient) -> None:
    from sqlalchemy import select

    from app.followups.models import PLAYBOOKS

    await put(alice, NO_INVITE)
    assert (await alice.delete(f"{make.API}/me")).status_code == httpx.codes.NO_CONTENT
    left = await app.state.db.read(lambda conn: conn.execute(select(PLAYBOOKS.c.number)).all())
    assert left == []
