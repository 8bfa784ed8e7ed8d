"""The fields of a meeting: kept as they are sent, taken away by null, refused where they cannot be."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY
EVERYTHING: dict[str, Any] = {
    "mode": "video",
    "ends_at": "2026-03-03T15:15:00Z",
    "place": "Rua do Poente 7",
    "event": "PyData mixer",
    "position": "Platform engineer",
    "card_note": "Red scarf.\r\nKnows Ana.",
    "talked_about": "sailing",
    "benefit": "A friend hires SREs.",
    "follow_up": "light",
    "no_follow_up_because": "An old friend.",
    "gaps": [{"asked": "Go?", "answered": "A little.", "better": "Two years.", "use": True}],
    "requested": [{"what": "references", "ready": True, "detail": "Two.", "due_on": "2026-03-09"}],
    "self_rating": 4,
    "outcome": "waiting",
    "round": 3,
}
WHERE_EMPTY = {"follow_up": "full", "gaps": [], "requested": [], "round": 1}


async def test_every_field_can_be_set_and_is_answered_as_it_was_sent(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0]))
    changed = await make.change(alice, f"encounters/{met['id']}", EVERYTHING)
    assert {name: changed[name] for name in EVERYTHING} == EVERYTHING
    assert changed == await make.get(alice, f"encounters/{met['id']}")
    created = await make.add(alice, "encounters", make.interview(people[0], **EVERYTHING))
    assert {name: created[name] for name in EVERYTHING} == EVERYTHING
    assert created == await make.get(alice, f"encounters/{created['id']}")


async def test_null_takes_an_optional_field_away(
    alice: ApiClient, people: list[str], subtests: pytest.Subtests
) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], **EVERYTHING))
    for name in EVERYTHING:
        with subtests.test(name):
            changed = await make.change(alice, f"encounters/{met['id']}", {name: None})
            assert changed[name] == WHERE_EMPTY.get(name)
    created = await make.add(alice, "encounters", make.interview(people[1], **dict.fromkeys(EVERYTHING), promises=None))
    assert created["promises"] == []
    assert {name: created[name] for name in WHERE_EMPTY} == WHERE_EMPTY


@pytest.mark.parametrize("name", ["contact_ids", "people", "kind", "occurred_at", "timezone"])
async def test_null_for_a_required_field_is_refused(alice: ApiClient, people: list[str], name: str) -> None:
    met = await make.add(alice, "encounters", make.meeting(people[0]))
    answer = await alice.patch(f"{make.API}/encounters/{met['id']}", json={name: None})
    check_problem(answer, INVALID)
    assert pointers(answer) == [f"#/{name}"]
    assert await make.get(alice, f"encounters/{met['id']}") == met


async def test_what_is_left_out_stays(alice: ApiClient, people: list[str]) -> None:
    met = await make.add(alice, "encounters", make.interview(*people, **EVERYTHING))
    assert await make.change(alice, f"encounters/{met['id']}", {}) == met
    changed = await make.change(alice, f"encounters/{met['id']}", {"place": "Elsewhere"})
    assert {name for name in met if met[name] != changed[name]} <= {"place", "updated_at"}


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"kind": "networking", "round": 2}, "#/round"),
        ({"ends_at": "2026-03-01T00:00:00Z"}, "#/ends_at"),
        ({"occurred_at": "2026-03-20T00:00:00Z"}, "#/occurred_at"),
        ({"contact_ids": []}, "#/contact_ids"),
        ({"people": [{"contact_id": make.NOBODY}]}, "#/people/0/contact_id"),
        ({"promises": [{"what": "it", "contact_id": make.NOBODY}]}, "#/promises/0/contact_id"),
        ({"captured_at": make.moment()}, "#/captured_at"),
        ({"tasks": []}, "#/tasks"),
    ],
)
async def test_what_is_not_right_is_named_and_nothing_changes(
    alice: ApiClient, people: list[str], patch: dict[str, Any], pointer: str
) -> None:
    met = await make.add(alice, "encounters", make.interview(people[0], ends_at="2026-03-03T15:15:00Z"))
    answer = await alice.patch(f"{make.API}/encounters/{met['id']}", json={"place": "Elsewhere", **patch})
    check_problem(answer, INVALID)
    assert pointers(answer) == [pointer]
    assert await make.get(alice, f"encounters/{met['id']}") == met


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"round": 1}, "#/round"),
        ({"kind": "interview", "round": -1}, "#/round"),
        ({"ends_at": make.moment(days=-1)}, "#/ends_at"),
        ({"promises": [{"what": "it"}, {"what": " "}]}, "#/promises/1/what"),
        ({"promises": [{"what": "it", "contact_id": make.NOBODY}]}, "#/promises/0/contact_id"),
        ({"promises": [{"what": "it", "by": "hers"}]}, "#/promises/0/by"),
        ({"promises": [{"what": "it", "url": "a.example"}]}, "#/promises/0/url"),
        ({"promises": [{"what": "it", "id": make.NOBODY}] * 2}, "#/promises/1/id"),
        ({"requested": [{"ready": True}]}, "#/requested/0/what"),
        ({"gaps": [{"answered": "x"}]}, "#/gaps/0/asked"),
        ({"gaps": [{"asked": "x", "use": "yes"}]}, "#/gaps/0/use"),
        ({"self_rating": 6}, "#/self_rating"),
        ({"outcome": "hired"}, "#/outcome"),
        ({"mode": "letter"}, "#/mode"),
        ({"follow_up": "some"}, "#/follow_up"),
    ],
)
async def test_what_is_not_right_in_a_meeting_is_named_and_nothing_is_stored(
    alice: ApiClient, people: list[str], given: dict[str, Any], pointer: str
) -> None:
    for path in ("encounters", "encounters/preview"):
        answer = await alice.post(f"{make.API}/{path}", json=make.meeting(people[0], **given))
        check_problem(answer, INVALID)
        assert pointers(answer) == [pointer]
    assert (await make.get(alice, "encounters"))["items"] == (await make.get(alice, "tasks"))["items"] == []
