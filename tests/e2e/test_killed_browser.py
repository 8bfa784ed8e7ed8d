"""A browser killed in the middle: neither the saved note nor the draft is lost."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.screens import DANA, card, kept, ready, stored
from tests.support.process import BrowserProcess
from tests.support.server import Server


def test_a_killed_browser_loses_neither_the_saved_note_nor_the_draft(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    """kill -9 as soon as the page says that both are kept; `make bars` does it at any moment, thirty times."""
    for trial in range(3):
        profile = tmp_path / f"profile-{trial}"
        before = BrowserProcess(browser.browser_type, profile)
        page = before.page
        page.goto(f"{server.url}/log")
        ready(page)
        card(page).fill(f"Trial {trial}: {DANA}")
        page.get_by_role("button", name="Save note").click()
        page.wait_for_function("() => performance.getEntriesByName('note-durable').length > 0", polling=5)
        card(page).press_sequentially("and then")
        kept(page)
        before.kill()
        after = BrowserProcess(browser.browser_type, profile)
        after.page.goto(f"{server.url}/log")
        ready(after.page)
        expect(card(after.page)).to_have_value("and then")
        assert stored(after.page)["ops"] == 1
        after.stop()
