"""What the same requests cost the application on PostgreSQL, in its own CPU time, against SQLite."""

from contextlib import AsyncExitStack
from pathlib import Path
from shutil import copyfile

from tests.bench import seed
from tests.bench.calls import PAGE, measured_calls
from tests.bench.cpu import QUICK_ROUNDS, ROUNDS, least
from tests.bench.table import Row

# What the goals name; of smaller answers the trips to another process are most.
NAMED = (f"{PAGE} tasks", "encounter, written")


async def measure(database: Path, seeded: seed.Seeded, url: str, folder: Path, *, quick: bool) -> list[Row]:
    """`url` is an empty PostgreSQL database, which is filled like the SQLite file."""
    there = await seed.fill(url, folder, seed.QUICK)
    file = copyfile(database, folder / "postgres-cpu.db")
    rounds = QUICK_ROUNDS if quick else ROUNDS
    spent: dict[str, dict[str, float]] = {"sqlite": {}, "postgresql": {}}
    for kind, address, rows in (("sqlite", f"sqlite:///{file}", seeded), ("postgresql", url, there)):
        async with AsyncExitStack() as stack:
            app = await stack.enter_async_context(seed.running(address, folder))
            measured = measured_calls(rows)
            for name in NAMED:
                spent[kind][name] = (await least({kind: app}, measured[name], rounds))[kind]
    return [
        Row(f"CPU on PostgreSQL against SQLite: {name}", spent["postgresql"][name] / of, 2.0, 1.3)
        for name, of in spent["sqlite"].items()
    ]
