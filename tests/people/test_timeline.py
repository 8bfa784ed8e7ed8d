"""What there was with a person: one line a thing, the latest first."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

SAME = make.moment(hours=-3)


async def lived(alice: ApiClient) -> str:
    """Somebody met twice, written to, called, and let be."""
    dana = (await make.add(alice, "contacts", make.contact()))["id"]
    people = [{"contact_id": dana, "role": "recruiter", "talked_about": "zebras"}]
    given: dict[str, Any] = {"people": people, "card_note": "red scarf", "talked_about": "trains"}
    given |= {"event": "PyData mixer"}
    met = await make.add(alice, "encounters", make.meeting(**given, occurred_at=make.moment(days=-9)))
    done, skipped = met["tasks"][:2]
    said = {"at": make.moment(days=-8), "channel": "letter", "note": "Blue ink."}
    assert (await alice.post(f"{make.API}/tasks/{done['id']}/complete", json=said)).is_success
    assert (await alice.post(f"{make.API}/tasks/{skipped['id']}/skip", json={"reason": "Met again."})).is_success
    await make.add(alice, "encounters", make.meeting(dana, follow_up="none", occurred_at=make.moment(days=3)))
    await make.add(alice, f"contacts/{dana}/touches", make.touch(at=SAME, note="Thanks.", needs_answer=True))
    await make.add(alice, f"contacts/{dana}/touches", make.touch(at=make.moment(days=-1), direction="out"))
    other = (await make.add(alice, "contacts", make.contact(name="Noor")))["id"]
    await make.add(alice, f"contacts/{other}/touches", make.touch())
    return dana


async def test_it_says_what_a_person_wants_to_read(alice: ApiClient) -> None:
    dana = await lived(alice)
    items = (await make.get(alice, f"contacts/{dana}/timeline"))["items"]
    assert [(item["type"], item["at"]) for item in items] == [
        ("encounter", "2026-03-06T15:30:00Z"),
        ("task", "2026-03-03T15:30:00Z"),
        ("touch", "2026-03-03T12:30:00Z"),
        ("touch", "2026-03-02T15:30:00Z"),
        ("task", "2026-02-23T15:30:00Z"),
        ("encounter", "2026-02-22T15:30:00Z"),
    ]
    _, skipped, into, out, done, met = items
    assert (skipped["status"], skipped["skip_reason"]) == ("skipped", "Met again.")
    assert (into["direction"], into["note"], into["needs_answer"]) == ("in", "Thanks.", True)
    assert (out["direction"], out["channel"]) == ("out", "email")
    assert (done["status"], done["channel"], done["note"]) == ("done", "letter", "Blue ink.")
    shown = {name: met[name] for name in ("event", "card_note", "talked_about", "role", "kind")}
    assert shown == {
        "event": "PyData mixer",
        "card_note": "red scarf",
        "talked_about": "zebras",
        "role": "recruiter",
        "kind": "networking",
    }


async def test_pages_walk_everything_once_also_what_was_at_the_very_same_instant(alice: ApiClient) -> None:
    dana = (await make.add(alice, "contacts", make.contact()))["id"]
    for _ in range(3):
        await make.add(alice, f"contacts/{dana}/touches", make.touch(at=SAME))
        await make.add(alice, "encounters", make.meeting(dana, occurred_at=SAME, follow_up="none"))
        task = await make.add(alice, "tasks", make.task(dana))
        await alice.post(f"{make.API}/tasks/{task['id']}/complete", json={"at": SAME})
    everything = (await make.get(alice, f"contacts/{dana}/timeline"))["items"]
    assert len(everything) == 9
    for limit in (1, 2, 4, 9):
        seen: list[Any] = []
        address = f"{make.API}/contacts/{dana}/timeline?limit={limit}"
        while address:
            answer = await alice.get(address)
            seen += answer.json()["items"]
            address = answer.links["next"]["url"] if answer.json()["next"] else ""
        assert seen == everything, limit


async def test_touches_page_the_same_way(alice: ApiClient) -> None:
    dana = (await make.add(alice, "contacts", make.contact()))["id"]
    for _ in range(5):
        await make.add(alice, f"contacts/{dana}/touches", make.touch(at=SAME))
    everything = (await make.get(alice, f"contacts/{dana}/touches"))["items"]
    first = await make.get(alice, f"contacts/{dana}/touches?limit=3")
    rest = await make.get(alice, f"contacts/{dana}/touches?limit=3&after={first['next']}")
    assert first["items"] + rest["items"] == everything
    assert rest["next"] is None


@pytest.mark.database("sqlite")
async def test_an_after_of_another_list_is_refused(alice: ApiClient) -> None:
    dana = await lived(alice)
    other = (await make.get(alice, f"contacts/{dana}/touches?limit=1"))["next"]
    for after in (other, "x", ""):
        answer = await alice.get(f"{make.API}/contacts/{dana}/timeline", params={"after": after})
        check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
        assert pointers(answer) == ["?after"]


async def test_a_task_reopened_and_a_meeting_deleted_are_history_no_more(alice: ApiClient) -> None:
    dana = (await make.add(alice, "contacts", make.contact()))["id"]
    met = await make.add(alice, "encounters", make.meeting(dana))
    task = met["tasks"][0]["id"]
    await alice.post(f"{make.API}/tasks/{task}/complete")
    assert [item["type"] for item in (await make.get(alice, f"contacts/{dana}/timeline"))["items"]] == [
        *("task", "encounter")
    ]
    await make.remove(alice, f"encounters/{met['id']}")
    (left,) = (await make.get(alice, f"contacts/{dana}/timeline"))["items"]
    assert (left["type"], left["id"], left["encounter_id"]) == ("task", task, None)
    await alice.post(f"{make.API}/tasks/{task}/reopen")
    assert (await make.get(alice, f"contacts/{dana}/timeline"))["items"] == []
