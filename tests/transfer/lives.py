"""An account that has used everything, for tests that carry it elsewhere or delete it."""

from typing import Any

from tests.support import factories as make
from tests.support import pictures
from tests.support.clients import ApiClient

UNUSUAL = "Ünï “quoted” \U0001f680 \u200f 張 \\ / \t tab"
PLACE = {"latitude": 38.7223, "longitude": -9.1393}


async def lived(user: ApiClient) -> None:
    """Fill an account with a row of every kind and every state a row can be in."""
    settings: dict[str, Any] = {
        **PLACE,
        "phone": "+1 555 010 0142",
        "quiet_hours": {"from": "21:30", "to": "07:00"},
        "sundown_at": "17:45",
        "day_boundary": "03:30",
        "postal_address": "1 Quay Street\nLisbon",
        "minutes_an_evening": 45,
    }
    await make.change(user, "me", settings)
    playbook = await make.get(user, "playbook")
    assert (await user.put(f"{make.API}/playbook", json={**playbook, "write_by_email": True})).is_success
    dana = await make.add(user, "captures", make.capture(event="PyData mixer", **PLACE))
    for number in (1, 2):
        await pictures.put(user, dana["id"], number)
    await make.add(user, "captures", make.capture(text=UNUSUAL, name=UNUSUAL))
    noor = await make.add(user, "contacts", everything("Noor Nilsen"))
    ira = await make.add(user, "contacts", {"descriptor": "red scarf, fintech"})
    assert (await user.put(f"{make.API}/contacts/{noor['id']}/not-duplicates/{ira['id']}")).is_success
    met = await make.add(user, "encounters", make.interview(people=people(noor, ira), **meeting(noor)))
    for task, verb in zip(met["tasks"], VERBS, strict=False):
        answer = await user.post(f"{make.API}/tasks/{task['id']}/{verb[0]}", json=verb[1])
        assert answer.is_success, answer.text
    await make.change(user, f"encounters/{met['id']}", {"outcome": "next_round", "self_rating": 4})
    by_hand = make.task(dana["contact"]["id"], action="phone_call", planned_on="2026-03-05")
    custom = await make.add(user, "tasks", by_hand)
    await make.change(user, f"tasks/{custom['id']}", {"due_at": make.moment(days=9)})
    gone = await make.add(user, "contacts", make.contact(name="Taken back"))
    await make.remove(user, f"contacts/{gone['id']}")


VERBS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("complete", {"channel": "letter", "note": "In the mail."}),
    ("skip", {"reason": "They moved away"}),
    ("snooze", {"until": make.moment(days=2)}),
)


def everything(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "salutation": "Ms Nilsen",
        "company": "Northwind",
        "title": "Head of Platform",
        "emails": ["noor@northwind.example", "noor@mail.example"],
        "phones": ["+1 555 010 0177"],
        "postal_address": "12 Pier Road\nPortland",
        "timezone": "America/New_York",
        "linkedin_url": "https://www.linkedin.com/in/noor-nilsen",
        "linkedin_state": "invited",
        "website": "https://noor.example/",
        "tags": ["go", "Platform", UNUSUAL],
        "how_met": "At the harbour.",
        "how_i_can_help": "She is looking for a database person.",
        "about_company": "Ships parts.",
        "notes": UNUSUAL,
        "tier": "A",
        "keep_in_touch_days": 45,
        "new_year_card": True,
    }


def people(*contacts: dict[str, Any]) -> list[dict[str, Any]]:
    roles = ("hiring_manager", "interviewer")
    return [
        {"contact_id": contact["id"], "role": role, "talked_about": "moving a warehouse without closing it"}
        for contact, role in zip(contacts, roles, strict=True)
    ]


def meeting(contact: dict[str, Any]) -> dict[str, Any]:
    return {
        **PLACE,
        "round": 2,
        "mode": "video",
        "ends_at": make.moment(),
        "place": "Room 4",
        "card_note": UNUSUAL,
        "benefit": "It saves her a week.",
        "gaps": [{"asked": "How do you shard?", "answered": "Badly.", "better": "By owner.", "use": True}],
        "requested": [{"what": "references", "ready": True, "detail": "Two"}, {"what": "availability"}],
        "promises": [
            {"what": "the trunk-based article", "url": "https://articles.example/trunk", "due_on": "2026-03-09"},
            {"what": "an introduction to Ana", "by": "theirs", "contact_id": contact["id"], "why": "She knows her."},
        ],
    }
