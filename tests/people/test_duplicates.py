"""People who may be there twice are suggested, never merged, and who is not the same stays so."""

from collections.abc import Callable
from typing import Any

import httpx
from fastapi import FastAPI

from tests.contract.answers import check_problem
from tests.people.merges import everything, merge, undo
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.statements import recorded

GONE, INVALID, NOT_FOUND = httpx.codes.GONE, httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.NOT_FOUND
MIXER = {"event": "PyData mixer"}


async def person(client: ApiClient, **given: Any) -> str:
    return (await make.add(client, "contacts", make.contact(**given)))["id"]


async def like(client: ApiClient, contact_id: str) -> list[str]:
    return [item["contact"]["id"] for item in (await make.get(client, f"contacts/{contact_id}/duplicates"))["items"]]


async def pairs(client: ApiClient) -> list[set[str]]:
    return [{one["id"] for one in item["contacts"]} for item in (await make.get(client, "duplicates"))["items"]]


async def not_the_same(client: ApiClient, one: str, other: str, *, verb: str = "PUT") -> None:
    answer = await client.request(verb, f"{make.API}/contacts/{one}/not-duplicates/{other}")
    assert answer.status_code == httpx.codes.NO_CONTENT, answer.text


async def test_a_suggestion_says_who_and_because_of_what(alice: ApiClient) -> None:
    dana = await person(alice, company="Northwind", emails=["dana@mail.example"], phones=["+1 555 010 0199"])
    twin = {"name": "Reyes, D.", "company": "northwind", "emails": ["Dana@mail.example"], "phones": ["555 010 0199"]}
    other = await make.add(alice, "contacts", twin)
    await make.add(alice, "contacts", make.contact(name="Tom Okafor", company="Northwind"))
    short = {name: other[name] for name in ("id", "name", "descriptor", "company")}
    because = [
        {"field": "email", "value": "Dana@mail.example"},
        {"field": "phone", "value": "555 010 0199"},
        {"field": "name", "value": "Reyes, D."},
        {"field": "company", "value": "northwind"},
    ]
    answer = await make.get(alice, f"contacts/{dana}/duplicates")
    assert answer == {"items": [{"contact": short, "because": because}], "next": None}
    (pair,) = (await make.get(alice, "duplicates"))["items"]
    assert [one["id"] for one in pair["contacts"]] == sorted([dana, other["id"]])
    assert [one["field"] for one in pair["because"]] == [one["field"] for one in because]


async def test_a_first_name_is_enough_at_one_event(alice: ApiClient) -> None:
    captured = await make.add(alice, "captures", make.capture(name="Dana", **MIXER))
    first = captured["contact"]["id"]
    met, elsewhere = await person(alice), await person(alice, name="Dana Lopez")
    assert await like(alice, first) == []
    await make.add(alice, "encounters", make.meeting(met, occurred_at=make.moment(hours=-2), event="PYDATA MIXER"))
    await make.add(alice, "encounters", make.meeting(elsewhere, occurred_at=make.moment(days=-31), **MIXER))
    assert await like(alice, first) == [met]
    (found,) = (await make.get(alice, f"contacts/{first}/duplicates"))["items"]
    assert {"field": "event", "value": "PYDATA MIXER"} in found["because"]


async def test_a_note_taken_twice_in_one_evening(alice: ApiClient) -> None:
    note = "red scarf, knows Ana"
    one, other = [
        (await make.add(alice, "captures", make.capture(text=note, **MIXER)))["contact"]["id"] for _ in range(2)
    ]
    await make.add(alice, "captures", make.capture(text=note, event="Another evening"))
    assert await pairs(alice) == [{one, other}]


async def test_who_is_not_the_same_never_comes_back(alice: ApiClient) -> None:
    one, other, third = [await person(alice) for _ in range(3)]
    assert len(await pairs(alice)) == 3
    for asked in ((one, other), (other, one), (one, other)):
        await not_the_same(alice, *asked)
    assert await like(alice, one) == [third]
    assert await like(alice, other) == [third]
    assert sorted(map(sorted, await pairs(alice))) == sorted(map(sorted, [{one, third}, {other, third}]))
    await make.change(alice, f"contacts/{one}", {"emails": ["dana@mail.example"]})
    await make.change(alice, f"contacts/{other}", {"emails": ["dana@mail.example"]})
    assert await like(alice, one) == [third]


async def test_that_two_are_two_can_be_taken_back(alice: ApiClient) -> None:
    one, other = await person(alice), await person(alice)
    await not_the_same(alice, one, other)
    for _ in range(2):
        await not_the_same(alice, other, one, verb="DELETE")
        assert await like(alice, one) == [other]


