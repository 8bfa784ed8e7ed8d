"""The requests that are measured, and a way to make one without a network: ASGI in, bytes out."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import Any

import orjson

from app.core.clock import SystemClock
from tests.bench.seed import Seeded, meeting

API = "/api/v1"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Call:
    """One request, its path relative to the host and its query apart."""

    method: str
    path: str
    token: str
    query: str = ""
    body: bytes = b""

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


def measured_calls(seeded: Seeded) -> dict[str, list[Call]]:
    """One person, a page of open tasks, a meeting written with the tasks it gives, and one read with its tasks.

    Each is asked by many users for many rows in turn. The page is `GET /tasks?status=open&limit=50` rather than
    upcoming, which holds as many rows as the hour of the day gives it; 50 stay 50.
    """
    at = SystemClock().now() - timedelta(hours=1)
    turns = list(zip(cycle(seeded.tokens), seeded.contacts, seeded.encounters, strict=False))
    return {
        "one contact": [Call("GET", f"{API}/contacts/{contact}", token) for token, contact, _ in turns],
        f"{PAGE} tasks": [Call("GET", f"{API}/tasks", token, f"status=open&limit={PAGE}") for token, *_ in turns],
        "encounter, written": [
            Call("POST", f"{API}/encounters", token, body=orjson.dumps(meeting(contact, at)))
            for token, contact, _ in turns
        ],
        "encounter, read": [Call("GET", f"{API}/encounters/{encounter}", token) for token, _, encounter in turns],
    }


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[bytes, bytes]
    body: bytes


async def ask(app: Any, call: Call) -> Answer:
    """The call on the application in this process, as a server would hand it over."""
    headers = [(b"host", b"localhost:8600"), (b"authorization", b"Bearer " + call.token.encode())]
    if call.body:
        headers += [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(call.body))]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": call.path,
        "raw_path": call.path.encode(),
        "query_string": call.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8600),
        "state": {},
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": call.body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return Answer(sent[0]["status"], dict(sent[0]["headers"]), b"".join(part["body"] for part in sent[1:]))
