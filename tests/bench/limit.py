"""The limit: what the same answers cost at least, with Starlette, sqlite3, SQL written by hand and orjson.

It checks the token, reads and writes the same tables as durably, and answers the same bytes; a test holds it to
that. It knows the requests that are measured and no others: no validation, no problems, no edits.
"""

import hashlib
import os
import sqlite3
import threading
from datetime import datetime, time
from pathlib import Path
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.core.clock import Clock, SystemClock
from app.core.db_sqlite import PRAGMAS
from tests.bench import limit_sql as sql
from tests.bench.limit_plan import Meeting, tasks_of

JSON = "application/json"


def from_environment() -> Starlette:
    """For a server that imports it: the file is named by SUNDOWN_TEST_LIMIT."""
    return create(Path(os.environ["SUNDOWN_TEST_LIMIT"]))


def threaded_from_environment() -> Starlette:
    """The same, with its writes in threads."""
    return create(Path(os.environ["SUNDOWN_TEST_LIMIT"]), threads=True)


def create(path: Path, clock: Clock | None = None, *, threads: bool = False) -> Starlette:
    """The application over a migrated SQLite file; `threads` is how a write keeps its trip to the disk off the loop."""
    limit = Limit(path, clock or SystemClock(), threads=threads)
    return Starlette(
        routes=[
            Route("/api/v1/contacts/{id}", limit.get_contact),
            Route("/api/v1/tasks", limit.list_tasks),
            Route("/api/v1/encounters/{id}", limit.get_encounter),
            Route("/api/v1/encounters", limit.post_encounter, methods=["POST"]),
            Route("/readyz", limit.readyz),
        ]
    )


class Limit:
    def __init__(self, path: Path, clock: Clock, *, threads: bool) -> None:
        self.path, self.now, self.threads = path, clock.now, threads
        self.conn, self.of_thread = self.connected(), threading.local()
        self.ask = self.conn.execute

    def connected(self) -> sqlite3.Connection:
        conn = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            conn.execute(f"PRAGMA {pragma}")
        return conn

    def owner_of(self, request: Request) -> str | None:
        """Whose token it is, when it may do this."""
        secret = request.headers["authorization"].removeprefix("Bearer ")
        found = self.ask(sql.GET_TOKEN, (hashlib.sha256(secret.encode()).hexdigest(),)).fetchone()
        if found is None or (found[2] is not None and found[2] <= sql.stored(self.now())):
            return None
        return found[0] if found[1] == "write" or (found[1] == "read" and request.method == "GET") else None

    async def get_contact(self, request: Request) -> Response:
        key = (self.owner_of(request), request.path_params["id"])
        row = self.ask(sql.GET_CONTACT, key).fetchone()
        if row is None:
            return missing(key)
        value = sql.CONTACT.of(row)
        touched = self.ask(sql.GET_TOUCH, key).fetchone()[0]
        following = self.ask(sql.GET_NEXT, key).fetchone()
        value["last_touch_at"] = None if touched is None else sql.instant(touched)
        value["next_task"] = None if following is None else sql.NEXT_TASK.of(following)
        return one(value, row[-1])

    async def list_tasks(self, request: Request) -> Response:
        owner_id, limit = self.owner_of(request), int(request.query_params["limit"])
        if owner_id is None:
            return Response(status_code=401)
        rows = self.ask(sql.LIST_TASKS, (owner_id, limit + 1)).fetchall()
        items = [sql.TASK.of(row) for row in rows[:limit]]
        if len(rows) <= limit:
            return Response(orjson.dumps({"items": items, "next": None}), media_type=JSON)
        following = sql.cursor(items[-1]["act_at"], items[-1]["id"])
        link = f'<{request.url.path}?{request.url.query}&after={following}>; rel="next"'
        return Response(orjson.dumps({"items": items, "next": following}), headers={"Link": link}, media_type=JSON)

    async def get_encounter(self, request: Request) -> Response:
        key = (self.owner_of(request), request.path_params["id"])
        row = self.ask(sql.GET_ENCOUNTER, key).fetchone()
        if row is None:
            return missing(key)
        value = sql.ENCOUNTER.of(row)
        value["pictures"] = [sql.PICTURE.of(picture) for picture in self.ask(sql.GET_PICTURES, key)]
        value["people"] = [sql.PERSON.of(person) for person in self.ask(sql.GET_PEOPLE, key)]
        value["contact_ids"] = [person["contact_id"] for person in value["people"]]
        value["promises"] = [sql.PROMISE.of(promise) for promise in self.ask(sql.GET_PROMISES, key)]
        value["tasks"] = [sql.TASK.of(task) for task in self.ask(sql.GET_TASKS, key)]
        return one(value, row[-1])

    async def post_encounter(self, request: Request) -> Response:
        owner_id, now = self.owner_of(request), self.now()
        if owner_id is None:
            return Response(status_code=401)
        met = Meeting.of(orjson.loads(await request.body()), now)
        if self.threads:
            return await run_in_threadpool(self.stored_in_a_thread, owner_id, met, now)
        return self.stored(self.conn, owner_id, met, now)

    def stored_in_a_thread(self, owner_id: str, met: Meeting, now: datetime) -> Response:
        if not hasattr(self.of_thread, "conn"):
            self.of_thread.conn = self.connected()
        return self.stored(self.of_thread.conn, owner_id, met, now)

    def stored(self, conn: sqlite3.Connection, owner_id: str, met: Meeting, now: datetime) -> Response:
        ask = conn.execute
        ask("BEGIN IMMEDIATE")
        (boundary,) = ask(sql.GET_HOME, (owner_id,)).fetchone()
        facts = ask(sql.GET_FACTS, (owner_id, met.contact_id)).fetchone()
        asked = ask(sql.GET_ASKED, (owner_id, met.contact_id)).fetchone() is not None
        tasks = list(tasks_of(met, time.fromisoformat(boundary), facts, asked=asked, now=now))
        ask(sql.ADD_ENCOUNTER, (owner_id, *met.encounter, met.event_folded, 1))
        ask(sql.ADD_PERSON, (owner_id, met.id, 0, *met.person))
        promises = [(owner_id, met.id, position, *row) for position, row in enumerate(met.promises)]
        conn.executemany(sql.ADD_PROMISE, promises)
        conn.executemany(sql.ADD_TASK, [(owner_id, *task.row, *task.hidden, False, 1) for task in tasks])
        ask("COMMIT")
        value = sql.ENCOUNTER.written(met.encounter)
        value["pictures"] = []
        value["people"] = [sql.PERSON.written(met.person)]
        value["contact_ids"] = [met.contact_id]
        value["promises"] = [sql.PROMISE.written(row) for row in met.promises]
        in_order = sorted((task.row for task in tasks), key=lambda row: (row[sql.ACT_AT], row[0]))
        value["tasks"] = [sql.TASK.written(row) for row in in_order]
        return one(value, 1, 201)

    async def readyz(self, _request: Request) -> Response:
        return Response(b"ready")


def missing(key: tuple[str | None, str]) -> Response:
    return Response(status_code=401 if key[0] is None else 404)


def one(value: dict[str, Any], version: int, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, {"ETag": f'"{version}"'}, JSON)
