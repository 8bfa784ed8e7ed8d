"""Around every request: its id, the host it names, a bounded body, headers that protect, and no leak on failure."""

import logging
import secrets
from collections.abc import Mapping
from types import MappingProxyType

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.dispatch import shape_of, shape_of_route
from app.core.errors import problem_of
from app.core.problems import BadRequest, Problem, TooLarge

BODY_LIMIT = 1024 * 1024
DIGITS = 20
# Health checks come from the machine itself, under whatever name it goes by there.
HEALTH = frozenset({"/healthz", "/readyz"})
log = logging.getLogger("sundown.requests")


class UnknownHost(BadRequest):
    slug, title = "unknown-host", "This host name is not answered"
    text = "Add the name to SUNDOWN_ALLOWED_HOSTS to be answered under it."


class Envelope:
    """Outermost ASGI middleware. `headers` are set on every answer that does not set them itself.

    `body_limits` are bytes by address, as routes write it, where BODY_LIMIT is not what is taken.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_hosts: tuple[str, ...],
        headers: Mapping[str, str],
        body_limits: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.app = app
        self.hosts = None if "*" in allowed_hosts else frozenset(host.lower() for host in allowed_hosts)
        self.of_page = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self.of_api = [*self.of_page, (b"cache-control", b"no-store")]
        self.body_limits = {shape_of_route(path): limit for path, limit in body_limits.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        started = False

        async def send_more(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                given: list[tuple[bytes, bytes]] = message["headers"]
                names = {name for name, _ in given}
                ours = self.of_api if scope["path"].startswith("/api/") else self.of_page
                more = [pair for pair in ours if pair[0] not in names]
                message = {**message, "headers": [*given, (b"x-request-id", request_id.encode()), *more]}
            await send(message)

        problem = self._refused(scope)
        if problem is None:
            problem = await self._failure(request_id, scope, receive, send_more)
        if problem is not None and not started:
            await problem.response()(scope, receive, send_more)

    async def _failure(self, request_id: str, scope: Scope, receive: Receive, send: Send) -> Problem | None:
        """Run the application; the problem it raised, or what it failed with in words that leak nothing."""
        try:
            await self.app(scope, bounded(receive, self._limit(scope), _announced(scope)), send)
        except ClientDisconnect:
            return None
        except Exception as error:
            problem = problem_of(error)
            if problem is None:
                log.exception("request %s failed", request_id)
            return problem or Problem()
        return None

    def _refused(self, scope: Scope) -> Problem | None:
        headers = {name: value for name, value in scope["headers"] if name in (b"host", b"content-length")}
        if self.hosts is not None and scope["path"] not in HEALTH:
            host = headers.get(b"host", b"").decode("latin-1").rpartition("]")
            name = host[2].partition(":")[0] if not host[1] else host[0] + host[1]
            if name.lower() not in self.hosts:
                return UnknownHost()
        if not headers.get(b"content-length", b"0").isdigit():
            return BadRequest("Content-Length is not a number.")
        return None

    def _limit(self, scope: Scope) -> int:
        if scope["method"] in ("GET", "PATCH"):
            return BODY_LIMIT
        return self.body_limits.get(shape_of(scope["path"].split("/")), BODY_LIMIT)


def _announced(scope: Scope) -> int:
    """The Content-Length, which is a number by now."""
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(length[:DIGITS])


def bounded(receive: Receive, limit: int = BODY_LIMIT, announced: int = 0) -> Receive:
    """The same stream, ending with TooLarge once more than `limit` bytes came, or at once where so many are announced.

    Not before it is read: whether somebody may ask at all is answered first.
    """
    received = 0

    async def receive_some() -> Message:
        nonlocal received
        if announced > limit:
            raise TooLarge(f"At most {limit:,} bytes are taken.")
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise TooLarge(f"At most {limit:,} bytes are taken.")
        return message

    return receive_some
