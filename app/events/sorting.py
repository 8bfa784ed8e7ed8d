"""The sort pass: by hand, one short message, or not this one, for many people at once (product.md, section 1)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.accounts import service as account_service
from app.accounts.me import Me
from app.contacts import service as contact_service
from app.core.prepared import Prepared
from app.core.problems import FieldError, Invalid
from app.encounters import queries, service
from app.encounters.models import ENCOUNTERS, PEOPLE
from app.tasks.models import SHOWN, TASKS

DECIDE = update(PEOPLE).where(
    PEOPLE.c.owner_id == bindparam("b_owner_id"),
    PEOPLE.c.encounter_id == bindparam("b_encounter_id"),
    PEOPLE.c.contact_id == bindparam("b_contact_id"),
)
MARK = update(ENCOUNTERS).where(ENCOUNTERS.c.owner_id == bindparam("b_owner_id"), ENCOUNTERS.c.id == bindparam("b_id"))
TASKS_OF = Prepared(
    select(*(column for column in SHOWN if column.name != "version"))
    .where(
        TASKS.c.owner_id == bindparam("owner_id"),
        TASKS.c.encounter_id.in_(bindparam("ids", expanding=True)),
        TASKS.c.status != "cancelled",
    )
    .order_by(TASKS.c.act_at, TASKS.c.id)
)
DECIDED = ("follow_up", "no_follow_up_because")


def sort(conn: Connection, me: Me, items: list[dict[str, Any]], *, now: datetime) -> dict[str, Any]:
    """Set what each person of a meeting shall get, and plan those meetings again; sorting twice changes nothing.

    Someone merged meanwhile is whom they were merged into. People and meetings that are no longer there are passed
    over and listed in `gone`, so that what a phone kept for later is not lost for one card deleted elsewhere. Raises
    Invalid for an encounter there never was.
    """
    whose = contact_service.meant(conn, me, {item["contact_id"] for item in items})
    items = [item | {"contact_id": whose.get(item["contact_id"], item["contact_id"])} for item in items]
    found = queries.find_all(conn, me, list(dict.fromkeys(item["encounter_id"] for item in items)))
    _refuse_unknown(conn, me, items, found)
    sorted_: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    changed: dict[str, dict[str, Any]] = {}
    for item in items:
        person = _person(found.get(item["encounter_id"]), item["contact_id"])
        if person is None:
            gone.append({name: item[name] for name in ("encounter_id", "contact_id")})
            continue
        sorted_.append(item)
        if any(person[name] != item[name] for name in DECIDED):
            person |= {name: item[name] for name in DECIDED}
            changed[item["encounter_id"]] = found[item["encounter_id"]]
            _decide(conn, me, item)
    for encounter_id, encounter in changed.items():
        values = {"updated_at": now, "version": encounter["version"] + 1}
        conn.execute(MARK.values(values), {"b_owner_id": me.owner_id, "b_id": encounter_id})
        service.plan_again(conn, me, encounter, now=now)
    return {"items": _with_tasks(conn, me, sorted_), "gone": gone}


def _person(encounter: Mapping[str, Any] | None, contact_id: str) -> dict[str, Any] | None:
    people: Iterable[dict[str, Any]] = encounter["people"] if encounter else ()
    return next((person for person in people if person["contact_id"] == contact_id), None)


def _refuse_unknown(conn: Connection, me: Me, items: list[dict[str, Any]], found: Mapping[str, Any]) -> None:
    unknown = {item["encounter_id"] for item in items} - found.keys()
    unknown -= account_service.buried(conn, me, unknown)
    errors = [
        FieldError(f"#/items/{index}/encounter_id", "There is no such encounter in this account.")
        for index, item in enumerate(items)
        if item["encounter_id"] in unknown
    ]
    if errors:
        raise Invalid(errors=errors)


def _decide(conn: Connection, me: Me, item: Mapping[str, Any]) -> None:
    where = {f"b_{name}": item[name] for name in ("encounter_id", "contact_id")} | {"b_owner_id": me.owner_id}
    conn.execute(DECIDE.values({name: item[name] for name in DECIDED}), where)


def _with_tasks(conn: Connection, me: Me, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = list({item["encounter_id"] for item in items})
    tasks: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in TASKS_OF.all(conn, {"owner_id": me.owner_id, "ids": ids}) if ids else ():
        tasks.setdefault((row["encounter_id"], row["contact_id"]), []).append(row)
    return [item | {"tasks": tasks.get((item["encounter_id"], item["contact_id"]), [])} for item in items]
