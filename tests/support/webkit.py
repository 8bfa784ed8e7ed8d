"""WebKitGTK, the nearest to Safari that Debian has, on a screen of its own."""

import os
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service

from tests.support.system import find_webkit, find_xvfb

WIDE, HIGH = 500, 900


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """An X display, by its name."""
    told, tells = os.pipe()
    command = [str(find_xvfb()), "-displayfd", str(tells), "-screen", "0", f"{WIDE}x{HIGH}x24", "-nolisten", "tcp"]
    shown = subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL)
    os.close(tells)
    with os.fdopen(told) as number:
        name = f":{number.readline().strip()}"
    yield name
    shown.terminate()
    shown.wait()


@pytest.fixture
def webkit(screen: str, tmp_path: Path) -> Iterator[WebKitGTK]:
    """A new browser; what it keeps goes with the test."""
    options = WebKitGTKOptions()
    options.add_argument("--automation")
    options.binary_location = str(_browser())
    environment = {**os.environ, "DISPLAY": screen, "HOME": str(tmp_path), "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # selenium 4.51 calls itself in a way it deprecates
        driver = WebKitGTK(options=options, service=Service(str(find_webkit()), env=environment))
    yield driver
    driver.quit()


def _browser() -> Path:
    """Debian keeps the browser that the driver drives beside the library."""
    return max(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
