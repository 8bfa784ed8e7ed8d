"""`make lighthouse`: what Lighthouse makes of the first screens on a slow phone, each category beside its bar.

Run it alone: the points for performance are those of a machine that does nothing else.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator

import orjson

from tests.bars.rows import Row, new_server, shown, twice_if_missed
from tests.support.browser import FLAGS
from tests.support.server import ROOT
from tests.support.system import find_chromium

LIGHTHOUSE = ROOT / "tests" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = ("/", "/log", "/sign-in")
BARS = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
TRIALS = 3
STARTS = 3


def points(address: str) -> dict[str, int]:
    """Of 100, by category. Where Chromium recorded nothing there is nothing to judge, and it is started again."""
    command = ["node", LIGHTHOUSE, address, "--quiet", "--output=json", "--no-enable-error-reporting"]
    command += [f"--only-categories={','.join(BARS)}", f"--chrome-flags={' '.join([*FLAGS, '--headless=new'])}"]
    environment = {**os.environ, "CHROME_PATH": str(find_chromium())}
    said = ""
    for _ in range(STARTS):
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        said = run.stderr
        if run.returncode == 0:
            found = orjson.loads(run.stdout)["categories"]
            return {name: round(found[name]["score"] * 100) for name in BARS}
    raise AssertionError(f"Lighthouse could not measure {address}; it said:\n{said}")


def medians(origin: str, page: str) -> list[Row]:
    trials = [points(f"{origin}{page}") for _ in range(TRIALS)]
    return [
        Row(f"Lighthouse, {page}: {name}", statistics.median(trial[name] for trial in trials), bar, "points")
        for name, bar in BARS.items()
    ]


def pages(origin: str) -> Iterator[Row]:
    for page in PAGES:
        yield from twice_if_missed(lambda page=page: medians(origin, page))


def main() -> int:
    with new_server() as (server, _):
        return 1 if shown(pages(server.url)) else 0


if __name__ == "__main__":
    sys.exit(main())
