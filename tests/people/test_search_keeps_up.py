"""Search knows what is written the moment it is, and nothing that is gone."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tests.people.searching import found, search
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock


async def test_a_changed_card_is_found_by_what_it_says_now(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact(notes="likes zebras", tags=["go"]))
    await make.change(alice, f"contacts/{person['id']}", {"notes": None, "tags": ["rust"], "name": "Dana Ruiz"})
    for typed in ("zebras", "go", "reyes"):
        assert await found(alice, typed) == [], typed
    for typed in ("rust", "ruiz"):
        assert await found(alice, typed) == ["Dana Ruiz"], typed


async def test_a_changed_meeting_is_found_by_what_it_says_now(alice: ApiClient) -> None:
    ana, bo, cy = [(await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in ("Ana", "Bo", "Cy")]
    people = [{"contact_id": ana, "talked_about": "zebras"}, {"contact_id": bo}]
    promises = [{"what": "the lantern", "contact_id": bo}]
    given = {"people": people, "talked_about": "trains", "card_note": "harbour", "promises": promises}
    met = await make.add(alice, "encounters", make.meeting(**given))
    assert sorted(await found(alice, "harbour")) == ["Ana", "Bo"]
    assert (await found(alice, "zebras"), await found(alice, "trains")) == (["Ana"], ["Bo"])
    assert await found(alice, "lantern") == ["Bo"]
    await make.change(alice, f"encounters/{met['id']}", {"promises": [{"what": "the ladder", "contact_id": ana}]})
    assert (await found(alice, "lantern"), await found(alice, "ladder")) == ([], ["Ana"])
    await make.change(alice, f"encounters/{met['id']}", {"contact_ids": [cy], "promises": []})
    assert (await found(alice, "harbour"), await found(alice, "trains")) == (["Cy"], ["Cy"])
    for typed in ("zebras", "ladder"):
        assert await found(alice, typed) == [], typed
    await make.remove(alice, f"encounters/{met['id']}")
    assert await found(alice, "harbour") == []
    assert await found(alice, "cy") == ["Cy"]


async def test_a_capture_is_found_at_once_and_after_its_undo_no_more(alice: ApiClient) -> None:
    captured = await make.add(alice, "captures", make.capture(promises=[{"what": "the lantern"}]))
    for typed in ("dana", "trunk based", "lantern"):
        (one,) = (await search(alice, typed))["items"]
        assert one["id"] == captured["contact"]["id"]
    await make.remove(alice, f"captures/{captured['id']}")
    assert (await search(alice, "dana"))["items"] == []


async def test_nobody_finds_the_people_of_somebody_else(alice: ApiClient, bob: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    await make.add(bob, "contacts", make.contact(id=person["id"], name="Somebody Else"))
    assert (await found(alice, "dana"), await found(bob, "dana")) == (["Dana Reyes"], [])
    assert await found(bob, "somebody") == ["Somebody Else"]
    await make.remove(alice, f"contacts/{person['id']}")
    assert (await found(alice, "dana"), await found(bob, "somebody")) == ([], ["Somebody Else"])
    for owner in (alice.account["id"], bob.account["id"]):
        assert await found(bob, owner) == []


async def test_twelve_changes_at_once_leave_the_last_of_each(alice: ApiClient) -> None:
    person = await make.add(alice, "contacts", make.contact())
    path = f"{make.API}/contacts/{person['id']}"
    answers = await asyncio.gather(*(alice.patch(path, json={"notes": f"note{number}"}) for number in range(12)))
    assert all(answer.is_success for answer in answers)
    stands = (await make.get(alice, f"contacts/{person['id']}"))["notes"]
    hits = [number for number in range(12) if await found(alice, f"note{number} reyes")]
    assert [f"note{number}" for number in hits] == [stands]


async def test_people_of_an_imported_archive_are_found_the_ones_changed_last_first(
    alice: ApiClient, bob: ApiClient, clock: FrozenClock
) -> None:
    for name in ("Dana", "Dara"):
        person = await make.add(alice, "contacts", make.contact(name=name))
        await make.add(alice, "encounters", make.meeting(person["id"], card_note="harbour"))
    clock.advance(timedelta(minutes=1))
    first = (await search(alice, "dana"))["items"][0]["id"]
    await make.change(alice, f"contacts/{first}", {"notes": "zebra"})
    answer = await bob.post(f"{make.API}/me/import", json=await make.get(alice, "me/export"))
    assert answer.is_success, answer.text
    assert await found(bob, "harbour") == ["Dana", "Dara"]
    assert (await search(bob, "zebra"))["items"][0]["match"] == {"field": "notes", "excerpt": "zebra"}


SHADOWS = ("search_contacts", "search_words_data", "search_words_idx", "search_words_docsize")


async def kept(app: FastAPI) -> dict[str, int]:
    """Rows of the search tables; FTS5's own say what its index holds."""

    def count(conn: Any) -> dict[str, int]:
        tables = SHADOWS if conn.dialect.name == "sqlite" else SHADOWS[:1]
        return {table: conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables}

    return await app.state.db.write(lambda conn, _me: count(conn), None)


@pytest.mark.parametrize("what", ["person", "account"])
async def test_what_is_deleted_leaves_no_word(app: FastAPI, client: Callable[..., ApiClient], what: str) -> None:
    empty = await kept(app)
    user = await client().sign_up(name="Cara", email="cara@mail.example", timezone="Europe/Lisbon")
    person = await make.add(user, "contacts", make.contact())
    await make.add(user, "encounters", make.meeting(person["id"], card_note="harbour"))
    assert await kept(app) != empty
    await make.remove(user, f"contacts/{person['id']}" if what == "person" else "me")
    assert await kept(app) == empty
