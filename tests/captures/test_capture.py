"""A note thumbed at a mixer becomes a person, an encounter and due tasks, in one request."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

INVALID = httpx.codes.UNPROCESSABLE_ENTITY
NEXT_SUNDOWN = "2026-03-04T18:32"
TEXTS = {
    "emoji": "Dana \U0001f9e3\U0001f469\u200d\U0001f4bb, VP Eng \U0001f1f5\U0001f1f9 at Northwind",
    "right to left": "\u062f\u0627\u0646\u0627\u060c \u0645\u0647\u0646\u062f\u0633\u0629 \u200f\u202bNorthwind\u202c",
    "CRLF": "Dana\r\nVP Eng\r\n\r\nlikes sailing\r\n",
    "spaces and tabs": "  Dana \t Reyes, VP Eng   \n",
    "composed and decomposed": "Jos\u00e9 and Jose\u0301, both at Northwind",
    "quotes and markup": "\"Dana\" \\ 'VP' <b>Eng</b> & %s {0} $1 -- ; DROP TABLE",
    "controls": "Dana\x07\x1b[31m, VP\u2028Eng\x7f at Northwind",
    "not characters": "Dana \ufffe\uffff\U0010ffff, VP Eng at Northwind",
    "the longest": "Dana, " + "x" * 19_994,
}


def by_action(tasks: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {task["action"]: task for task in tasks}
    assert len(found) == len(tasks)
    return found


async def test_one_note_becomes_a_person_an_encounter_and_due_tasks(alice: ApiClient) -> None:
    made = await make.add(
        alice,
        "captures",
        make.capture(
            text="Dana, VP Eng at Northwind, promised her the trunk-based article",
            captured_at="2026-03-03T19:30:00+00:00",
            name="Dana Reyes",
            company="Northwind",
            event="PyData mixer",
            talked_about="trunk-based development",
            promises=[{"what": "the trunk-based article"}],
        ),
    )
    assert made["contact"]["name"] == "Dana Reyes"
    assert made["contact"]["descriptor"] == "Dana"
    assert made["contact"]["company"] == "Northwind"
    assert made["encounter"]["contact_ids"] == [made["contact"]["id"]]
    assert made["encounter"]["kind"] == "networking"
    assert made["encounter"]["event"] == "PyData mixer"
    tasks = by_action(made["tasks"])
    assert tasks.keys() == {"handwritten_note", "send_link", "linkedin_invite"}
    assert tasks["handwritten_note"]["due_at"].startswith(NEXT_SUNDOWN)
    assert tasks["handwritten_note"]["because"] == "sundown in Lisbon on Wednesday 4 March, 18:32"
    assert tasks["send_link"]["title"] == "Send: the trunk-based article"
    assert {task["contact_id"] for task in made["tasks"]} == {made["contact"]["id"]}
    assert {task["encounter_id"] for task in made["tasks"]} == {made["encounter"]["id"]}
    assert made["contact"]["next_task"]["id"] in {task["id"] for task in made["tasks"]}


async def test_the_text_is_kept_byte_for_byte(alice: ApiClient, subtests: pytest.Subtests) -> None:
    for what, text in TEXTS.items():
        with subtests.test(what):
            made = await make.add(alice, "captures", make.capture(text=text))
            assert made["encounter"]["card_note"] == text
            kept = await make.get(alice, f"encounters/{made['id']}")
            assert kept["card_note"].encode() == text.encode()


async def test_a_text_that_is_too_long_is_refused_rather_than_cut(alice: ApiClient) -> None:
    answer = await alice.post(f"{make.API}/captures", json=make.capture(text="x" * 20_001))
    check_problem(answer, INVALID)
    assert answer.json()["errors"] == [{"pointer": "#/text", "detail": "At most 20,000 characters are taken."}]


async def test_one_word_is_enough(alice: ApiClient) -> None:
    body = {"text": "Dana", "captured_at": make.moment(), "timezone": make.ZONE}
    made = await make.add(alice, "captures", body)
    assert made["contact"]["name"] is None
    assert made["contact"]["descriptor"] == "Dana"
    assert by_action(made["tasks"]).keys() == {"handwritten_note", "linkedin_invite", "finish_card_note"}


@pytest.mark.parametrize(
    ("given", "thin"),
    [
        ({"text": "Dana Reyes of Northwind sails", "name": "Dana Reyes"}, False),
        ({"text": "Dana Reyes of Northwind", "name": "Dana Reyes"}, True),
        ({"text": "Dana Reyes of Northwind, who sails and knows Ana"}, True),
        ({"text": " ", "name": "Dana Reyes"}, True),
    ],
)
async def test_no_name_or_fewer_than_five_words_ask_to_finish_the_card(
    alice: ApiClient, given: dict[str, Any], thin: bool
) -> None:
    made = await make.add(alice, "captures", make.capture(**given))
    assert ("finish_card_note" in by_action(made["tasks"])) is thin


async def test_a_card_is_finished_by_noon_of_the_next_day(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture(text="Dana"))
    task = by_action(made["tasks"])["finish_card_note"]
    assert (task["due_at"], task["channel"], task["minutes"]) == ("2026-03-04T12:00:00Z", "other", 2)


async def test_naming_the_person_of_a_full_note_finishes_the_card(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture())
    task = by_action(made["tasks"])["finish_card_note"]
    await make.change(alice, f"contacts/{made['contact']['id']}", {"name": "Dana Reyes"})
    assert (await make.get(alice, f"tasks/{task['id']}"))["status"] == "cancelled"
    await make.change(alice, f"contacts/{made['contact']['id']}", {"name": None})
    assert (await make.get(alice, f"tasks/{task['id']}"))["status"] == "open"


async def test_a_meeting_noted_at_the_desk_has_no_card_to_finish(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", {"descriptor": "red scarf"})
    met = await make.add(alice, "encounters", make.meeting(person["id"], card_note="sails"))
    assert "finish_card_note" not in by_action(met["tasks"])


async def test_nobody_is_matched_by_words(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact(name="Dana Reyes", company="Northwind"))
    body = make.capture(text="Dana Reyes, Northwind", name="Dana Reyes", company="Northwind")
    made = await make.add(alice, "captures", body)
    assert made["contact"]["id"] != person["id"]
    again = await make.add(alice, "captures", body)
    assert again["contact"]["id"] != made["contact"]["id"]
    assert len((await make.get(alice, "contacts"))["items"]) == 3


async def test_a_person_who_is_known_is_named_by_id(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact(company="Northwind"))
    made = await make.add(alice, "captures", make.capture(contact_id=person["id"], name="Dan", company="Southwind"))
    assert made["contact"]["id"] == person["id"]
    assert (made["contact"]["name"], made["contact"]["company"]) == ("Dana Reyes", "Northwind")
    assert len((await make.get(alice, "contacts"))["items"]) == 1
    assert "finish_card_note" not in by_action(made["tasks"])


async def test_an_interview_may_be_captured_with_its_round_and_position(alice: ApiClient) -> None:
    body = make.capture(kind="interview", round=2, position="Platform engineer", name="Dana Reyes")
    made = await make.add(alice, "captures", body)
    assert (made["encounter"]["round"], made["encounter"]["position"]) == (2, "Platform engineer")
    assert by_action(made["tasks"]).keys() == {"email_thank_you", "handwritten_note"}
    first = await make.add(alice, "captures", make.capture(kind="interview"))
    assert first["encounter"]["round"] == 1


async def test_what_may_be_left_out_may_be_null(alice: ApiClient) -> None:
    optional = (
        *("id", "latitude", "longitude", "kind", "round", "position", "event", "name", "company", "contact_id"),
        *("talked_about", "benefit", "promises"),
    )
    made = await make.add(alice, "captures", make.capture(**dict.fromkeys(optional)))
    plain = await make.add(alice, "captures", make.capture())
    assert made["encounter"]["kind"] == plain["encounter"]["kind"] == "networking"
    assert made["encounter"]["promises"] == []


@pytest.mark.parametrize("name", ["text", "captured_at", "timezone"])
async def test_what_is_required_is_neither_left_out_nor_null(alice: ApiClient, name: str) -> None:
    body = make.capture()
    for wrong in (body | {name: None}, {key: value for key, value in body.items() if key != name}):
        answer = await alice.post(f"{make.API}/captures", json=wrong)
        check_problem(answer, INVALID)
        assert pointers(answer) == [f"#/{name}"]
    assert (await make.get(alice, "contacts"))["items"] == []


async def test_a_useful_thought_and_a_benefit_become_their_tasks(alice: ApiClient) -> None:
    promises = [
        {"what": "the trunk-based article", "url": "https://trunk.example/a", "due_on": "2026-03-09"},
        {"what": "a talk on flags", "promised": False},
        {"what": "her slides", "by": "theirs", "due_on": "2026-03-06"},
        {"what": "the book", "kept_at": make.moment()},
    ]
    body = make.capture(name="Dana Reyes", benefit="A friend hires SREs.", promises=promises)
    made = await make.add(alice, "captures", body)
    titles = {task["title"]: task for task in made["tasks"]}
    article = titles["Send: the trunk-based article"]
    assert article["due_at"] == "2026-03-09T23:59:59Z"
    assert titles["Send: a talk on flags"]["why"] != article["why"]
    assert titles["Ask once: her slides"]["due_at"] == "2026-03-10T23:59:59Z"
    assert titles["Ask once: her slides"]["action"] == "their_promise"
    assert "Send: the book" not in titles
    assert titles["Call, or leave a short voicemail"]["action"] == "phone_call"
    assert {promise["contact_id"] for promise in made["encounter"]["promises"]} == {made["contact"]["id"]}


async def test_captured_offline_before_midnight_and_received_the_next_morning(
    alice: ApiClient, clock: FrozenClock
) -> None:
    clock.set(datetime(2026, 3, 4, 8, 5, tzinfo=UTC))
    made = await make.add(alice, "captures", make.capture(captured_at="2026-03-03T23:50:00+00:00", name="Dana"))
    assert made["encounter"]["captured_at"] == made["encounter"]["occurred_at"] == "2026-03-03T23:50:00Z"
    assert made["encounter"]["received_at"] == "2026-03-04T08:05:00Z"
    assert by_action(made["tasks"])["handwritten_note"]["due_at"].startswith(NEXT_SUNDOWN), "the day it happened"


async def test_a_note_that_arrives_late_is_made_late_and_never_dropped(alice: ApiClient, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=30))
    made = await make.add(alice, "captures", make.capture())
    note = by_action(made["tasks"])["handwritten_note"]
    assert note["status"] == "open"
    assert note["due_at"].startswith(NEXT_SUNDOWN)
    overdue = await make.get(alice, "upcoming?group=overdue")
    assert note["id"] in {task["id"] for task in overdue["groups"][0]["tasks"]}


async def test_a_mixer_past_midnight_belongs_to_the_evening_before(alice: ApiClient) -> None:
    for boundary, due in (("04:00", NEXT_SUNDOWN), ("00:00", "2026-03-05T18:33")):
        await make.change(alice, "me", {"day_boundary": boundary})
        made = await make.add(alice, "captures", make.capture(captured_at="2026-03-04T00:40:00+00:00"))
        assert by_action(made["tasks"])["handwritten_note"]["due_at"].startswith(due)


async def test_a_fixed_sundown_hour_takes_the_place_of_the_sun(alice: ApiClient) -> None:
    await make.change(alice, "me", {"sundown_at": "17:00"})
    made = await make.add(alice, "captures", make.capture())
    note = by_action(made["tasks"])["handwritten_note"]
    assert note["due_at"] == "2026-03-04T17:00:00Z"
    assert note["because"] == "your sundown hour in Lisbon on Wednesday 4 March, 17:00"


async def test_the_place_counts_and_not_where_the_server_or_the_home_is(
    client: Callable[..., ApiClient], subtests: pytest.Subtests
) -> None:
    """The server's clock is in UTC; every one of these people lives elsewhere, and meets elsewhere again."""
    places = {
        "Pacific/Kiritimati": ("2026-03-03T19:30:00+14:00", "2026-03-04"),
        "Pacific/Auckland": ("2026-03-03T19:30:00+13:00", "2026-03-04"),
        "America/Phoenix": ("2026-03-03T19:30:00-07:00", "2026-03-04"),
        "Asia/Kathmandu": ("2026-03-03T19:30:00+05:45", "2026-03-04"),
        "America/Los_Angeles": ("2026-03-03T19:30:00-08:00", "2026-03-04"),
        "Pacific/Pago_Pago": ("2026-03-03T23:30:00-11:00", "2026-03-04"),
    }
    for number, (zone, (at, day)) in enumerate(places.items()):
        home = list(places)[number - 1]
        person = await client().sign_up(**make.account(email=f"person{number}@mail.example", timezone=home))
        with subtests.test(zone):
            made = await make.add(person, "captures", make.capture(captured_at=at, timezone=zone))
            note = by_action(made["tasks"])["handwritten_note"]
            offset = datetime.fromisoformat(at).utcoffset()
            assert offset is not None
            local = datetime.fromisoformat(note["due_at"]) + offset
            assert local.date().isoformat() == day
            assert 17 <= local.hour <= 20, "about when the sun sets in March"
            assert note["timezone"] == zone
            assert f"{local:%H:%M}" in note["because"]


