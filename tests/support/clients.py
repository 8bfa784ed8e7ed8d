"""The application in this process, and clients that talk to it without a network."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.support.clock import FrozenClock

if TYPE_CHECKING:  # pure tests start without the web
    from fastapi import FastAPI

    from app.core.config import Settings

PASSWORD = "a lantern, a ladder and a letter"
ALICE = {"name": "Alice Almeida", "email": "alice@mail.example", "timezone": "Europe/Lisbon"}
BOB = {"name": "Bob Baker", "email": "bob@mail.example", "timezone": "America/New_York"}


class ApiClient(httpx.AsyncClient):
    """Paths are relative to the host: `await api.get("/api/v1/me")`. `account` is who signed up with it.

    `address` is where on the network the client seems to be.
    """

    account: dict[str, Any]

    def __init__(
        self, app: "FastAPI", *, raise_app_exceptions: bool = True, address: str = "127.0.0.1", **options: Any
    ) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=raise_app_exceptions, client=(address, 50_000))
        super().__init__(transport=transport, base_url="http://testserver", **options)

    async def sign_up(self, **account: Any) -> "ApiClient":
        """Sign up as a page of our own would, and stay signed in."""
        self.headers["Sec-Fetch-Site"] = "same-origin"
        answer = await self.post("/api/v1/accounts", json={"password": PASSWORD, **account})
        assert answer.status_code == httpx.codes.CREATED, answer.text
        self.account = answer.json()
        return self


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def settings(database_url: str, data_dir: Path) -> "Settings":
    from app.core.config import Settings

    return Settings(data_dir=data_dir, database_url=database_url, signup="open", password_hash_cost="test")


@pytest.fixture
async def app(settings: "Settings", clock: FrozenClock) -> "AsyncIterator[FastAPI]":
    """The application, started; it stops after the test."""
    from app.main import create_app

    application = create_app(settings, clock=clock)
    async with application.router.lifespan_context(application):
        yield application


@pytest.fixture
async def client(app: "FastAPI") -> AsyncIterator[Callable[..., ApiClient]]:
    """`client(**options)` makes a client that nobody has signed in to; options are httpx's."""
    async with AsyncExitStack() as stack:

        def make(**options: Any) -> ApiClient:
            made = ApiClient(app, **options)
            stack.push_async_callback(made.aclose)
            return made

        yield make


@pytest.fixture
def api(client: Callable[..., ApiClient]) -> ApiClient:
    """Nobody: no cookie, no token."""
    return client()


@pytest.fixture
async def alice(client: Callable[..., ApiClient]) -> ApiClient:
    return await client().sign_up(**ALICE)


@pytest.fixture
async def bob(client: Callable[..., ApiClient]) -> ApiClient:
    return await client().sign_up(**BOB)
