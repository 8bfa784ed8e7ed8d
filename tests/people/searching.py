"""Asking for people as the search field does."""

from typing import Any

import httpx

from tests.support import factories as make
from tests.support.clients import ApiClient


async def found(client: ApiClient, q: str, **filters: Any) -> list[str]:
    """The names of those found, the best first."""
    return [person["name"] for person in (await search(client, q, **filters))["items"]]


async def search(client: ApiClient, q: str, **filters: Any) -> dict[str, Any]:
    answer = await client.get(f"{make.API}/contacts", params={"q": q, **filters})
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()
