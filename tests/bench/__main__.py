"""`make bench`: measure everything, print one table of ratios, and fail where a floor does not hold.

The table of a whole run is kept in docs/performance.md.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.bench import cpu, growth, large, loop, postgres_cpu, seed, startup, throughput, writers
from tests.bench.table import Row, printed
from tests.support.documents import keep_table
from tests.support.postgres import Administrator, PostgresServer

PARTS = ("cpu", "tutorial", "throughput", "writers", "startup", "growth", "postgresql")


def main() -> int:
    options = _options()
    parts = options.only or PARTS
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="sundown-bench-") as name:
        rows = asyncio.run(_measured(Path(name), parts, quick=options.quick))
    print(f"\n{printed(rows)}")
    if parts == PARTS and not options.quick:
        keep_table("performance.md", "make bench", f"{printed(rows)}\n")
    return 0 if all(row.holds for row in rows) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller databases and fewer rounds")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="measure these parts alone")
    return parser.parse_args()


async def _measured(folder: Path, parts: tuple[str, ...], *, quick: bool) -> list[Row]:
    rows: list[Row] = []
    database = folder / "seed.db"
    _say("filling a database")
    seeded = await seed.fill(f"sqlite:///{database}", folder, seed.QUICK if quick else seed.FULL)
    if "cpu" in parts:
        _say("CPU")
        rows += await cpu.against_the_limit(database, seeded, folder, quick=quick)
    if "tutorial" in parts:
        _say("CPU of the tutorial app")
        rows += await cpu.against_the_tutorial(database, seeded, folder, quick=quick)
    for name, part in (("throughput", throughput), ("writers", writers), ("startup", startup)):
        if name in parts:
            _say(name)
            rows += part.measure(database, seeded, folder, quick=quick)
    if "growth" in parts:
        rows += await _growth(folder, "SQLite", lambda name: f"sqlite:///{folder}/{name}.db", quick=quick)
    if {"growth", "postgresql"} & set(parts):
        server = PostgresServer(durable=True)
        server.start()
        try:
            with closing(Administrator(server.folder)) as administrator:
                if "growth" in parts:
                    rows += await _growth(folder, "PostgreSQL", administrator.create, quick=quick)
                if "postgresql" in parts:
                    _say("CPU on PostgreSQL")
                    url = administrator.create("cpu")
                    rows += await postgres_cpu.measure(database, seeded, url, folder, quick=quick)
        finally:
            server.stop()
    return rows


async def _growth(folder: Path, kind: str, url: Callable[[str], str], *, quick: bool) -> list[Row]:
    _say(f"growth on {kind}")
    small = await large.fill(url("small"), folder)
    middle = await large.fill(url("middle"), folder, times=5)
    great = await large.fill(url("great"), folder, times=20 if quick else 1000)
    rows = [await growth.upcoming(small, great, folder, kind), await growth.search(middle, great, folder, kind)]
    return [*rows, await loop.measure(great, folder)] if kind == "SQLite" else rows


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
