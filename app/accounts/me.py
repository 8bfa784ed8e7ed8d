"""Who is asking, what their credential may do, and what the request brings along: the `Call` each endpoint gets."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError, NoResultFound
from starlette.requests import Request
from starlette.responses import Response

from app.accounts.models import PROFILES
from app.core import idempotency
from app.core.answers import Reply, page
from app.core.db import Database
from app.core.pagination import DEFAULT_LIMIT
from app.core.prepared import Prepared
from app.core.problems import Unauthenticated

SESSION, WRITE, READ, CAPTURE = "session", "write", "read", "capture"
DAY_BOUNDARY = time(4)
OWNER = Prepared(select(PROFILES.c.owner_id).where(PROFILES.c.owner_id == bindparam("owner_id")))


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
        return answer(await self._known(self.db.read(op, self.me, *args, **kwargs))).response()

    async def scan(self, op: Callable[..., Any], *args: Any, answer: Callable[[Any], Reply], **kwargs: Any) -> Response:
        """The same, kept off the event loop with all that follows from it."""
        return (await self._known(self.db.scan(_answered, op, answer, self.me, *args, **kwargs))).response()

    async def page(
        self, op: Callable[..., Any], *args: Any, limit: int, bounded: bool = True, **kwargs: Any
    ) -> Response:
        """A keyset page; `bounded` says that the work for it grows with nothing but its rows."""
        door = self.read if bounded and limit <= DEFAULT_LIMIT else self.scan
        return await door(op, *args, limit=limit, answer=lambda found: page(found, self.request), **kwargs)

    async def write(
        self, op: Callable[..., Any], *args: Any, answer: Callable[[Any], Reply], **kwargs: Any
    ) -> Response:
        """Run the op in one transaction; with an Idempotency-Key at most once."""
        if self.key is None:
            return answer(await self._known(self.db.write(op, self.me, *args, now=self.now, **kwargs))).response()
        writing = self.db.write(idempotency.once, self.me, self.key, op, answer, *args, now=self.now, **kwargs)
        return (await self._known(writing)).response()

    async def _known(self, working: Awaitable[Any]) -> Any:
        """The value; Unauthenticated where the op failed because the account was deleted after it was looked up."""
        try:
            return await working
        except (IntegrityError, NoResultFound):
            if await self.db.read(_exists, self.me):
                raise
            raise Unauthenticated from None


def _answered(
    conn: Connection, op: Callable[..., Any], answer: Callable[[Any], Reply], *args: Any, **kwargs: Any
) -> Reply:
    return answer(op(conn, *args, **kwargs))


def _exists(conn: Connection, me: Me) -> bool:
    return OWNER.first(conn, {"owner_id": me.owner_id}) is not None


def _call() -> Call:
    """Never called: the gate gives an endpoint its call. FastAPI sees by this that it is not part of the request."""
    raise NotImplementedError


Caller = Annotated[Call, Depends(_call)]
