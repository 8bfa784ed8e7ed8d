"""Meetings: stored, edited, planned and planned again."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.accounts import service as account_service
from app.accounts.me import Me
from app.core import idempotency
from app.core.answers import check_match
from app.core.folding import fold
from app.core.ids import new_id
from app.core.prepared import Prepared
from app.core.problems import FieldError, Invalid, NotFound
from app.encounters import queries, searchable
from app.encounters.models import ENCOUNTERS, PEOPLE, PROMISES
from app.encounters.occasion import gather
from app.encounters.people import followed
from app.followups import playbooks
from app.followups import service as followup_service
from app.followups.service import User
from app.scheduling.almanac import day_of
from app.scheduling.playbook import Playbook
from app.tasks import queries as task_queries

COLUMNS = frozenset(column.name for column in ENCOUNTERS.c)
ADD, ADD_PERSON, ADD_PROMISE = (Prepared(insert(table)) for table in (ENCOUNTERS, PEOPLE, PROMISES))
PROMISED_ELSEWHERE = Prepared(
    select(PROMISES.c.id).where(
        PROMISES.c.owner_id == bindparam("owner_id"),
        PROMISES.c.id.in_(bindparam("ids", expanding=True)),
        PROMISES.c.encounter_id != bindparam("encounter_id"),
    )
)
UNTOLD = {"follow_up": "full", "gaps": [], "requested": []}


def get(conn: Connection, me: Me, encounter_id: str) -> dict[str, Any]:
    """One encounter with its people, promises and tasks. Raises NotFound."""
    encounter = _find(conn, me, encounter_id)
    return encounter | {"tasks": task_queries.of_encounter(conn, me, encounter_id)}


def _find(conn: Connection, me: Me, encounter_id: str) -> dict[str, Any]:
    encounter = queries.find(conn, me, encounter_id)
    if encounter is None:
        raise NotFound("There is no such encounter in this account.")
    return encounter


def create(conn: Connection, me: Me, data: dict[str, Any], *, now: datetime) -> tuple[dict[str, Any], bool]:
    """Store a meeting and plan its follow-ups; False where this id is there already. Raises Gone, Invalid."""
    encounter_id = data.get("id") or new_id(now)
    if data.get("id"):
        if queries.find(conn, me, encounter_id) is not None:
            return get(conn, me, encounter_id), False
        account_service.refuse_buried(conn, me, encounter_id)
    user, playbook = followup_service.user(conn, me), playbooks.current(conn, me)
    data, unknown = followed(conn, me, data)
    row = _draft(me, encounter_id, data, user, now)
    row["playbook_version"] = playbook.version
    _check_people(data, row, unknown)
    _check_promise_ids(conn, me, row, data)
    ADD.run(conn, _columns(row))
    _store_people(conn, me, row)
    _store_promises(conn, me, row)
    tasks = followup_service.begin(conn, me, gather(conn, me, row), user, playbook, now=now)
    _replan_siblings(conn, me, [row], now)
    searchable.reindex(conn, me, row["contact_ids"])
    return queries.as_found(row) | {"tasks": task_queries.in_order(tasks)}, True


def preview(
    conn: Connection, me: Me, data: dict[str, Any], draft: dict[str, Any] | None = None, *, now: datetime
) -> dict[str, Any]:
    """The tasks this encounter would give, under the playbook in force or a draft of one; writes nothing."""
    in_force = draft is None
    playbook = playbooks.current(conn, me) if in_force else playbooks.drafted(conn, me, draft, "#/playbook")
    user = followup_service.user(conn, me)
    data, unknown = followed(conn, me, data)
    stranger = None if _people(data) else new_id(now)
    if stranger:
        data |= {"contact_ids": [stranger]}
    row = _draft(me, data.get("id") or new_id(now), data, user, now)
    _check_people(data, row, unknown)
    _check_promise_ids(conn, me, row, data)
    return {"tasks": followup_service.preview(gather(conn, me, row, stranger), user, playbook)}


def _draft(me: Me, encounter_id: str, data: dict[str, Any], user: User, now: datetime) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= UNTOLD | {"received_at": now}
    row |= {name: value for name, value in data.items() if name in COLUMNS and value is not None}
    row |= {
        "owner_id": me.owner_id,
        "id": encounter_id,
        "created_at": now,
        "updated_at": now,
        "version": 1,
        "people": _people(data),
        "promises": data.get("promises") or [],
    }
    row = _completed(row, data, user)
    return row | {"promises": _resolved(row, [], now)}


def _people(data: dict[str, Any]) -> list[dict[str, Any]]:
    people = data.get("people") or [{"contact_id": contact_id} for contact_id in data.get("contact_ids") or ()]
    return [{name: person.get(name) for name in queries.PERSON_FIELDS} for person in people]


def _completed(row: dict[str, Any], given: Collection[str], user: User) -> dict[str, Any]:
    """What follows from the fields themselves; raises Invalid, at one `given`, where they contradict each other."""
    if row["kind"] == "interview":
        row["round"] = 1 if row["round"] is None else row["round"]
    elif row["round"] is not None:
        raise Invalid.at("#/round", "Only an interview has a round.")
    if row["ends_at"] is not None and row["ends_at"] < row["occurred_at"]:
        where = "ends_at" if "ends_at" in given else "occurred_at"
        raise Invalid.at(f"#/{where}", "A meeting does not end before it begins: `ends_at` is before `occurred_at`.")
    row |= found_by(row, user.preferences.day_boundary)
    row["contact_ids"] = [person["contact_id"] for person in row["people"]]
    return row


def found_by(row: Mapping[str, Any], day_boundary: time) -> dict[str, Any]:
    """The event as it is looked up, and its day; past midnight but before the boundary is still the same evening."""
    folded = folded_event(row["event"])
    return {
        "event_folded": folded,
        "event_on": day_of(row["occurred_at"], row["timezone"], day_boundary) if folded else None,
    }


def folded_event(event: str | None) -> str | None:
    """What encounters of one event are found by, however it was written."""
    return fold(event)[:400] if event else None


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in COLUMNS}


def _check_people(data: dict[str, Any], row: dict[str, Any], unknown: list[FieldError]) -> None:
    if unknown:
        raise Invalid(errors=unknown)
    for index, promise in enumerate(data.get("promises") or ()):
        if promise["contact_id"] not in (None, *row["contact_ids"]):
            raise Invalid.at(f"#/promises/{index}/contact_id", "Name one of the people in this encounter.")


def _store_people(conn: Connection, me: Me, row: dict[str, Any]) -> None:
    rows = [
        {"owner_id": me.owner_id, "encounter_id": row["id"], "position": position, **person}
        for position, person in enumerate(row["people"])
    ]
    ADD_PERSON.run(conn, *rows)


def _resolved(row: dict[str, Any], before: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """The list given, each with an id and a person; the same words to the same person stay the same promise."""
    kept = {_likeness(promise): promise for promise in before}
    resolved: list[dict[str, Any]] = []
    for promise in row["promises"]:
        given = promise | {"contact_id": promise["contact_id"] or row["contact_ids"][0]}
        if given["id"] is None:
            old = kept.pop(_likeness(given), {})
            given |= {"id": old.get("id") or new_id(now), "kept_at": given["kept_at"] or old.get("kept_at")}
        resolved.append(given)
    return resolved


def _likeness(promise: dict[str, Any]) -> tuple[str, str, str]:
    return fold(promise["what"]), promise["contact_id"], promise["by"]


def _check_promise_ids(conn: Connection, me: Me, row: dict[str, Any], given: dict[str, Any]) -> None:
    """No other promise has an id that the client chose; ours are new."""
    ids = [promise["id"] for promise in row["promises"]]
    chosen = [promise["id"] for promise in given.get("promises") or () if promise["id"]]
    values = {"owner_id": me.owner_id, "ids": chosen, "encounter_id": row["id"]}
    taken = set(PROMISED_ELSEWHERE.scalars(conn, values)) if chosen else set()
    for index, promise_id in enumerate(ids):
        if promise_id in taken or promise_id in ids[:index]:
            raise Invalid.at(f"#/promises/{index}/id", "Another promise has this id.")


def _store_promises(conn: Connection, me: Me, row: dict[str, Any]) -> None:
    rows = [
        {"owner_id": me.owner_id, "encounter_id": row["id"], "position": position, **promise}
        for position, promise in enumerate(row["promises"])
    ]
    ADD_PROMISE.run(conn, *rows)


def update_fields(
    conn: Connection,
    me: Me,
    encounter_id: str,
    changes: dict[str, Any],
    *,
    if_match: str | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Apply a merge patch and plan again: moves open, untouched tasks (product.md, 2.9). Raises NotFound, Invalid."""
    before = _find(conn, me, encounter_id)
    check_match(if_match, before["version"], lambda: get(conn, me, encounter_id))
    if not changes:
        return get(conn, me, encounter_id)
    user = followup_service.user(conn, me)
    changes, unknown = followed(conn, me, changes)
    row = before | {name: UNTOLD.get(name) if value is None else value for name, value in changes.items()}
    row["promises"] = row["promises"] or []
    if row["kind"] != "interview" and "round" not in changes:
        row["round"] = None
    if "people" in changes:
        row["people"] = _people(changes)
    elif "contact_ids" in changes:
        known = {person["contact_id"]: person for person in before["people"]}
        row["people"] = _people({"people": [known.get(who, {"contact_id": who}) for who in changes["contact_ids"]]})
    row = _completed(row, changes, user) | {"updated_at": now, "version": before["version"] + 1}
    _check_people(changes, row, unknown)
    mine = (ENCOUNTERS.c.owner_id == me.owner_id) & (ENCOUNTERS.c.id == encounter_id)
    conn.execute(update(ENCOUNTERS).where(mine).values(_columns(row)))
    for table, lists in ((PEOPLE, {"people", "contact_ids"}), (PROMISES, {"promises"})):
        if lists & changes.keys():
            conn.execute(delete(table).where(table.c.owner_id == me.owner_id, table.c.encounter_id == encounter_id))
    if {"people", "contact_ids"} & changes.keys():
        _store_people(conn, me, row)
    if "promises" in changes:
        row["promises"] = _resolved(row, before["promises"], now)
        _check_promise_ids(conn, me, row, changes)
        _store_promises(conn, me, row)
    _plan(conn, me, row, user, playbooks.of_encounter(conn, me, row), now)
    _replan_siblings(conn, me, [before, row], now)
    if changes.keys() & searchable.OF_ENCOUNTER:
        searchable.reindex(conn, me, [*before["contact_ids"], *row["contact_ids"]])
    return get(conn, me, encounter_id)


