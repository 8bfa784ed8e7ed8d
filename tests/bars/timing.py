"""How long it takes to write a note down on a phone four times slower than this machine, with no server at all."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserType, Page

from tests.e2e.screens import ready
from tests.support.process import BrowserProcess
from tests.support.server import Server

TRIALS = 9
SLOWER = 4
BETWEEN_KEYS_MS = 120
TEXT = "Dana Reyes, Northwind, likes old ferries"[:39]
# From the finger on the glass until the composer has the focus and the screen shows it.
TAP_TO_FOCUS = """() => new Promise((resolve) => {
  const note = document.querySelector('#note');
  let touched = 0;
  note.addEventListener('pointerdown', (event) => { touched = event.timeStamp; }, { once: true });
  note.addEventListener('focus', () => requestAnimationFrame(() => requestAnimationFrame(
    () => resolve(performance.now() - touched))), { once: true });
})"""
NOTE_TOUCH = """() => document.querySelector('#save').addEventListener('pointerdown', (event) => {
  window.saveTouched = event.timeStamp;
}, { once: true })"""
DURABLE = "() => performance.getEntriesByName('note-durable').length > 0"
MARK = "(name) => performance.getEntriesByName(name)[0].startTime"


@dataclass
class Times:
    """Milliseconds, one a trial."""

    cold_start: list[float] = field(default_factory=list)
    tap_to_focus: list[float] = field(default_factory=list)
    save_to_durable: list[float] = field(default_factory=list)
    whole_capture: list[float] = field(default_factory=list)


def times(chromium: BrowserType, server: Server, folder: Path) -> Times:
    """Each trial is a new browser process over a profile that has been here before; the server is killed first."""
    profile = folder / "timed"
    first = BrowserProcess(chromium, profile)
    first.page.goto(server.url)
    first.page.evaluate("() => navigator.serviceWorker.ready")
    first.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    first.stop()
    server.kill()
    found = Times()
    for _ in range(TRIALS):
        phone = BrowserProcess(chromium, profile)
        _trial(phone.page, server.url, found)
        phone.stop()
    return found


def _trial(page: Page, url: str, found: Times) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{url}/log", wait_until="commit")
    ready(page)
    found.cold_start.append(page.evaluate(MARK, "composer-ready"))
    page.evaluate(NOTE_TOUCH)
    page.keyboard.type(TEXT, delay=BETWEEN_KEYS_MS)
    page.locator("#save").click()
    page.wait_for_function(DURABLE, polling=10)
    durable = page.evaluate(MARK, "note-durable")
    found.whole_capture.append(durable)
    found.save_to_durable.append(durable - page.evaluate("() => window.saveTouched"))
    page.locator("#leave").click()
    page.evaluate(f"() => {{ window.focusing = ({TAP_TO_FOCUS})(); }}")
    page.locator("#note").click()
    found.tap_to_focus.append(page.evaluate("() => window.focusing"))
