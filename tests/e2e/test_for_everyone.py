"""What every screen owes every person: contrast, names, room for a thumb, and no sideways scroll."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.cards import CARDS
from tests.e2e.fair import FULL, fill
from tests.e2e.screens import OWNERS, STRANGERS, axe_findings, settle, sideways, sign_up, small_targets, synced, write
from tests.support.browser import new_phone
from tests.support.server import Server

LOOKS = [(width, scheme) for width in (320, 412) for scheme in ("light", "dark")]


@pytest.fixture
def context(browser: Browser, server: Server, look: tuple[int, Any]) -> Iterator[BrowserContext]:
    width, scheme = look
    viewport = {"width": width, "height": 852}
    context = new_phone(browser, server, viewport=viewport, color_scheme=scheme)
    yield context
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_is_cramped(page: Page, look: tuple[int, Any]) -> None:
    findings: dict[str, Any] = {}

    def examine(screens: dict[str, Any], who: str) -> None:
        for name, show in screens.items():
            show(page)
            settle(page)
            found = axe_findings(page) + small_targets(page)
            wider = sideways(page)
            if found or wider > 0:
                findings[f"{who}: {name}"] = (found, wider)

    examine(STRANGERS, "stranger")
    sign_up(page)
    write(page)
    write(page, "Priya Nair, Harbor Labs, round one about data pipelines", "Interview")
    synced(page)
    examine(OWNERS | CARDS, "owner")
    fill(page)
    examine(FULL, "after a fair")
    assert findings == {}


@pytest.mark.parametrize("look", [(256, "light")])
def test_narrow_screens_do_not_scroll_sideways(page: Page, look: tuple[int, Any]) -> None:
    found = {}
    for name, show in STRANGERS.items():
        show(page)
        found[name] = sideways(page)
    sign_up(page)
    write(page)
    synced(page)
    for name, show in (OWNERS | CARDS).items():
        show(page)
        found[name] = sideways(page)
    fill(page)
    for name, show in FULL.items():
        show(page)
        found[name] = sideways(page)
    assert {name: wider for name, wider in found.items() if wider > 0} == {}


@pytest.mark.parametrize("look", [(320, "light")])
def test_text_twice_as_large_does_not_scroll_sideways(page: Page, look: tuple[int, Any]) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    found = {}
    for name, show in STRANGERS.items():
        show(page)
        found[name] = sideways(page)
    sign_up(page)
    write(page)
    synced(page)
    for name, show in (OWNERS | CARDS).items():
        show(page)
        found[name] = sideways(page)
    fill(page)
    for name, show in FULL.items():
        show(page)
        found[name] = sideways(page)
    assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
    assert {name: wider for name, wider in found.items() if wider > 0} == {}
