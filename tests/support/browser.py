"""Browsers as a phone, and an eye on everything a page should never do."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    WebError,
    sync_playwright,
)

from tests.support.phone import phone
from tests.support.server import Server
from tests.support.system import find_chromium, find_firefox

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-default-apps",
]
NO_SERVER = (
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_CONTENT_LENGTH_MISMATCH",
    "ERR_EMPTY_RESPONSE",
    "ERR_INTERNET_DISCONNECTED",
)
LOCAL_SCHEMES = ("about", "blob", "data")


class Watch:
    """Collects console errors (violations of the content security policy are such), uncaught errors and
    requests to other origins; `allow()` what a test provokes on purpose."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.findings: list[str] = []
        self.allowed: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def allow(self, *patterns: str) -> None:
        """Findings in which one of these regular expressions is found are as they should be."""
        self.allowed += patterns

    def unexpected(self) -> list[str]:
        return [text for text in self.findings if not any(re.search(known, text) for known in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.findings.append(f"console: {message.text} ({message.location.get('url')})")

    def _error(self, error: WebError) -> None:
        self.findings.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in LOCAL_SCHEMES and f"{target.scheme}://{target.netloc}" != self.origin:
            self.findings.append(f"request to another origin: {request.url}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Debian's Chromium, in tests marked `engines` Firefox ESR too; never a browser that a tool downloaded."""
    if getattr(request, "param", "chromium") == "firefox":
        launched = playwright.firefox.launch(channel="moz-firefox", executable_path=find_firefox())
    else:
        launched = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
    yield launched
    launched.close()


def new_phone(browser: Browser, server: Server, **differently: Any) -> BrowserContext:
    """A phone of somebody new to the server. Firefox knows no layout of a phone but its size and touch."""
    options = phone(**differently)
    if browser.browser_type.name == "firefox":
        del options["is_mobile"]
    return browser.new_context(base_url=server.url, **options)


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = new_phone(browser, server)
    yield context
    context.close()


@pytest.fixture
def watch(context: BrowserContext, server: Server) -> Iterator[Watch]:
    """Fails the test at its end for anything seen in any page that it did not allow."""
    watching = Watch(context, server.url)
    yield watching
    context.cookies()  # a round trip, in which events that are under way arrive
    if watching.unexpected():
        pytest.fail("\n".join(watching.unexpected()), pytrace=False)


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    return context.new_page()