async def test_coordinates_are_kept_and_decide_the_sundown(alice: ApiClient) -> None:
    made = await make.add(alice, "captures", make.capture(timezone="Asia/Shanghai", latitude=43.8, longitude=87.6))
    assert (made["encounter"]["latitude"], made["encounter"]["longitude"]) == (43.8, 87.6)
    urumqi = by_action(made["tasks"])["handwritten_note"]["due_at"]
    shanghai = await make.add(alice, "captures", make.capture(timezone="Asia/Shanghai"))
    assert urumqi > by_action(shanghai["tasks"])["handwritten_note"]["due_at"]


async def test_many_notes_at_once_are_all_there(alice: ApiClient) -> None:
    bodies = [make.capture(text=f"Person {number}, met at the mixer") for number in range(64)]
    answers = await asyncio.gather(*(alice.post(f"{make.API}/captures", json=body) for body in bodies))
    assert {answer.status_code for answer in answers} == {httpx.codes.CREATED}
    listed = (await make.get(alice, "encounters?limit=200"))["items"]
    assert {item["id"] for item in listed} == {answer.json()["id"] for answer in answers}
    assert {item["card_note"] for item in listed} == {body["text"] for body in bodies}


async def test_what_a_scanned_card_says_becomes_the_person(alice: ApiClient) -> None:
    card = {
        "name": "Dana Reyes",
        "company": "Northwind",
        "title": "VP Engineering",
        "emails": ["dana@northwind.example"],
        "phones": ["+1 555 010 0142", "+1 555 010 0143"],
        "postal_address": "12 Pier Road\nPortland",
        "linkedin_url": "https://www.linkedin.com/in/dana-reyes",
        "website": "https://northwind.example",
    }
    captured = await make.add(alice, "captures", make.capture(**card))
    assert captured["contact"].items() >= card.items()
    known = captured["contact"]["id"]
    noted = await make.add(alice, "captures", make.capture(contact_id=known, emails=["x@y.example"]))
    assert noted["contact"]["emails"] == card["emails"], "a person who is known stays as they are"
    person = await make.add(alice, "captures", make.capture(**card))
    await make.remove(alice, f"captures/{person['id']}")
    assert (await alice.get(f"{make.API}/contacts/{person['contact']['id']}")).status_code == httpx.codes.NOT_FOUND
