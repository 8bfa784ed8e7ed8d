"""One verb for many tasks, all of them or none."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.accounts.me import Me
from app.core.problems import Conflict, FieldError, Invalid, NotFound
from app.tasks import queries, service

VERBS = {
    "complete": service.complete,
    "skip": service.skip,
    "snooze": service.snooze,
    "reopen": service.reopen,
    "plan": service.plan_on,
}


def run(conn: Connection, me: Me, ids: list[str], verb: str, words: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Do it to each task in turn. Raises Invalid or a Conflict that names the position it came from."""
    items: list[dict[str, Any]] = []
    for index, task_id in enumerate(ids):
        try:
            items.append(queries.inside(VERBS[verb](conn, me, task_id, now=now, **words)))
        except NotFound:
            raise Invalid.at(f"#/ids/{index}", "There is no such task in this account.") from None
        except Conflict as refusal:
            raise type(refusal)(errors=[FieldError(f"#/ids/{index}", refusal.detail)]) from None
    return {"items": items}
