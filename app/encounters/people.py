"""Who is in a meeting: the people a body names, as who they are now."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.accounts.me import Me
from app.contacts import service as contact_service
from app.core.problems import FieldError
from app.core.schemas import NOTE

SAID = ("role", "talked_about", "benefit")


def followed(conn: Connection, me: Me, data: dict[str, Any]) -> tuple[dict[str, Any], list[FieldError]]:
    """A body in which whoever was merged since it was written is whom they were merged into, each once.

    So nothing that a phone kept for later is lost. Beside it, what is wrong with it: people who are not there.
    """
    listed = [person["contact_id"] for person in data.get("people") or ()] or data.get("contact_ids") or []
    promised = [promise["contact_id"] for promise in data.get("promises") or () if promise["contact_id"]]
    now = contact_service.meant(conn, me, {*listed, *promised})
    pointer = "#/people/{}/contact_id" if data.get("people") else "#/contact_ids/{}"
    errors = [
        FieldError(pointer.format(index), "There is no such person in this account.")
        for index, contact_id in enumerate(listed)
        if contact_id not in now
    ]
    changed: dict[str, Any] = {}
    if data.get("contact_ids"):
        changed["contact_ids"] = list(dict.fromkeys(now.get(contact_id, contact_id) for contact_id in listed))
    if data.get("people"):
        changed["people"] = _each_once(_renamed(person, now) for person in data["people"])
    if promised:
        changed["promises"] = [_renamed(promise, now) for promise in data["promises"]]
    return data | changed, errors


def _renamed(said: dict[str, Any], now: Mapping[str, str]) -> dict[str, Any]:
    return said | {"contact_id": now.get(said["contact_id"], said["contact_id"])}


def _each_once(people: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    each: dict[str, dict[str, Any]] = {}
    for person in people:
        before = each.get(person["contact_id"])
        each[person["contact_id"]] = before | told_both(before, person) if before else person
    return list(each.values())


def told_both(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of one who stood in a meeting twice."""
    return {name: _told(mine.get(name), theirs.get(name), name) for name in SAID}


def _told(mine: str | None, theirs: str | None, name: str) -> str | None:
    if not mine or not theirs or name == "role" or theirs in mine or len(mine) + len(theirs) + 2 > NOTE:
        return mine or theirs
    return f"{mine}; {theirs}"
