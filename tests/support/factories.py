"""Believable rows, each a plain function: what a test cares about it says, the rest is filled in."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.support.clock import DEFAULT_NOW

API = "/api/v1"
ZONE = "Europe/Lisbon"
NOTE = "Dana Reyes, VP Eng at Northwind, promised her the trunk-based article"
NOBODY = "0190b5a2-7c1e-7000-8000-00000000dead"


def moment(**later: float) -> str:
    """An instant as the API takes it, counted from the frozen clock: `moment(days=1)`."""
    return instant(DEFAULT_NOW + timedelta(**later))


def instant(at: datetime) -> str:
    return at.isoformat()


def account(**given: Any) -> dict[str, Any]:
    password = "a lantern, a ladder and a letter"
    return {"email": "cara@mail.example", "password": password, "name": "Cara Costa", "timezone": ZONE, **given}


def capture(**given: Any) -> dict[str, Any]:
    return {"text": NOTE, "captured_at": moment(minutes=-10), "timezone": ZONE, **given}


def contact(**given: Any) -> dict[str, Any]:
    return {"name": "Dana Reyes", **given}


def meeting(*contact_ids: str, **given: Any) -> dict[str, Any]:
    people = {} if "people" in given else {"contact_ids": list(contact_ids)}
    return {**people, "kind": "networking", "occurred_at": moment(hours=-1), "timezone": ZONE, **given}


def interview(*contact_ids: str, **given: Any) -> dict[str, Any]:
    return meeting(*contact_ids, **{"kind": "interview", "position": "Platform engineer", **given})


def archive(**rows: Any) -> dict[str, Any]:
    """What an account exports, with these rows by table."""
    account = {
        "name": "Cara Costa",
        "email": "cara@mail.example",
        "timezone": ZONE,
        "day_boundary": "04:00",
        "created_at": moment(),
        "updated_at": moment(),
    }
    return {"format": "sundown-archive", "version": 1, "exported_at": moment(), "account": account, "rows": rows}


def task(contact_id: str, **given: Any) -> dict[str, Any]:
    named = {"title": "Send the trunk-based article", "action": "send_link"}
    return {"contact_id": contact_id, **named, "due_at": moment(days=2), "timezone": ZONE, **given}


def touch(**given: Any) -> dict[str, Any]:
    return {"channel": "email", "direction": "in", "at": moment(minutes=-30), **given}


async def add(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Create a row and give it back as the API answered it: `await add(alice, "contacts", contact())`."""
    answer = await client.post(f"{API}/{path}", json=body)
    assert answer.status_code == httpx.codes.CREATED, answer.text
    return answer.json()


async def get(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(f"{API}/{path}")
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()


async def change(client: httpx.AsyncClient, path: str, patch: dict[str, Any]) -> dict[str, Any]:
    answer = await client.patch(f"{API}/{path}", json=patch)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()


async def remove(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.delete(f"{API}/{path}")
    assert answer.status_code == httpx.codes.NO_CONTENT, answer.text


async def token(client: httpx.AsyncClient, scope: str, **given: Any) -> dict[str, str]:
    """The headers of a new bearer token."""
    made = await add(client, "tokens", {"name": f"A program that may {scope}", "scope": scope, **given})
    return {"Authorization": f"Bearer {made['token']}"}
