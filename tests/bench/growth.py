"""What becomes of a page while an account grows: one user, from a thousand open tasks to a million."""

import gc
import time
from pathlib import Path

from tests.bench import large
from tests.bench.calls import API, Call, ask
from tests.bench.table import Row

ROUNDS = 20


async def measure(small: large.Account, great: large.Account, folder: Path, kind: str) -> list[Row]:
    """Both pages show as many rows, a hundred in each group."""
    took = [await quickest(account, f"{API}/upcoming", "", folder) for account in (small, great)]
    return [Row(f"upcoming page on {kind}: {_times(small, great)} times as many tasks", took[1] / took[0], 2.0, 1.2)]


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


def _times(small: large.Account, great: large.Account) -> str:
    return f"{great.times // small.times:,}"
