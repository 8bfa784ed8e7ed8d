"""The day's work: upcoming, the sky over it, and edits of tasks and settings that reach across nouns."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from app.accounts import service as account_service
from app.accounts import throttle
from app.accounts.me import Me
from app.agenda import load, queries
from app.encounters import service as encounter_service
from app.scheduling.agenda import edges
from app.scheduling.almanac import day_of, sundown_of
from app.scheduling.facts import Preferences
from app.scheduling.places import place_of
from app.search import index
from app.tasks import queries as task_queries
from app.tasks import service as task_service


def upcoming(
    conn: Connection, me: Me, *, timezone: str | None, group: str | None, after: str | None, now: datetime
) -> dict[str, Any]:
    """Open tasks by group, days in the reader's zone with the day boundary; each task in exactly one group."""
    preferences, _ = account_service.preferences(conn, me)
    found = edges(now, timezone or preferences.timezone, preferences)
    values = queries.bounds(me, found, after)
    groups = queries.listed(conn, values, group)
    return {
        "now": now,
        "sundown": {"today": found.sundown_today.at, "tomorrow": found.sundown_tomorrow.at},
        "planned": load.planned(conn, groups, found, values) if group is None else None,
        "fits": load.fitting(conn, groups, found, preferences, values) if group is None else None,
        "groups": [
            queries.shape(conn, each, values) | {"stacks": load.stacks(conn, each, found, values)} for each in groups
        ],
    }


def preferences(conn: Connection, me: Me) -> Preferences:
    return account_service.preferences(conn, me)[0]


def sky(preferences: Preferences, days: int, now: datetime) -> dict[str, Any]:
    """The sundowns of today and the days after it at the user's place, for a phone without astronomy."""
    home = place_of(preferences.timezone, None, None, preferences)
    today = day_of(now, preferences.timezone, preferences.day_boundary)
    listed: list[dict[str, Any]] = []
    for number in range(days):
        on: date = today + timedelta(days=number)
        listed.append({"on": on, "sundown_at": sundown_of(on, home, preferences.sundown_at).at})
    place = {
        "timezone": home.timezone,
        "latitude": home.latitude,
        "longitude": home.longitude,
        "city": home.city,
    }
    return {"place": place, "days": listed}


def update_task(
    conn: Connection,
    me: Me,
    task_id: str,
    changes: dict[str, Any],
    *,
    if_match: str | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Apply a merge patch; `pinned: false` gives the task back to its encounter's plan. Raises NotFound."""
    row = task_service.update_fields(conn, me, task_id, changes, if_match=if_match, now=now)
    if changes.get("pinned") is False and row["encounter_id"] and row["rule"]:
        encounter_service.replan(conn, me, row["encounter_id"], now=now)
    return task_queries.get(conn, me, task_id)


def update_me(
    conn: Connection, me: Me, changes: dict[str, Any], *, if_match: str | None = None, now: datetime
) -> dict[str, Any]:
    """Apply a merge patch to the settings; a number to leave on a voicemail is a need of open calls."""
    shown = account_service.update_me(conn, me, changes, if_match=if_match, now=now)
    if "phone" in changes:
        task_service.number_changed(conn, me, bool(shown["phone"]))
    return shown


def delete_me(conn: Connection, me: Me, *, now: datetime) -> None:
    """Delete the account with everything in it, the words kept for search and the failed sign-ins too."""
    index.remove_all(conn, me)
    throttle.forget(conn, me)
    account_service.delete_me(conn, me, now=now)
