"""A browser killed in the middle: neither the saved note nor the draft is lost."""

import signal
import subprocess
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.screens import (
    DANA,
    card,
    kept,
    ready,
    stored,
)
from tests.support.browser import FLAGS
from tests.support.server import Server
from tests.support.system import find_chromium


def test_a_killed_browser_loses_neither_the_saved_note_nor_the_draft(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    """kill -9 within 60 ms of Save; `make bars` does it thirty times."""
    for trial in range(3):
        text = f"Trial {trial}: {DANA}"
        process, page = _own_browser(browser, tmp_path / f"profile-{trial}", server)
        ready(page)
        card(page).fill(text)
        page.get_by_role("button", name="Save note").click()
        page.wait_for_function("() => performance.getEntriesByName('note-durable').length > 0", polling=5)
        card(page).press_sequentially("and then")
        kept(page)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process, page = _own_browser(browser, tmp_path / f"profile-{trial}", server)
        ready(page)
        expect(card(page)).to_have_value("and then")
        assert stored(page)["ops"] == 1
        process.terminate()
        process.wait()


def _own_browser(browser: Browser, profile: Path, server: Server) -> tuple[subprocess.Popen[bytes], Page]:
    port_file = profile / "DevToolsActivePort"
    port_file.unlink(missing_ok=True)
    command = [str(find_chromium()), *FLAGS, "--headless=new", "--remote-debugging-port=0"]
    process = subprocess.Popen(
        [*command, f"--user-data-dir={profile}", "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while not (port_file.exists() and "\n" in port_file.read_text()):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    port = port_file.read_text().splitlines()[0]
    page = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}").contexts[0].pages[0]
    page.goto(f"{server.url}/log")
    return process, page
