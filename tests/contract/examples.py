"""One believable request for every operation of the API, and the rows of a user it speaks of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi.routing import APIRoute

from app.api import ROUTERS
from tests.support import factories as make
from tests.support import pictures
from tests.support.clients import PASSWORD, ApiClient

Rows = dict[str, str]


@dataclass(frozen=True)
class Example:
    """`of` is the row whose id stands in the path, last where `within` another; `body` is made from the rows;
    `query` may name them too.

    `picture` is a body that is no JSON. `of_new` marks what is for an account that has no rows yet.
    """

    of: str | None = None
    body: Callable[[Rows], Any] | None = None
    query: Callable[[Rows], dict[str, Any]] | None = None
    of_new: bool = False
    within: str | None = None
    picture: bytes | None = None


ROUTES: dict[str, APIRoute] = {
    route.operation_id or route.name: route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
}
EXAMPLES: dict[str, Example] = {
    "get_upcoming": Example(),
    "get_sky": Example(query=lambda _: {"days": 3}),
    "get_playbook": Example(),
    "replace_playbook": Example(body=lambda _: {"rules": [{"id": "R8", "due": {"type": "sundown", "days": 2}}]}),
    "get_me": Example(),
    "update_me": Example(body=lambda _: {"phone": "+1 555 010 0199", "quiet_hours": {"from": "21:00", "to": "07:00"}}),
    "get_my_card": Example(),
    "get_my_card_code": Example(),
    "get_contact": Example("contact"),
    "list_contacts": Example(query=lambda _: {"sort": "recent"}),
    "create_contact": Example(body=lambda _: make.contact(name="Ira Ilves", emails=["ira@mail.example"], tags=["go"])),
    "update_contact": Example("contact", body=lambda _: {"company": "Northwind", "notes": None}),
    "delete_contact": Example("contact"),
    "merge_contact": Example("contact", body=lambda rows: {"into": rows["captured contact"]}),
    "list_duplicates": Example(),
    "list_duplicates_of_contact": Example("contact"),
    "mark_not_duplicate": Example("twin", within="contact"),
    "unmark_not_duplicate": Example("twin", within="contact"),
    "list_merges": Example(),
    "undo_merge": Example("merge"),
    "get_timeline": Example("contact"),
    "list_touches": Example("contact"),
    "create_touch": Example("contact", body=lambda _: {"channel": "email", "direction": "in", "needs_answer": True}),
    "delete_touch": Example("touch", within="contact"),
    "get_encounter": Example("encounter"),
    "list_encounters": Example(query=lambda rows: {"contact_id": rows["contact"]}),
    "create_encounter": Example(body=lambda rows: make.interview(rows["contact"], promises=[promise(rows)])),
    "preview_encounter": Example(body=lambda rows: make.interview(people=[{"contact_id": rows["contact"]}])),
    "list_events": Example(),
    "list_event_people": Example(query=lambda _: {"event": "PyData mixer", "on": "2026-03-03"}),
    "sort_encounters": Example(
        body=lambda rows: {
            "items": [{"encounter_id": rows["encounter"], "contact_id": rows["contact"], "follow_up": "light"}]
        }
    ),
    "update_encounter": Example("encounter", body=lambda rows: {"people": [{"contact_id": rows["contact"]}]}),
    "replan_encounter": Example("encounter"),
    "delete_encounter": Example("encounter"),
    "put_picture": Example("picture", within="captured encounter", picture=pictures.CARD),
    "get_picture": Example("picture", within="captured encounter"),
    "delete_picture": Example("picture", within="captured encounter"),
    "create_capture": Example(body=lambda rows: make.capture(contact_id=rows["contact"])),
    "undo_capture": Example("capture"),
    "get_task": Example("task"),
    "list_tasks": Example(query=lambda rows: {"encounter_id": rows["encounter"], "contact_id": rows["contact"]}),
    "create_task": Example(body=lambda rows: make.task(rows["contact"], encounter_id=rows["encounter"])),
    "update_task": Example("task", body=lambda _: {"due_at": make.moment(days=3)}),
    "complete_task": Example("task", body=lambda _: {"channel": "email", "note": "Sent."}),
    "skip_task": Example("task", body=lambda _: {"reason": "They moved away"}),
    "snooze_task": Example("task", body=lambda _: {"until": make.moment(days=1)}),
    "reopen_task": Example("task"),
    "batch_tasks": Example(body=lambda rows: {"ids": [rows["task"]], "do": "complete"}),
    "create_account": Example(body=lambda _: make.account()),
    "create_session": Example(body=lambda rows: {"email": rows["email"], "password": PASSWORD}),
    "delete_session": Example(),
    "list_sessions": Example(),
    "end_session": Example("session"),
    "change_password": Example(body=lambda _: {"current": PASSWORD, "new": "a ladder, a letter and a lantern"}),
    "list_tokens": Example(),
    "create_token": Example(body=lambda _: {"name": "The shortcut", "scope": "capture"}),
    "delete_token": Example("token"),
    "delete_me": Example(),
    "export_me": Example(),
    "import_me": Example(body=lambda _: make.archive(), of_new=True),
}
NOT_STORED = {"create_account", "create_session", "create_token", "preview_encounter"}
WORDS: tuple[str, ...] = (
    *("capture", "captured contact", "contact", "twin", "encounter", "task", "touch"),
    *("merge", "token", "session", "email", "captured encounter", "picture"),
)


def method_of(operation: str) -> str:
    return min(ROUTES[operation].methods or ())


def promise(rows: Rows) -> dict[str, Any]:
    return {"what": "the trunk-based article", "contact_id": rows["contact"], "due_on": "2026-03-09"}


async def settle(client: ApiClient) -> Rows:
    """A row of every kind for the user of this client, by the word examples use for it."""
    captured = await make.add(client, "captures", make.capture(event="PyData mixer"))
    person = await make.add(client, "contacts", make.contact(name="Noor Nilsen", tags=["go"]))
    met = await make.add(client, "encounters", make.interview(person["id"]))
    twice = await make.add(client, "contacts", make.contact(name="Noor N."))
    merged = await client.post(f"{make.API}/contacts/{twice['id']}/merge", json={"into": person["id"]})
    twin = await make.add(client, "contacts", make.contact(name="Noor N."))
    touched = await make.add(client, f"contacts/{person['id']}/touches", make.touch(direction="out"))
    picture = await pictures.put(client, captured["id"])
    token = await make.add(client, "tokens", {"name": "Reader", "scope": "read"})
    sessions = await make.get(client, "sessions")
    return {
        "capture": captured["id"],
        "captured contact": captured["contact"]["id"],
        "contact": person["id"],
        "twin": twin["id"],
        "encounter": met["id"],
        "task": met["tasks"][0]["id"],
        "touch": touched["id"],
        "captured encounter": captured["id"],
        "picture": picture["id"],
        "merge": merged.json()["merge_id"],
        "token": token["id"],
        "session": sessions["items"][0]["id"],
        "email": client.account["email"],
    }


async def call(client: httpx.AsyncClient, operation: str, *, path: Rows, named: Rows | None = None) -> httpx.Response:
    """The example request; ids in the path from `path`, those in body and query from `named`."""
    example, route = EXAMPLES[operation], ROUTES[operation]
    rows = path if named is None else named
    ids = [path[word] for word in (example.within, example.of) if word is not None]
    address = re.sub(r"{\w+}", lambda _: ids.pop(0), route.path)
    options: dict[str, Any] = {}
    if example.body is not None:
        options["json"] = example.body(rows)
    if example.picture is not None:
        options |= {"content": example.picture, "headers": pictures.JPEG}
    if example.query is not None:
        options["params"] = example.query(rows)
    return await client.request(method_of(operation), address, **options)
