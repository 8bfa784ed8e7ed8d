"""CPU time of a request in this process: no socket, no client, the least of many batches, the apps in turns."""

import gc
import time
from contextlib import AsyncExitStack
from itertools import cycle, islice
from pathlib import Path
from shutil import copyfile
from typing import Any

from tests.bench import limit, seed, tutorial
from tests.bench.calls import Call, ask, measured_calls
from tests.bench.table import Row

BATCH = 100
ROUNDS, QUICK_ROUNDS = 30, 10
NAMES = ("sundown", "limit", "tutorial")
TARGETS = {
    "one contact": (7, 3.5),
    "50 tasks": (2.6, 1.5),
    "encounter, written": (6.5, 3),
    "encounter, read": (6.5, 3),
}


async def measure(database: Path, seeded: seed.Seeded, folder: Path, *, quick: bool) -> list[Row]:
    """Ratios against the limit and the tutorial app, each over a copy of `database` of its own."""
    files = {name: copyfile(database, folder / f"cpu-{name}.db") for name in NAMES}
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(seed.running(f"sqlite:///{files['sundown']}", folder))
        apps = {"sundown": ours, "limit": limit.create(files["limit"]), "tutorial": tutorial.create(files["tutorial"])}
        spent = {
            name: await least(apps, calls, QUICK_ROUNDS if quick else ROUNDS)
            for name, calls in measured_calls(seeded).items()
        }
    rows: list[Row] = []
    for name, of in spent.items():
        rows.append(Row(f"CPU against the limit: {name}", of["sundown"] / of["limit"], *TARGETS[name]))
    for name, of in spent.items():
        ratio = of["tutorial"] / of["sundown"]
        rows.append(Row(f"CPU of the tutorial app against ours: {name}", ratio, 5, 8, more=True))
    return rows


async def least(apps: dict[str, Any], calls: list[Call], rounds: int) -> dict[str, float]:
    """Seconds of CPU for one of the calls, by application; a batch of each in every round."""
    turns = {name: cycle(calls) for name in apps}
    best = dict.fromkeys(apps, float("inf"))
    for _ in range(rounds):
        for name, app in apps.items():
            batch = list(islice(turns[name], BATCH))
            gc.collect()
            began = time.process_time()
            answers = [await ask(app, call) for call in batch]
            spent = (time.process_time() - began) / BATCH
            assert all(answer.status in (200, 201) for answer in answers), (name, answers[0])
            best[name] = min(best[name], spent)
    return best