def replan(conn: Connection, me: Me, encounter_id: str, *, playbook: str = "kept", now: datetime) -> dict[str, Any]:
    """Plan again with what is known today, by the rules it was planned with or the `current` ones. Raises NotFound.

    Planning twice changes nothing.
    """
    encounter = _find(conn, me, encounter_id)
    if playbook == "kept":
        plan_again(conn, me, encounter, now=now)
    else:
        rules = playbooks.current(conn, me)
        if rules.version != encounter["playbook_version"]:
            values = {"playbook_version": rules.version, "updated_at": now, "version": encounter["version"] + 1}
            mine = (ENCOUNTERS.c.owner_id == me.owner_id) & (ENCOUNTERS.c.id == encounter_id)
            conn.execute(update(ENCOUNTERS).where(mine).values(values))
        _plan(conn, me, encounter, followup_service.user(conn, me), rules, now)
    return get(conn, me, encounter_id)


def somebody_left(conn: Connection, me: Me, encounter_id: str, *, now: datetime) -> None:
    """After a person in the meeting was deleted: it is another version of itself, with the plan of the others."""
    mine = (ENCOUNTERS.c.owner_id == me.owner_id) & (ENCOUNTERS.c.id == encounter_id)
    conn.execute(update(ENCOUNTERS).where(mine).values(version=ENCOUNTERS.c.version + 1, updated_at=now))
    replan(conn, me, encounter_id, now=now)


