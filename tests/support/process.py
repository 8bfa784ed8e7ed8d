"""A Chromium with a profile of its own, as a process: to be killed, and to be started cold."""

import signal
import subprocess
import time
from pathlib import Path

from playwright.sync_api import BrowserType, Page

from tests.support.browser import FLAGS
from tests.support.system import find_chromium

START_SECONDS = 30


class BrowserProcess:
    """`page` is its only tab. What is stored in the profile outlives it."""

    def __init__(self, chromium: BrowserType, profile: Path) -> None:
        port_file = profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        command = [str(find_chromium()), *FLAGS, "--headless=new", "--remote-debugging-port=0"]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={profile}", "--window-size=412,915", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_SECONDS
        while not (port_file.exists() and "\n" in port_file.read_text()):
            assert self._process.poll() is None, "Chromium ended before it could be driven"
            assert time.monotonic() < deadline, "Chromium did not become ready"
            time.sleep(0.05)
        port = port_file.read_text().splitlines()[0]
        self._driven = chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.page: Page = self._driven.contexts[0].pages[0]

    def kill(self) -> None:
        """kill -9: nothing is finished, nothing is flushed."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
