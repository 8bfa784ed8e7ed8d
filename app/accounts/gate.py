"""The one way in to /api/v1: who asks, may they, and is the request well-formed, in that order."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.accounts import credentials
from app.accounts.me import CAPTURE, READ, SESSION, WRITE, Call, Me
from app.core.binding import NOTHING_SENT, Binding
from app.core.bodies import check_media_type, media_types_of, parse_json
from app.core.idempotency import Key
from app.core.ids import parse_id
from app.core.problems import FieldError, Forbidden, Invalid, NotFound, TooLarge, Unauthenticated

COOKIE = "sundown_session"
SESSION_DAYS = 90
LARGE = 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Without one of these there is no body (RFC 9112, section 6).
SENT = frozenset({b"content-length", b"transfer-encoding"})

PUBLIC = frozenset({"create_account", "create_session"})
ONLY_SESSION = frozenset(
    {"delete_session", "list_sessions", "end_session", "change_password", "list_tokens", "create_token"}
    | {"delete_token", "delete_me", "export_me", "import_me"}
)
CAPTURES = frozenset({"create_capture"})
# Bodies that the operation itself reads: an archive piece by piece, a picture as what it is.
UNPARSED = frozenset({"import_me", "put_picture"})
PICTURES = frozenset({"put_picture"})
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
NOT_REPLAYED = frozenset({"create_account", "create_session", "create_token", "preview_encounter", "check_draft"})


# What helps where a body is too large.
SMALLER = {
    "import_me": "Export again with `pictures=false` and send the pictures one by one (docs/export.md).",
    "put_picture": "Make the picture smaller and send it again.",
}


class CrossSite(Forbidden):
    slug, title = "cross-site", "Not from this site"
    text = "A request that changes something with a session cookie has to come from Sundown's own pages."


class ScopeTooNarrow(Forbidden):
    slug, title = "scope-too-narrow", "This token may not do that"


def scopes_of(operation: str, method: str) -> frozenset[str]:
    """Which credentials may call an operation; empty means anybody. The only table of scopes."""
    if operation in PUBLIC:
        return frozenset()
    if operation in ONLY_SESSION:
        return frozenset({SESSION})
    if operation in CAPTURES:
        return frozenset({SESSION, WRITE, CAPTURE})
    return frozenset({SESSION, WRITE, READ}) if method in SAFE else frozenset({SESSION, WRITE})


class GatedRoute(APIRoute):
    """A route whose requests are known, allowed and readable before any endpoint sees them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        handle = self.get_route_handler()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            response = await handle(Request(scope, receive, send))
            await response(scope, receive, send)

        self.app = app

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        operation, endpoint, binding = self.operation_id or self.name, self.endpoint, Binding(self)
        allowed_to = {method: scopes_of(operation, method) for method in self.methods or ()}
        known_names = frozenset(parameter.alias for parameter in self.dependant.query_params)
        replayed, parsed = operation not in NOT_REPLAYED, operation not in UNPARSED
        media_types = PICTURE_TYPES if operation in PICTURES else media_types_of(self.methods or ())

        async def gated(request: Request) -> Response:
            state = request.app.state
            now: datetime = state.clock.now()
            allowed = allowed_to[request.method]
            if allowed:
                found = await _identify(request, now)
                if found.me.scope == SESSION:
                    check_same_origin(request)
                if found.me.scope not in allowed:
                    raise ScopeTooNarrow(_needed(allowed))
                me = found.me
            else:
                refuse_cross_site(request)
                found, me = None, Me("")
            try:
                raw, body = await _body(request, parsed, media_types)
            except TooLarge as error:
                raise TooLarge(f"{error.detail} {SMALLER.get(operation, '')}".strip()) from None
            _check_names(request, known_names)
            key = await _idempotency_key(request, me, raw) if replayed else None
            _check_ids(request)
            call = Call(request, state.db, now, me, key, request.headers.get("if-match"))
            response: Response = await endpoint(**binding.arguments(request, call, body))
            if found is not None and found.stale:
                await _renew(request, response, found, now)
            return response

        return gated