def plan_again(conn: Connection, me: Me, encounter: dict[str, Any], *, now: datetime) -> None:
    """By its own version of the playbook: what was changed since is for the encounters to come (product.md, 2.9)."""
    user = followup_service.user(conn, me)
    _plan(conn, me, encounter, user, playbooks.of_encounter(conn, me, encounter), now)


def _plan(conn: Connection, me: Me, encounter: dict[str, Any], user: User, playbook: Playbook, now: datetime) -> None:
    followup_service.replan(conn, me, gather(conn, me, encounter), user, playbook, now=now)


def _replan_siblings(conn: Connection, me: Me, versions: list[dict[str, Any]], now: datetime) -> None:
    """Where a meeting is, or was, an interview, another may have become or stopped being the first with them (R5)."""
    if all(row["kind"] != "interview" for row in versions):
        return
    people = [contact_id for row in versions for contact_id in row["contact_ids"]]
    others = queries.interviews_of(conn, me, list(dict.fromkeys(people)))
    for encounter_id in sorted({other["id"] for other in others} - {versions[0]["id"]}):
        plan_again(conn, me, _find(conn, me, encounter_id), now=now)


def remove(conn: Connection, me: Me, encounter_id: str, *, if_match: str | None = None, now: datetime) -> None:
    """Delete the meeting and its open tasks; done ones and their touches stay with the person (product.md, 2.12)."""
    encounter = _find(conn, me, encounter_id)
    check_match(if_match, encounter["version"], lambda: get(conn, me, encounter_id))
    gone = followup_service.forget_encounter(conn, me, encounter_id)
    conn.execute(delete(ENCOUNTERS).where(ENCOUNTERS.c.owner_id == me.owner_id, ENCOUNTERS.c.id == encounter_id))
    account_service.bury(conn, me, [encounter_id, *gone], now=now)
    idempotency.clear(conn, me)
    _replan_siblings(conn, me, [encounter], now)
    searchable.reindex(conn, me, encounter["contact_ids"])
