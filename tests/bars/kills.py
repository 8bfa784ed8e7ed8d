"""kill -9 of the browser within 60 ms after Save: the note is in the queue or still in the draft, never lost."""

import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserType

from tests.e2e.screens import DANA, kept, ready
from tests.support.process import BrowserProcess
from tests.support.server import Server

TRIALS = 30
WITHIN = 0.060
WRITTEN = """() => new Promise((resolve) => {
  const opening = indexedDB.open('sundown');
  opening.onsuccess = () => {
    const tx = opening.result.transaction(['ops', 'draft']);
    const ops = tx.objectStore('ops').getAll();
    const draft = tx.objectStore('draft').get('text');
    tx.oncomplete = () => {
      opening.result.close();
      resolve([...ops.result.map((op) => op.body.text), draft.result].filter(Boolean));
    };
  };
})"""


def lost_notes(chromium: BrowserType, server: Server, folder: Path) -> int:
    """Of 30 notes, how many are in neither place or in both."""
    return sum(not found for found in _trials(chromium, server, folder))


def _trials(chromium: BrowserType, server: Server, folder: Path) -> Iterator[bool]:
    for trial in range(TRIALS):
        text = f"Trial {trial}: {DANA}"
        profile = folder / f"killed-{trial}"
        before = BrowserProcess(chromium, profile)
        before.page.goto(f"{server.url}/log")
        ready(before.page)
        before.page.locator("#note").fill(text)
        kept(before.page)
        # Pressed from inside, so that the moments of the kill count from the press itself.
        before.page.evaluate("() => void setTimeout(() => document.querySelector('#save').click())")
        time.sleep(WITHIN * trial / (TRIALS - 1))
        before.kill()
        after = BrowserProcess(chromium, profile)
        after.page.goto(f"{server.url}/healthz")
        yield after.page.evaluate(WRITTEN) == [text]
        after.stop()
