"""Two entries for one person, with a life each, and everything an account holds to compare before and after."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import Connection, select

from app.models import METADATA
from tests.support import factories as make
from tests.support.clients import ApiClient

# Of no person: who may come in, and ids that are gone for good.
ASIDE = {"idempotency_keys", "tombstones"}
STAMPS = {"updated_at", "version"}


async def merge(client: ApiClient, contact_id: str, into: str) -> dict[str, Any]:
    answer = await client.post(f"{make.API}/contacts/{contact_id}/merge", json={"into": into})
    assert answer.is_success, answer.text
    return answer.json()


async def undo(client: ApiClient, merge_id: str) -> dict[str, Any]:
    answer = await client.post(f"{make.API}/merges/{merge_id}/undo")
    assert answer.is_success, answer.text
    return answer.json()


async def complete(client: ApiClient, task_id: str) -> None:
    answer = await client.post(f"{make.API}/tasks/{task_id}/complete")
    assert answer.is_success, answer.text


async def everything(app: FastAPI, client: ApiClient) -> dict[str, list[dict[str, Any]]]:
    """Every row of the account, less what changes with any write."""

    def op(conn: Connection) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for table in METADATA.sorted_tables:
            if "owner_id" not in table.c or table.name in ASIDE:
                continue
            rows = conn.execute(select(table).where(table.c.owner_id == client.account["id"])).mappings()
            shown = [{name: value for name, value in row.items() if name not in STAMPS} for row in rows]
            found[table.name] = sorted(shown, key=str)
        return found

    return await app.state.db.read(op)


async def two_of_one(client: ApiClient) -> tuple[str, str]:
    """A captured Dana, who was written to, and the Dana of an interview, each with tasks done and open."""
    captured = await make.add(
        client, "captures", make.capture(event="PyData mixer", promises=[{"what": "the lantern"}])
    )
    dana = captured["contact"]["id"]
    await complete(client, captured["tasks"][0]["id"])
    await make.add(client, f"contacts/{dana}/touches", make.touch(needs_answer=True, note="When can you start?"))
    await make.change(
        client, f"contacts/{dana}", {"emails": ["dana@mail.example"], "notes": "Likes Go.", "tags": ["go"]}
    )
    card = make.contact(company="Northwind", notes="VP.", tags=["vp"], phones=["+1 555 010 0199"], tier="B")
    into = (await make.add(client, "contacts", card))["id"]
    met = await make.add(client, "encounters", make.interview(into, promises=[{"what": "the ladder"}]))
    await complete(client, met["tasks"][-1]["id"])
    await make.add(client, "tasks", make.task(into))
    return dana, into
