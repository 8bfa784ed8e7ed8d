"""What becomes of a page while an account grows: one user, from a thousand open tasks to a million."""

import gc
import time
from pathlib import Path

from tests.bench import large
from tests.bench.calls import API, Call, ask
from tests.bench.table import Row

ROUNDS = 20


async def upcoming(small: large.Account, great: large.Account, folder: Path, kind: str) -> Row:
    """Both pages show as many rows, a hundred in each group."""
    took = [await quickest(account, f"{API}/upcoming", "", folder) for account in (small, great)]
    what = f"upcoming page on {kind}: {great.tasks:,} tasks against {small.tasks:,}"
    return Row(what, took[1] / took[0], 2.0, 1.2)


async def search(small: large.Account, great: large.Account, folder: Path, kind: str) -> Row:
    """A word that one of the people is called by."""
    took = [await quickest(account, f"{API}/contacts", f"q={large.RARE}", folder) for account in (small, great)]
    what = f"search on {kind}: a rare word among {great.people:,} people against {small.people:,}"
    return Row(what, took[1] / took[0], 20, 10)


async def quickest(account: large.Account, path: str, query: str, folder: Path) -> float:
    """Seconds of the quickest of many answers; the database's own work counts, wherever it is done."""
    best = float("inf")
    async with large.running(account.url, folder) as app:
        for _ in range(ROUNDS):
            gc.collect()
            began = time.perf_counter()
            answer = await ask(app, Call("GET", path, account.token, query))
            best = min(best, time.perf_counter() - began)
            assert answer.status == 200, answer
    return best
