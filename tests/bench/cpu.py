"""CPU time of a request in this process: no socket, no client, the least of many batches, the apps in turns."""

import gc
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from shutil import copyfile
from typing import Any

from tests.bench import limit, seed, tutorial
from tests.bench.calls import Call, ask, measured_calls
from tests.bench.table import Row

BATCH = 100
ROUNDS, QUICK_ROUNDS = 30, 10
TARGETS = {
    "one contact": (7, 3.5),
    "50 tasks": (2.6, 1.5),
    "encounter, written": (6.5, 3),
    "encounter, read": (6.5, 3),
}


async def against_the_limit(database: Path, seeded: seed.Seeded, folder: Path, *, quick: bool) -> list[Row]:
    spent = await _spent(database, seeded, folder, "limit", limit.create, quick=quick)
    return [Row(f"CPU against the limit: {name}", ours / theirs, *TARGETS[name]) for name, (ours, theirs) in spent]


async def against_the_tutorial(database: Path, seeded: seed.Seeded, folder: Path, *, quick: bool) -> list[Row]:
    spent = await _spent(database, seeded, folder, "tutorial", tutorial.create, quick=quick)
    what = "CPU of the tutorial app against ours"
    return [Row(f"{what}: {name}", theirs / ours, 5, 8, more=True) for name, (ours, theirs) in spent]


async def _spent(
    database: Path, seeded: seed.Seeded, folder: Path, other: str, create: Callable[[Path], Any], *, quick: bool
) -> list[tuple[str, tuple[float, float]]]:
    """By call, seconds of CPU of ours and of the other app, each over a copy of `database` of its own."""
    ours, theirs = (copyfile(database, folder / f"cpu-{name}-beside-{other}.db") for name in ("sundown", other))
    rounds = QUICK_ROUNDS if quick else ROUNDS
    async with seed.running(f"sqlite:///{ours}", folder) as app:
        apps = {"sundown": app, other: create(theirs)}
        spent = [(name, await least(apps, calls, rounds)) for name, calls in measured_calls(seeded).items()]
    return [(name, (of["sundown"], of[other])) for name, of in spent]


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
