"""One user's account of any size: a thousand tasks made through the API, copied under new ids as often as asked.

Words kept for search are copied with the people they belong to, as searching them asks for.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Connection, case, func, insert, literal, select

from app.core.migrate import upgrade
from app.main import create_app
from app.models import METADATA
from tests.bench import seed
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock

PEOPLE, TASKS_EACH = 100, 10
# Every group of the upcoming page gets a sixth of the tasks, whatever the hour: this clock stands still.
DUE = ({"days": 1}, {"hours": 1}, {"days": -2}, {"days": 1}, {"days": 3}, {"days": 30})
# Somebody's name, and nobody else's.
RARE = "Zephyrine"
ACTIONS = ("reply", *(["custom"] * 5))


@dataclass(frozen=True, slots=True)
class Account:
    """A user over the database at `url`: a token that may write, and some of the people and meetings."""

    url: str
    token: str
    contacts: list[str]
    encounters: list[str]
    people: int
    tasks: int


@asynccontextmanager
async def running(url: str, folder: Path) -> AsyncIterator[FastAPI]:
    """The application in this process; its clock stands still."""
    app = create_app(seed.settings_for(url, folder), clock=FrozenClock())
    async with app.router.lifespan_context(app):
        yield app


async def fill(url: str, folder: Path, *, times: int = 1) -> Account:
    """A user with `times` hundred people and `times` thousand open tasks."""
    upgrade(url)
    async with running(url, folder) as app:
        client = await ApiClient(app).sign_up(**seed.FIRST)
        token = (await make.token(client, "write"))["Authorization"].removeprefix("Bearer ")
        made = [await _person(client, number) for number in range(PEOPLE)]
        await client.aclose()
    with seed.bulk(url) as conn:
        _multiply(conn, client.account["id"], made[0][0], times)
        COPY_WORDS[conn.dialect.name](conn, client.account["id"], made[0][0], times)
    async with running(url, folder) as app:
        client = ApiClient(app, headers={"Authorization": f"Bearer {token}"})
        await make.add(client, "contacts", make.contact(name=f"{RARE} Adair"))
        await client.aclose()
    return Account(
        url,
        token,
        [contact for contact, _ in made],
        [encounter for _, encounter in made],
        times * PEOPLE,
        times * PEOPLE * TASKS_EACH,
    )


async def _person(client: ApiClient, number: int) -> tuple[str, str]:
    person = (await make.add(client, "contacts", seed.contact(number)))["id"]
    met = make.meeting(person, follow_up="none", event="PyData mixer", talked_about="Trunk-based development")
    encounter = (await make.add(client, "encounters", met))["id"]
    for each in range(TASKS_EACH):
        group = (number * TASKS_EACH + each) % len(DUE)
        due_at = make.moment(minutes=number, **DUE[group])
        task = make.task(person, encounter_id=encounter, action=ACTIONS[group], due_at=due_at)
        await make.add(client, "tasks", task)
    return person, encounter


def _multiply(conn: Connection, owner_id: str, one_id: str, times: int) -> None:
    """Ids made while the clock stands still begin alike, which tells them from the copies."""
    for table in METADATA.sorted_tables:
        if "owner_id" in table.c and table.name not in (*seed.DIRECTORY, "profiles"):
            for number in range(1, times):
                _copy(conn, table, owner_id, one_id[:8], f"{number:08x}")


def _copy(conn: Connection, table: Any, owner_id: str, original: str, prefix: str) -> None:
    """The rows made through the API once more, each id and each reference with another beginning."""
    ids = [column.name for column in table.c if column.name == "id" or column.name.endswith("_id")]
    ids.remove("owner_id")
    if not ids:
        return
    values = [_renamed(column, prefix) if column.name in ids else column for column in table.c]
    made_here = table.c["id" if "id" in ids else ids[0]]
    rows = select(*values).where(table.c.owner_id == owner_id, made_here >= original, made_here < f"{original}g")
    conn.execute(insert(table).from_select([column.name for column in table.c], rows))


def _copy_words_on_sqlite(conn: Connection, owner_id: str, original: str, times: int) -> None:
    rows = "SELECT owner_id, ? || substr(contact_id, 9), head, body FROM search_contacts"
    for number in range(1, times):
        conn.exec_driver_sql(
            f"INSERT INTO search_contacts (owner_id, contact_id, head, body) {rows}"
            " WHERE owner_id = ? AND contact_id >= ? AND contact_id < ?",
            (f"{number:08x}", owner_id, original[:8], f"{original[:8]}g"),
        )
    conn.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('rebuild')")


def _copy_words_on_postgresql(conn: Connection, owner_id: str, original: str, times: int) -> None:
    conn.exec_driver_sql(
        "INSERT INTO search_contacts (owner_id, contact_id, words)"
        " SELECT owner_id, lpad(to_hex(number), 8, '0') || substr(contact_id, 9), words"
        " FROM search_contacts, generate_series(1, %s) AS number"
        " WHERE owner_id = %s AND contact_id >= %s AND contact_id < %s",
        (times - 1, owner_id, original[:8], f"{original[:8]}g"),
    )


COPY_WORDS = {"sqlite": _copy_words_on_sqlite, "postgresql": _copy_words_on_postgresql}


def _renamed(column: Any, prefix: str) -> Any:
    return case((column == "", ""), else_=literal(prefix) + func.substr(column, 9))