def set_session_cookie(request: Request, response: Response, secret: str) -> None:
    response.set_cookie(
        COOKIE,
        secret,
        max_age=SESSION_DAYS * 24 * 3600,
        httponly=True,
        samesite="lax",
        secure=public_origin(request).startswith("https:"),
    )


def public_origin(request: Request) -> str:
    """Scheme, host and port people use: the setting, else what the request says."""
    return request.app.state.settings.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"


async def _identify(request: Request, now: datetime) -> credentials.Found:
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, secret = header.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise Unauthenticated("Send the token as `Authorization: Bearer …`.")
        found = await request.app.state.db.read(credentials.find_token, secret.strip(), now=now)
        if found is None:
            raise Unauthenticated("This token is not known, has expired or was revoked.")
        return found
    secret = request.cookies.get(COOKIE)
    found = await request.app.state.db.read(credentials.find_session, secret, now=now) if secret else None
    if found is None:
        raise Unauthenticated
    return found


async def _renew(request: Request, response: Response, found: credentials.Found, now: datetime) -> None:
    expires_at = now + timedelta(days=SESSION_DAYS)
    await request.app.state.db.write(credentials.touch, None, found, expires_at=expires_at, now=now)
    if found.me.scope == SESSION and "set-cookie" not in response.headers:
        set_session_cookie(request, response, request.cookies[COOKIE])


def check_same_origin(request: Request) -> None:
    """A cookie travels by itself, so a change made with one must say that it comes from our own page."""
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CrossSite
    elif request.headers.get("origin") != public_origin(request):
        raise CrossSite


def refuse_cross_site(request: Request) -> None:
    """Sign-in and sign-up carry no cookie yet: programs may call them, other sites' pages may not."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise CrossSite
    if site is None and origin is not None and origin != public_origin(request):
        raise CrossSite


def _needed(allowed: frozenset[str]) -> str:
    if allowed == {SESSION}:
        return "This needs a signed-in session; tokens may not do it."
    return f"This needs a token of scope {' or '.join(sorted(allowed - {SESSION}))}, or a signed-in session."


async def _body(request: Request, parsed: bool, media_types: tuple[str, ...]) -> tuple[bytes, Any]:
    """As it was sent, and the value of its JSON."""
    if request.method in SAFE and not SENT & {name for name, _ in request.scope["headers"]}:
        return b"", NOTHING_SENT
    raw = await request.body()
    if not raw:
        return raw, NOTHING_SENT
    check_media_type(request.headers.get("content-type", ""), request.method, media_types)
    return raw, parse_json(raw) if parsed else NOTHING_SENT


def _check_names(request: Request, known: frozenset[str]) -> None:
    if not request.scope["query_string"]:
        return
    given = Counter(name for name, _ in request.query_params.multi_items())
    taken = f" Taken are: {', '.join(sorted(known))}." if known else ""
    errors = [FieldError(f"?{name}", f"There is no such parameter.{taken}") for name in sorted(given.keys() - known)]
    errors += [FieldError(f"?{name}", "Give it once.") for name in sorted(known) if given[name] > 1]
    if errors:
        raise Invalid(errors=errors)


async def _idempotency_key(request: Request, me: Me, raw: bytes) -> Key | None:
    value = request.headers.get("idempotency-key")
    if value is None or request.method != "POST":
        return None
    if not 1 <= len(value) <= 200 or not all("!" <= character <= "~" for character in value):
        detail = "An Idempotency-Key has 1 to 200 visible ASCII characters."
        raise Invalid(detail, errors=[FieldError("Idempotency-Key", detail)])
    told = CAPTURE if me.scope == CAPTURE else ""
    parts = value, request.method, request.url.path, raw, told
    return Key.of(*parts) if len(raw) < LARGE else await asyncio.to_thread(Key.of, *parts)


def _check_ids(request: Request) -> None:
    for name, value in request.path_params.items():
        try:
            request.path_params[name] = parse_id(value)
        except ValueError:
            raise NotFound from None
