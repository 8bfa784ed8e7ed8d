"""What holds for any meeting at all: the preview, the plan and planning again agree, and everyone is followed up."""

import random
from typing import Any

import pytest
from fastapi import FastAPI

from app.models import METADATA
from tests.support import factories as make
from tests.support.clients import ApiClient

ZONES = ("Europe/Lisbon", "Pacific/Kiritimati", "Asia/Kathmandu", "America/Phoenix", "UTC", "Arctic/Longyearbyen")
KINDS = ("interview", "networking", "social", "other")
ROLES = (None, "recruiter", "hiring_manager", "interviewer", "referrer", "other")
ROUNDS = 12


def any_meeting(chance: random.Random, people: list[str]) -> dict[str, Any]:
    """A meeting with up to three people, each with details of their own, and whatever was said."""
    met = chance.sample(people, chance.randint(1, 3))
    kind = chance.choice(KINDS)
    named = [
        {
            "contact_id": person,
            "role": chance.choice(ROLES),
            "talked_about": chance.choice([None, "sailing"]),
            "benefit": chance.choice([None, None, "A friend hires SREs."]),
            "follow_up": chance.choice([None, "full", "light", "none"]),
            "no_follow_up_because": chance.choice([None, None, None, "An old friend."]),
        }
        for person in met
    ]
    return {
        "people": named,
        "kind": kind,
        "round": chance.choice([None, 0, 1, 2, 20]) if kind == "interview" else None,
        "occurred_at": make.moment(minutes=chance.randint(-60 * 24 * 400, 60 * 24 * 30)),
        "timezone": chance.choice(ZONES),
        "event": chance.choice([None, "PyData mixer"]),
        "position": chance.choice([None, "Platform engineer"]),
        "follow_up": chance.choice(["full", "full", "light", "none"]),
        "promises": [
            {
                "what": f"thing {number}",
                "contact_id": chance.choice([None, *met]),
                "by": chance.choice(["mine", "theirs"]),
                "due_on": chance.choice([None, "2026-02-28", "2026-12-31"]),
                "promised": chance.choice([True, False]),
                "kept_at": chance.choice([None, None, make.moment()]),
            }
            for number in range(chance.randint(0, 3))
        ],
        "requested": [
            {"what": f"paper {number}", "ready": chance.choice([True, False])} for number in range(chance.randint(0, 2))
        ],
    }


@pytest.fixture
async def people(alice: ApiClient) -> list[str]:
    details = (
        make.contact(name="Ana Alves", emails=["ana@mail.example"], postal_address="Rua do Poente 7"),
        make.contact(name="Bo Berg", linkedin_state="connected", timezone="Asia/Tokyo", phones=["+1 555 010 0101"]),
        make.contact(name="Cy Castro", do_not_contact=True),
        {"descriptor": "red scarf"},
    )
    return [(await make.add(alice, "contacts", body))["id"] for body in details]


async def snapshot(app: FastAPI) -> dict[str, list[tuple[Any, ...]]]:
    def read(conn: Any) -> dict[str, list[tuple[Any, ...]]]:
        return {
            name: sorted(tuple(map(repr, row)) for row in conn.execute(table.select()))
            for name, table in METADATA.tables.items()
        }

    return await app.state.db.read(read)


@pytest.mark.parametrize("seed", [1, 2])
async def test_preview_plan_and_planning_again_agree(
    alice: ApiClient, app: FastAPI, people: list[str], seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(ROUNDS):
        body = any_meeting(chance, people)
        before = await snapshot(app)
        preview = await alice.post(f"{make.API}/encounters/preview", json=body)
        assert preview.is_success, preview.text
        assert await snapshot(app) == before, "a preview writes nothing"
        met = await make.add(alice, "encounters", body)
        told = preview.json()["tasks"]
        stored = [{name: task[name] for name in told[0]} for task in met["tasks"]] if told else []
        assert sorted(told, key=str) == sorted(stored, key=str)
        assert len(told) == len(met["tasks"])
        planned = await snapshot(app)
        assert (await alice.post(f"{make.API}/encounters/{met['id']}/replan")).json() == met
        assert await snapshot(app) == planned, "planning again writes nothing"


@pytest.mark.parametrize("seed", [3, 4])
async def test_everyone_met_has_an_open_task_or_a_reason_not_to(alice: ApiClient, people: list[str], seed: int) -> None:
    chance = random.Random(seed)
    unwilling = people[2]
    for _ in range(ROUNDS):
        body = any_meeting(chance, people)
        met = await make.add(alice, "encounters", body)
        asked = {task["contact_id"] for task in met["tasks"]}
        assert unwilling not in asked
        for person in met["people"]:
            silent = person["no_follow_up_because"] or (person["follow_up"] or met["follow_up"]) == "none"
            if person["contact_id"] != unwilling and not silent:
                assert person["contact_id"] in asked
        for task in met["tasks"]:
            assert task["start_at"] <= task["due_at"]
            assert task["due_at"] >= met["occurred_at"]


@pytest.mark.parametrize("seed", [5])
async def test_editing_into_any_other_meeting_gives_the_tasks_it_would_have_had(
    alice: ApiClient, people: list[str], seed: int
) -> None:
    chance = random.Random(seed)
    met = await make.add(alice, "encounters", any_meeting(chance, people))
    for _ in range(ROUNDS):
        body = any_meeting(chance, people)
        edited = await make.change(alice, f"encounters/{met['id']}", body)
        alike = {"id": met["id"], **body}
        told = (await alice.post(f"{make.API}/encounters/preview", json=alike)).json()["tasks"]
        what = ("contact_id", "rule", "action", "title", "due_at", "because", "needs")
        assert sorted([task[name] for name in what] for task in edited["tasks"]) == sorted(
            [task[name] for name in what] for task in told
        )


async def test_a_preview_names_what_is_missing_as_a_create_does(alice: ApiClient) -> None:
    answer = await alice.post(f"{make.API}/encounters/preview", json=make.meeting(make.NOBODY))
    assert answer.json()["errors"][0]["pointer"] == "#/contact_ids/0"
    assert (await make.get(alice, "encounters"))["items"] == []
