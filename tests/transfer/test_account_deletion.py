"""DELETE /me leaves nothing: every column of every table is searched for what the account said and was called."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from app.core.security import digest
from tests.support import factories as make
from tests.support.clients import ALICE, PASSWORD, ApiClient
from tests.support.places import Place, Rows
from tests.transfer.lives import lived

OF_THE_SCHEMA = {"alembic_version", "search_words_config"}
NEW_ADDRESS = "alice.almeida@elsewhere.example"


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)


def cells(rows: Rows) -> Iterator[tuple[str, str]]:
    """Each table's name with each value in it as text, what is in bytes too."""
    for table, every in rows.items():
        for row in every:
            for value in filter(None, row):
                yield table, value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def found(words: set[str], rows: Rows) -> dict[str, set[str]]:
    """Which of the words stand where, whatever their case."""
    wanted = re.compile("|".join(re.escape(word.casefold()) for word in sorted(words, key=len, reverse=True)))
    where: dict[str, set[str]] = {}
    for table, text in cells(rows):
        hits = set(wanted.findall(text.casefold()))
        if hits:
            where.setdefault(table, set()).update(hits)
    return where


async def said_by(user: ApiClient) -> set[str]:
    """Ids, names, addresses and every word of four letters in the account's archive."""
    archive = await make.get(user, "me/export")
    words = {word for text in texts_in(archive) for word in re.findall(r"[\w@.-]{4,}", text)}
    return {word.strip(".-") for word in words} | {"張"}


async def busy(user: ApiClient, api: ApiClient, email: str) -> None:
    """A life, and everything that leaves a trace beside it: tokens, keys, failed sign-ins, another address."""
    await lived(user)
    await make.token(user, "write")
    await user.post(f"{make.API}/captures", json=make.capture(), headers={"Idempotency-Key": f"key-of-{email}"})
    for address in (email, email.upper()):
        await api.post(f"{make.API}/session", json={"email": address, "password": "wrong"})
    await user.put(f"{make.API}/me/password", json={"current": "wrong", "new": PASSWORD})


async def test_nothing_of_a_deleted_account_is_left_in_any_table(
    client: Callable[..., ApiClient], api: ApiClient, alice: ApiClient, here: Place
) -> None:
    await busy(alice, api, ALICE["email"])
    await make.change(alice, "me", {"email": NEW_ADDRESS})
    await api.post(f"{make.API}/session", json={"email": NEW_ADDRESS, "password": "wrong"})
    words = await said_by(alice)
    digests = {digest(f"email {address}") for address in (NEW_ADDRESS, alice.account["id"])}
    before = here.rows()
    assert {"accounts", "contacts", "tasks", "touches", "idempotency_keys"} <= found(words, before).keys()
    assert {"sign_in_failures"} == found(digests, before).keys(), "what is searched for can be found"

    bob = await client().sign_up(email="bob@mail.example", name="Q", timezone="UTC")
    told_of_bob = here.rows()
    answer = await alice.delete(f"{make.API}/me")
    assert answer.status_code == httpx.codes.NO_CONTENT

    after = here.rows()
    kept = " ".join(texts_in(await make.get(bob, "me/export"))).casefold()
    gone = {word for word in words if word.casefold() not in kept} | digests
    assert found(gone, {table: every for table, every in after.items() if table not in OF_THE_SCHEMA}) == {}
    assert after["accounts"] == [row for row in told_of_bob["accounts"] if row[0] == bob.account["id"]]
    assert all(not every for table, every in after.items() if table in OWNED - {"profiles", "sessions"})


OWNED = {
    *("profiles", "sessions", "tokens", "idempotency_keys", "tombstones", "contacts", "contact_tags", "encounters"),
    *("encounter_people", "promises", "tasks", "touches", "playbooks", "not_duplicates", "pictures"),
}


async def test_somebody_elses_rows_stay_to_the_last(alice: ApiClient, bob: ApiClient, here: Place) -> None:
    await lived(alice)
    await lived(bob)
    before = here.rows()
    bobs = bob.account["id"]
    await alice.delete(f"{make.API}/me")
    after = here.rows()
    for table, every in before.items():
        if any(bobs in map(str, row) for row in every):
            assert [row for row in every if bobs in map(str, row)] == after[table], table


async def test_who_was_deleted_is_signed_out_everywhere_and_may_come_back(
    client: Callable[..., ApiClient], api: ApiClient, alice: ApiClient
) -> None:
    reader = client(headers=await make.token(alice, "read"))
    await alice.delete(f"{make.API}/me")
    for user in (alice, reader):
        assert (await user.get(f"{make.API}/me")).status_code == httpx.codes.UNAUTHORIZED
    sign_in = {"email": ALICE["email"], "password": PASSWORD}
    assert (await api.post(f"{make.API}/session", json=sign_in)).status_code == httpx.codes.UNAUTHORIZED
    again = await client().sign_up(**ALICE)
    assert (await make.get(again, "contacts"))["items"] == []
