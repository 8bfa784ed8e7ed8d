"""A database as it is after a while: many users, each with people, a meeting with each of them, and tasks.

The first user's rows are made through the API. The other users are given copies of them, which the key
`(owner_id, id)` allows: the same ids under another owner are other rows.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Connection, create_engine, insert, literal, select

from app.core.clock import SystemClock
from app.core.config import Settings
from app.core.ids import new_id
from app.core.migrate import migration_url, upgrade
from app.core.security import digest
from app.main import create_app
from app.models import METADATA
from tests.support import factories as make
from tests.support.clients import ApiClient

FIRST = {"name": "Owner One", "email": "owner1@mail.example", "timezone": make.ZONE}
STILL_OPEN = 20
PLANNED_BY_HAND = 40
DIRECTORY = ("accounts", "sessions", "tokens")
CITIES = ("Lisbon", "Porto", "Braga", "Faro", "Evora")


@dataclass(frozen=True, slots=True)
class Size:
    users: int
    contacts: int


FULL, QUICK = Size(200, 500), Size(10, 100)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What requests need to know: each user's token, and the people and meetings that everybody has."""

    tokens: list[str]
    contacts: list[str]
    encounters: list[str]


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(data_dir=folder, database_url=url, signup="open", password_hash_cost="test")


@asynccontextmanager
async def running(url: str, folder: Path) -> AsyncIterator[FastAPI]:
    """The application in this process, over a migrated database."""
    app = create_app(settings_for(url, folder))
    async with app.router.lifespan_context(app):
        yield app


async def fill(url: str, folder: Path, size: Size) -> Seeded:
    """Migrate the database at `url` and fill it."""
    upgrade(url)
    now = SystemClock().now().replace(microsecond=0)
    async with running(url, folder) as app:
        client = await ApiClient(app).sign_up(**FIRST)
        contacts, encounters = await _people(client, now, size.contacts)
        await client.aclose()
    with bulk(url) as conn:
        owner_id = client.account["id"]
        tokens = [_token(conn, owner_id, 1, now)]
        tokens += [_copy(conn, owner_id, number, now) for number in range(2, size.users + 1)]
    return Seeded(tokens, contacts, encounters)


@contextmanager
def bulk(url: str) -> Iterator[Connection]:
    """One transaction for many rows; after it the planner knows them, and the file alone holds them.

    On PostgreSQL they are vacuumed, which its own daemon does after so many.
    """
    engine = create_engine(migration_url(url))
    with engine.begin() as conn:
        yield conn
    with engine.connect() as conn:
        on_sqlite = conn.dialect.name == "sqlite"
        alone = conn.execution_options(isolation_level="AUTOCOMMIT")
        alone.exec_driver_sql("ANALYZE" if on_sqlite else "VACUUM (ANALYZE)")
    engine.dispose()


async def _people(client: ApiClient, now: datetime, count: int) -> tuple[list[str], list[str]]:
    """Each person was met once at a mixer, the later the newer: three planned tasks, and one made by hand."""
    contacts: list[str] = []
    encounters: list[str] = []
    done: list[str] = []
    for number in range(count):
        person = await make.add(client, "contacts", contact(number))
        met = await make.add(client, "encounters", meeting(person["id"], now - timedelta(hours=12 * (count - number))))
        due = now + timedelta(hours=7 * number)
        task = await make.add(client, "tasks", make.task(person["id"], action="custom", due_at=make.instant(due)))
        contacts.append(person["id"])
        encounters.append(met["id"])
        done += [] if number >= count - STILL_OPEN else [planned["id"] for planned in met["tasks"]]
        done += [] if number < PLANNED_BY_HAND else [task["id"]]
    for start in range(0, len(done), 100):
        await client.post(f"{make.API}/tasks/batch", json={"ids": done[start : start + 100], "do": "complete"})
    return contacts, encounters


def contact(number: int) -> dict[str, Any]:
    return make.contact(
        name=f"Person {number:04} Reyes",
        company=f"Northwind {number % 40}",
        emails=[f"person{number}@mail.example"],
        tags=["mixer"] if number % 3 else [],
        notes="Met at the mixer; knows the platform team and likes trunk-based development.",
    )


def meeting(contact_id: str, at: datetime, **given: Any) -> dict[str, Any]:
    """A mixer with one promise: a note by hand, what was promised, and an invitation to connect."""
    said = {
        "event": f"Mixer of {at:%Y-%m-%d}",
        "place": CITIES[at.day % len(CITIES)],
        "talked_about": "Trunk-based development and how long reviews take",
        "promises": [{"what": "the trunk-based article"}],
    }
    return make.meeting(contact_id, occurred_at=make.instant(at), **said, **given)


def _copy(conn: Connection, source: str, number: int, now: datetime) -> str:
    """Give a new user every row of `source`, and answer their token."""
    owner_id, email = new_id(now), f"owner{number}@mail.example"
    account = {"id": owner_id, "email": email, "email_folded": email, "password_hash": "-", "created_at": now}
    conn.execute(insert(METADATA.tables["accounts"]), account)
    for table in METADATA.sorted_tables:
        if "owner_id" in table.c and table.name not in DIRECTORY:
            _copy_rows(conn, table, source, owner_id)
    return _token(conn, owner_id, number, now)


def _token(conn: Connection, owner_id: str, number: int, now: datetime) -> str:
    """A token that may write, in use already and good for the years to come."""
    secret = f"sundown_bench_{number}"
    row = {
        "secret_digest": digest(secret),
        "id": new_id(now),
        "owner_id": owner_id,
        "name": "bench",
        "scope": "write",
        "created_at": now,
        "last_used_at": now + timedelta(days=1),
    }
    conn.execute(insert(METADATA.tables["tokens"]), row)
    return secret


def _copy_rows(conn: Connection, table: Any, source: str, owner_id: str) -> None:
    columns = [column for column in table.c if column.name != "owner_id"]
    rows = select(literal(owner_id), *columns).where(table.c.owner_id == source)
    conn.execute(insert(table).from_select(["owner_id", *(column.name for column in columns)], rows))
