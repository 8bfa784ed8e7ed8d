"""The list of people: by name or the ones changed last, by tag and tier."""

from datetime import timedelta

import pytest

from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

NAMES = ("\u00c1lvaro", "ana", "Bo", "\u0160t\u011bp\u00e1n", "stone", "\u0416\u0430\u043d\u043d\u0430", "\u7530\u4e2d")


async def listed(client: ApiClient, query: str = "") -> list[str]:
    return [item["name"] or item["descriptor"] for item in (await make.get(client, f"contacts{query}"))["items"]]


async def test_people_come_by_name_without_regard_to_case_and_accents(alice: ApiClient) -> None:
    for name in reversed(NAMES):
        await make.add(alice, "contacts", make.contact(name=name))
    await make.add(alice, "contacts", {"descriptor": "blue coat"})
    assert await listed(alice) == ["\u00c1lvaro", "ana", "blue coat", *NAMES[2:]]
    assert await listed(alice, "?sort=name") == await listed(alice)


async def test_the_ones_changed_last_come_first(alice: ApiClient, clock: FrozenClock) -> None:
    ids = {}
    for name in ("Ana", "Bo", "Cy"):
        clock.advance(timedelta(seconds=1))
        ids[name] = (await make.add(alice, "contacts", make.contact(name=name)))["id"]
    assert await listed(alice, "?sort=recent") == ["Cy", "Bo", "Ana"]
    clock.advance(timedelta(seconds=1))
    await make.change(alice, f"contacts/{ids['Bo']}", {"company": "Northwind"})
    assert await listed(alice, "?sort=recent") == ["Bo", "Cy", "Ana"]
    assert await listed(alice) == ["Ana", "Bo", "Cy"]


async def test_a_new_name_moves_a_person(alice: ApiClient) -> None:
    made = await make.add(alice, "contacts", make.contact(name="Ana"))
    await make.add(alice, "contacts", make.contact(name="Bo"))
    await make.change(alice, f"contacts/{made['id']}", {"name": "Zoe"})
    assert await listed(alice) == ["Bo", "Zoe"]


async def test_a_tag_is_found_as_it_is_written(alice: ApiClient) -> None:
    ana = await make.add(alice, "contacts", make.contact(name="Ana", tags=["go", "go", "Lisbon & around"]))
    await make.add(alice, "contacts", make.contact(name="Bo", tags=["GO"]))
    assert ana["tags"] == ["go", "go", "Lisbon & around"]
    assert await listed(alice, "?tag=go") == ["Ana"]
    assert await listed(alice, "?tag=GO") == ["Bo"]
    assert await listed(alice, "?tag=Lisbon%20%26%20around") == ["Ana"]
    assert await listed(alice, "?tag=%25") == []
    await make.change(alice, f"contacts/{ana['id']}", {"tags": ["rust"]})
    assert await listed(alice, "?tag=go") == []
    assert await listed(alice, "?tag=rust") == ["Ana"]


@pytest.mark.parametrize("sort", ["name", "recent"])
async def test_a_tier_narrows_the_list(alice: ApiClient, sort: str) -> None:
    for name, tier in (("Ana", "A"), ("Bo", "B"), ("Cy", None)):
        await make.add(alice, "contacts", make.contact(name=name, tier=tier, tags=["go"]))
    assert await listed(alice, f"?tier=A&sort={sort}") == ["Ana"]
    assert await listed(alice, f"?tier=B&tag=go&sort={sort}") == ["Bo"]
    assert await listed(alice, f"?tier=C&sort={sort}") == []
