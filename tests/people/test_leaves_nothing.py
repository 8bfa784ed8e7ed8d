"""A person who is deleted is in no table any more: not in search, stored answers, merges or anything else."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, inspect, text

from tests.people.merges import complete, merge
from tests.support import factories as make
from tests.support.clients import ApiClient

# Ids of deleted rows stay, so that an offline phone never brings them back; they say nothing of anyone.
TOMBSTONES = "tombstones"
SECRET = "Quillfeather"


async def traces(app: FastAPI, *words: str) -> list[str]:
    """Every table and column of the database, FTS5's own included, with one of the words in it."""

    def op(conn: Connection, _me: None) -> list[str]:
        names = inspect(conn).get_table_names()
        if conn.dialect.name == "sqlite":
            names = conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        found: list[str] = []
        for name in names:
            if name != TOMBSTONES:
                for row in conn.execute(text(f'SELECT * FROM "{name}"')).mappings():
                    found += [f"{name}.{key}" for key, value in row.items() if any(mentions(value, w) for w in words)]
        return found

    return await app.state.db.write(op, None)


def mentions(value: Any, word: str) -> bool:
    """In a text, or in the bytes of a stored answer or of FTS5's index, which begins a word where it differs."""
    if isinstance(value, bytes):
        return word.lower().encode() in value.lower() or word.lower()[1:].encode() in value.lower()
    return word.lower() in str(value).lower()


async def live(user: ApiClient) -> tuple[str, list[str]]:
    """Somebody who is spoken of wherever one can be, and the ids of what is theirs alone."""

    keys = itertools.count()

    async def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
        key = {"Idempotency-Key": f"key-{next(keys)}"}
        answer = await user.post(f"{make.API}/{path}", json=body, headers=key)
        assert answer.is_success, answer.text
        return answer.json()

    text = f"{SECRET} of {SECRET}"
    card: dict[str, Any] = dict.fromkeys(("name", "descriptor", "company", "title", "notes", "how_met"), text)
    card |= {"tags": [SECRET], "emails": [f"{SECRET}@mail.example"], "phones": [SECRET], "postal_address": text}
    dana = (await post("contacts", card))["id"]
    twin = (await post("captures", make.capture(text=text, name=text)))["contact"]["id"]
    await merge(user, twin, dana)
    other = (await post("contacts", make.contact(name="Somebody else")))["id"]
    assert (await user.put(f"{make.API}/contacts/{other}/not-duplicates/{dana}")).is_success
    said: dict[str, Any] = {"card_note": text, "talked_about": text, "event": SECRET, "position": SECRET}
    met = await post("encounters", make.interview(dana, **said, promises=[{"what": text, "why": text}]))
    await complete(user, met["tasks"][0]["id"])
    task = await post("tasks", make.task(dana, title=text))
    await post(f"tasks/{task['id']}/complete", {"note": text, "outcome": text})
    touch = await post(f"contacts/{dana}/touches", make.touch(note=text, needs_answer=True))
    planned = [one["id"] for one in met["tasks"]]
    return dana, [dana, twin, met["id"], task["id"], touch["id"], touch["reply"]["id"], *planned]


@pytest.mark.parametrize("what", ["person", "account"])
async def test_what_is_deleted_is_nowhere(app: FastAPI, client: Callable[..., ApiClient], what: str) -> None:
    user = await client().sign_up(name="Cara", email="cara@mail.example", timezone="Europe/Lisbon")
    dana, ids = await live(user)
    tables = {trace.partition(".")[0] for trace in await traces(app, SECRET)}
    assert tables >= {"contacts", "contact_tags", "encounters", "promises", "tasks", "touches", "merges"}
    assert tables >= {"idempotency_keys", "search_contacts"}
    await make.remove(user, f"contacts/{dana}" if what == "person" else "me")
    assert await traces(app, SECRET, *ids) == []
    if what == "account":
        assert await traces(app, user.account["id"], "cara@mail.example") == []


async def test_with_others_there_they_stay_and_nobody_else_goes(app: FastAPI, alice: ApiClient) -> None:
    dana, ids = await live(alice)
    noor = await make.add(alice, "contacts", make.contact(name="Noor Nilsen"))
    met = await make.add(alice, "encounters", make.meeting(dana, noor["id"], card_note="Both at the harbour."))
    await make.remove(alice, f"contacts/{dana}")
    assert await traces(app, SECRET, *ids) == []
    assert (await make.get(alice, f"encounters/{met['id']}"))["contact_ids"] == [noor["id"]]
    assert [one["id"] for one in (await make.get(alice, "contacts?q=harbour"))["items"]] == [noor["id"]]