async def test_only_two_people_who_are_there_are_two(alice: ApiClient, bob: ApiClient) -> None:
    dana, noor, theirs = await person(alice), await person(alice, name="Noor"), await person(bob)
    for verb in ("PUT", "DELETE"):
        for one, other in ((dana, theirs), (theirs, dana), (dana, make.NOBODY), (make.NOBODY, dana)):
            answer = await alice.request(verb, f"{make.API}/contacts/{one}/not-duplicates/{other}")
            check_problem(answer, NOT_FOUND)
        check_problem(await alice.request(verb, f"{make.API}/contacts/{dana}/not-duplicates/{dana}"), INVALID)
    await merge(alice, noor, dana)
    for path in (f"contacts/{noor}/duplicates",):
        check_problem(await alice.get(f"{make.API}/{path}"), GONE)
    for one, other in ((dana, noor), (noor, dana)):
        answer = await alice.put(f"{make.API}/contacts/{one}/not-duplicates/{other}")
        check_problem(answer, GONE)
        assert answer.json()["into"] == dana


async def test_people_of_somebody_else_are_nobodys_duplicates(alice: ApiClient, bob: ApiClient) -> None:
    card = {"emails": ["dana@mail.example"], "phones": ["+1 555 010 0199"], "company": "Northwind"}
    mine, theirs = await person(alice, **card), await person(bob, **card)
    assert await like(alice, mine) == []
    assert await pairs(alice) == await pairs(bob) == []
    for answer in (
        await bob.get(f"{make.API}/contacts/{mine}/duplicates"),
        await bob.put(f"{make.API}/contacts/{theirs}/not-duplicates/{mine}"),
    ):
        check_problem(answer, NOT_FOUND)


async def test_of_very_many_the_likeliest_are_told(app: FastAPI, alice: ApiClient) -> None:
    for number in range(12):
        await person(alice, name="Dana Reyes", emails=["info@northwind.example"], company=f"Company {number}")
    twin = await person(alice, name="Tom Okafor", emails=["tom@mail.example"], phones=["+1 555 010 0142"])
    other = await person(alice, name="Tom Okafor", emails=["tom@mail.example"], phones=["555 010 0142"])
    found = await pairs(alice)
    assert len(found) == 50
    assert found[0] == {twin, other}
    assert len((await make.get(alice, "duplicates?limit=200"))["items"]) == 50
    assert len((await make.get(alice, "duplicates?limit=3"))["items"]) == 3
    assert len((await make.get(alice, f"contacts/{twin}/duplicates?limit=1"))["items"]) == 1
    check_problem(await alice.get(f"{make.API}/duplicates?after=x"), INVALID)
    with recorded(app) as seen:
        await make.get(alice, "duplicates")
    assert len(seen) <= 4, "who asks, and three tables"


async def test_who_is_two_stays_two_after_a_merge(app: FastAPI, alice: ApiClient) -> None:
    dana, into, other, both = [
        await person(alice, name=name) for name in ("Dana", "Dana R.", "Dana Reyes", "Dana Reyes")
    ]
    for one, two in ((dana, other), (dana, both), (into, both), (dana, into)):
        await not_the_same(alice, one, two)
    before = await everything(app, alice)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    rows = (await everything(app, alice))["not_duplicates"]
    assert sorted(sorted((row["one_id"], row["other_id"])) for row in rows) == sorted(
        map(sorted, [(into, other), (into, both)])
    )
    assert await like(alice, into) == []
    await undo(alice, merge_id)
    assert await everything(app, alice) == before


async def test_what_was_said_since_the_merge_stays_after_undo(alice: ApiClient) -> None:
    dana, into, other, gone = [await person(alice) for _ in range(4)]
    await not_the_same(alice, dana, gone)
    merge_id = (await merge(alice, dana, into))["merge_id"]
    await not_the_same(alice, into, other)
    await make.remove(alice, f"contacts/{gone}")
    await undo(alice, merge_id)
    assert await like(alice, into) == [dana]
    assert sorted(await like(alice, dana)) == sorted([into, other])


async def test_an_archive_takes_it_along(alice: ApiClient, client: Callable[..., ApiClient]) -> None:
    one, other = await person(alice), await person(alice)
    await not_the_same(alice, other, one)
    archive = await make.get(alice, "me/export")
    (row,) = archive["rows"]["not_duplicates"]
    assert [row["one_id"], row["other_id"]] == sorted([one, other])
    for wrong in ({"other_id": make.NOBODY}, {"one_id": row["other_id"], "other_id": row["one_id"]}):
        cara = await client().sign_up(email=f"{len(wrong)}@mail.example", name="Cara", timezone=make.ZONE)
        changed = archive | {"rows": archive["rows"] | {"not_duplicates": [row | wrong]}}
        check_problem(await cara.post(f"{make.API}/me/import", json=changed), INVALID)
    assert (await cara.post(f"{make.API}/me/import", json=archive)).is_success
    assert await like(cara, one) == []
    await not_the_same(cara, one, other, verb="DELETE")
    assert await like(cara, one) == [other]
