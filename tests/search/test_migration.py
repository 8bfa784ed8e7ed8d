"""A database from before there was search: its people are found after the upgrade as if it had always been there."""

from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from sqlalchemy import text

from app.core.migrate import ROOT, upgrade
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.postgres import Administrator

BEFORE = "20261125_load"


async def kept(app: FastAPI) -> list[Any]:
    """The words kept of each person, whatever their order."""

    def rows(conn: Any) -> list[Any]:
        columns = "head, body" if conn.dialect.name == "sqlite" else "CAST(words AS text)"
        found = conn.execute(text(f"SELECT owner_id, contact_id, {columns} FROM search_contacts ORDER BY 1, 2"))
        return [tuple(" ".join(sorted(value.split())) for value in row) for row in found]

    return await app.state.db.read(rows)


def migrate(url: str, to: str) -> None:
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["database_url"] = url
    command.downgrade(config, to)


async def test_people_from_before_are_indexed_by_the_upgrade(
    app: FastAPI, alice: ApiClient, bob: ApiClient, database_url: str
) -> None:
    card: dict[str, Any] = {
        "salutation": "Dr.",
        "company": "Zebra",
        "title": "VP",
        "notes": "likes Go",
        "how_met": "sea",
    }
    card |= {"emails": ["d@mail.example"], "phones": ["+1 (555) 010-0199"], "tags": ["go"], "about_company": "maps"}
    dana = await make.add(alice, "contacts", make.contact(**card, descriptor="red scarf", how_i_can_help="letters"))
    ana = await make.add(alice, "contacts", make.contact(name="Ana"))
    people = [{"contact_id": dana["id"], "talked_about": "trains"}, {"contact_id": ana["id"], "talked_about": ""}]
    promises = [{"what": "the lantern", "why": "a riddle", "url": "https://lantern.example", "contact_id": ana["id"]}]
    said = {"talked_about": "ships", "card_note": "harbour", "event": "mixer", "promises": promises}
    await make.add(alice, "encounters", make.interview(people=people, **said))
    await make.add(bob, "captures", make.capture())
    before = await kept(app)
    assert len(before) == 3
    migrate(database_url, BEFORE)
    upgrade(database_url)
    assert await kept(app) == before
    for typed in ("dana letters", "zebra", "15550100199", "trains", "harbour"):
        (one,) = [
            found for found in (await make.get(alice, f"contacts?q={typed}"))["items"] if found["id"] != ana["id"]
        ]
        assert one["id"] == dana["id"]
    assert [one["id"] for one in (await make.get(alice, "contacts?q=ships"))["items"]] == [ana["id"]]
    assert (await make.get(bob, "contacts?q=trunk"))["items"][0]["match"]["field"] == "card_note"


@pytest.mark.database("postgresql")
async def test_a_role_that_may_add_no_extension_gets_an_index_without_the_owner(postgres: Administrator) -> None:
    url = postgres.create("plain")
    try:
        with postgres.connected("plain") as conn:
            conn.execute("CREATE ROLE plain LOGIN")
            conn.execute("GRANT CREATE ON SCHEMA public TO plain")
        upgrade(url.replace("postgres@", "plain@"))
        with postgres.connected("plain") as conn:
            index = conn.execute(
                "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_search_contacts_words'"
            ).fetchone()
        assert index == (
            "CREATE INDEX ix_search_contacts_words ON public.search_contacts USING gin (words) WITH (fastupdate=off)",
        )
    finally:
        postgres.drop("plain")
