"""Who is asking, what their credential may do, and what the request brings along: the `Call` each endpoint gets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.core import idempotency
from app.core.answers import Reply
from app.core.db import Database

SESSION, WRITE, READ, CAPTURE = "session", "write", "read", "capture"
DAY_BOUNDARY = time(4)


@dataclass(frozen=True, slots=True)
class Me:
    """The owner of every row the request may see, and the scope of the credential it came with."""

    owner_id: str
    scope: str = SESSION
    credential_id: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request by someone known."""

    request: Request
    db: Database
    now: datetime
    me: Me
    key: idempotency.Key | None = None
    if_match: str | None = None

    async def read(self, op: Callable[..., Any], *args: Any, answer: Callable[[Any], Reply], **kwargs: Any) -> Response:
        return answer(await self.db.read(op, self.me, *args, **kwargs)).response()

    async def scan(self, op: Callable[..., Any], *args: Any, answer: Callable[[Any], Reply], **kwargs: Any) -> Response:
        return answer(await self.db.scan(op, self.me, *args, **kwargs)).response()

    async def write(
        self, op: Callable[..., Any], *args: Any, answer: Callable[[Any], Reply], **kwargs: Any
    ) -> Response:
        """Run the op in one transaction; with an Idempotency-Key at most once."""
        if self.key is None:
            return answer(await self.db.write(op, self.me, *args, now=self.now, **kwargs)).response()
        reply = await self.db.write(idempotency.once, self.me, self.key, op, answer, *args, now=self.now, **kwargs)
        return reply.response()


async def _call(request: Request) -> Call:
    return request.state.call


Caller = Annotated[Call, Depends(_call)]
