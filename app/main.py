"""Putting the application together: settings in, an ASGI application out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from app import api, models, web
from app.accounts.gate import NOT_REPLAYED, scopes_of
from app.accounts.models import LOCK_OWNER
from app.core import documented
from app.core.clock import Clock, SystemClock
from app.core.config import Settings
from app.core.db import open_database
from app.core.dispatch import Dispatch
from app.core.middleware import Envelope
from app.core.security import Passwords
from app.pictures.imaging import Darkroom
from app.transfer.turns import Turns

__all__ = ["create_app", "models"]

DESCRIPTION = """\
Sundown keeps a job seeker's word: someone meets a person, and from then on the software knows what good manners
ask for next, when, on which channel and why. Sign in with a session cookie or send a bearer token."""
SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "sundown_session"},
    "token": {"type": "http", "scheme": "bearer"},
}


def create_app(settings: Settings, *, clock: Clock | None = None) -> FastAPI:
    """The whole service over the database of `settings`, which has to be migrated already."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await app.state.db.start()
        yield
        await app.state.db.stop()

    app = FastAPI(
        title="Sundown",
        version="0.1.0",
        description=DESCRIPTION,
        contact={"name": "Whoever runs this server"},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        openapi_tags=[{"name": name, "description": words} for name, words in api.TAGS.items()],
        servers=[{"url": "/"}],
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.settings = settings
    app.state.clock = clock or SystemClock()
    app.state.db = open_database(settings.database_url, lock_owner=LOCK_OWNER, pool_size=settings.pool_size)
    app.state.passwords = Passwords(settings.password_hash_cost)
    app.state.turns = Turns()
    app.state.darkroom = Darkroom()
    app.router.routes += api.ROUTES
    app.openapi = lambda: _openapi(app)
    web.install(app)
    # All there is between the server and a route: the gate and the envelope do what FastAPI's own layers are for.
    inside = Dispatch(app.router, api.ROUTES)
    app.build_middleware_stack = lambda: Envelope(
        inside, allowed_hosts=settings.allowed_hosts, headers=web.HEADERS, body_limits=api.BODY_LIMITS
    )
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = FastAPI.openapi(app)
        components = document.setdefault("components", {})
        components.setdefault("schemas", {})["Problem"] = documented.PROBLEM_SCHEMA
        for unused in ("HTTPValidationError", "ValidationError"):
            components["schemas"].pop(unused, None)
        components["headers"] = documented.HEADERS
        components["securitySchemes"] = SECURITY
        app.openapi_schema = documented.completed(document, scopes_of, NOT_REPLAYED)
    return app.openapi_schema
