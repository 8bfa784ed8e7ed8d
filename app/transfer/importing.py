"""`POST /me/import`: an archive becomes the content of an account that has none yet, in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.me import Me
from app.accounts.models import PROFILES
from app.contacts import service as contact_service
from app.contacts.models import CONTACTS, TAGS
from app.core.problems import Conflict, Invalid
from app.encounters import searchable
from app.encounters import service as encounter_service
from app.encounters.models import ENCOUNTERS
from app.tasks.models import TASKS
from app.transfer.archive import layout
from app.transfer.reading import Content

AT_ONCE = 50
COMPUTED: Mapping[str, Callable[[dict[str, Any], Mapping[str, Any]], dict[str, Any]]] = {
    "contacts": lambda row, _: {"sort_name": contact_service.sort_name(row)},
    "encounters": lambda row, account: encounter_service.found_by(row, account["day_boundary"]),
    "tasks": lambda row, _: {"act_at": row["snoozed_until"] or row["due_at"]},
}
IS_MINE = PROFILES.c.owner_id == bindparam("b_owner_id")


class AccountInUse(Conflict):
    slug, title = "account-in-use", "The account is in use"
    text = "An archive is imported into an account that has no people, encounters or tasks yet. Nothing was changed."


def apply(conn: Connection, me: Me, content: Content, *, now: datetime) -> dict[str, Any]:
    """Store a checked archive under this account; answers how many rows of each kind came in.

    The settings become those of the archive; name and password to sign in with, sessions and tokens stay. Raises
    AccountInUse, and Invalid where the database finds a contradiction that was not looked for.
    """
    del now
    for table in (CONTACTS, ENCOUNTERS, TASKS):
        if conn.execute(select(table.c.id).where(table.c.owner_id == me.owner_id).limit(1)).first() is not None:
            raise AccountInUse
    sections = layout().rows
    for section in reversed(sections):
        conn.execute(delete(section.table).where(section.table.c.owner_id == me.owner_id))
    for section in sections:
        computed = COMPUTED.get(section.name, lambda _row, _account: {})
        rows = ({**row, **computed(row, content.account)} for row in content.rows.get(section.name, []))
        try:
            _store(conn, me, section.table, rows)
        except IntegrityError:
            raise Invalid.at(f"#/rows/{section.name}", "These rows contradict each other.") from None
    _store(conn, me, TAGS, contact_service.tag_rows(content.rows.get("contacts", [])))
    _settings(conn, me, content)
    _index(conn, me, content)
    return {"imported": {section.name: len(content.rows.get(section.name, [])) for section in sections}}


def _store(conn: Connection, me: Me, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append({"owner_id": me.owner_id, **row})
        if len(batch) == AT_ONCE:
            conn.execute(insert(table), batch)
            batch = []
    if batch:
        conn.execute(insert(table), batch)


def _index(conn: Connection, me: Me, content: Content) -> None:
    """Whoever was written about last is indexed last, since a search shows them first."""
    written = {person["id"]: person["updated_at"] for person in content.rows.get("contacts", [])}
    meetings = {meeting["id"]: meeting["updated_at"] for meeting in content.rows.get("encounters", [])}
    for row in content.rows.get("encounter_people", []):
        written[row["contact_id"]] = max(written[row["contact_id"]], meetings[row["encounter_id"]])
    people = sorted(written, key=lambda contact_id: (written[contact_id], contact_id))
    for first in range(0, len(people), AT_ONCE):
        searchable.reindex(conn, me, people[first : first + AT_ONCE])


def _settings(conn: Connection, me: Me, content: Content) -> None:
    values = {name: value for name, value in content.account.items() if name != "email"}
    statement = update(PROFILES).where(IS_MINE).values(version=PROFILES.c.version + 1, **values)
    conn.execute(statement, {"b_owner_id": me.owner_id})
