"""`make bars`: what a phone page promises about time, kills and size, each value beside its bar.

Run it alone: medians of a busy machine say nothing. A time fails only when it is missed twice in a row.
"""

import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import BrowserType, sync_playwright

from tests.bars.kills import TRIALS, lost_notes
from tests.bars.rows import Row, new_server, shown, twice_if_missed
from tests.bars.sizes import first_load, repeat_load
from tests.bars.timing import Times, times
from tests.support.server import Server
from tests.test_page import FIRST_LOAD, FRONTEND, SCRIPTS, STYLES, together

Measure = Callable[[BrowserType, Server, Path], "list[Row]"]


def timed(chromium: BrowserType, server: Server, folder: Path) -> list[Row]:
    found: Times = times(chromium, server, folder)
    bars = (
        ("cold start offline, 4x slower: typing possible", found.cold_start, 1000),
        ("tap to focused composer, 4x slower", found.tap_to_focus, 200),
        ("Save tap to durable, 4x slower", found.save_to_durable, 250),
        ("39 characters from navigation to durable, 4x slower", found.whole_capture, 8500),
    )
    return [Row(name, statistics.median(values), bar, "ms") for name, values, bar in bars]


def killed(chromium: BrowserType, server: Server, folder: Path) -> list[Row]:
    return [Row(f"kill -9 after Save, lost of {TRIALS}", lost_notes(chromium, server, folder), 0, "notes")]


def weighed(chromium: BrowserType, server: Server, _folder: Path) -> list[Row]:
    asked, received = first_load(chromium, server)
    return [
        Row("first load to typing", received, FIRST_LOAD, "bytes"),
        Row("first load to typing", asked, 14, "requests"),
        Row("repeat load, beside the API", repeat_load(chromium, server), 0, "requests"),
        Row("all scripts, gzip", together(*(FRONTEND / "js").glob("*.js"), FRONTEND / "sw.js"), SCRIPTS, "bytes"),
        Row("all styles, gzip", together(*(FRONTEND / "css").glob("*.css")), STYLES, "bytes"),
    ]


def measure(what: Measure, chromium: BrowserType) -> list[Row]:
    with new_server() as (server, folder):
        return what(chromium, server, folder)


def rows(chromium: BrowserType) -> Iterator[Row]:
    yield from measure(weighed, chromium)
    yield from twice_if_missed(lambda: measure(timed, chromium))
    yield from measure(killed, chromium)


def main() -> int:
    with sync_playwright() as playwright:
        return 1 if shown(rows(playwright.chromium)) else 0


if __name__ == "__main__":
    sys.exit(main())
