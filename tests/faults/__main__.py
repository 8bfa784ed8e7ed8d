"""`make faults`: bring each fault about, print what was found as a table, and keep it in docs/reliability.md."""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.faults.away import restarted_postgres
from tests.faults.disks import FileSizeLimit, may_mount, small_disk
from tests.faults.findings import HEAD, Finding
from tests.faults.full_disk import full_disk_of_postgres, full_disk_of_sqlite
from tests.faults.killed import killed_server
from tests.faults.schemas import half_a_migration, later_database
from tests.faults.second_process import second_process
from tests.support.documents import keep_table
from tests.support.postgres import Administrator, PostgresServer

MANY, KILLS = 1000, 5

Scenario = Callable[[Path], Coroutine[Any, Any, Finding]]


def scenarios(postgres: PostgresServer) -> Iterator[Scenario]:
    """Each gets an empty folder of its own, and on PostgreSQL a database."""

    def sqlite(folder: Path) -> str:
        return f"sqlite:///{folder}/sundown.db"

    def database(folder: Path) -> str:
        with closing(Administrator(postgres.folder)) as databases:
            return databases.create(folder.parent.name)

    for url in (sqlite, database):
        yield lambda folder, url=url: killed_server(folder, url(folder), acknowledgements=MANY, times=KILLS)
    yield full_disk_on_tmpfs
    yield lambda folder: full_disk_of_sqlite(FileSizeLimit(folder), acknowledgements=MANY)
    if may_mount(postgres.folder / "small"):
        yield lambda folder: full_disk_of_postgres(postgres, folder, 96, acknowledgements=MANY)
    yield lambda folder: second_process(folder, acknowledgements=MANY)
    yield lambda folder: restarted_postgres(postgres, folder, acknowledgements=MANY)
    for url in (sqlite, database):
        yield lambda folder, url=url: half_a_migration(
            folder, url(folder), folder.with_name("later"), acknowledgements=MANY
        )
        yield lambda folder, url=url: later_database(folder, url(folder), acknowledgements=MANY)


async def full_disk_on_tmpfs(folder: Path) -> Finding:
    with small_disk(folder.with_name("small"), 96) as disk:
        return await full_disk_of_sqlite(disk, acknowledgements=MANY)


def main() -> int:
    found: list[Finding] = []
    postgres = PostgresServer(durable=True)
    postgres.start()
    try:
        sys.stdout.write(HEAD)
        for scenario in scenarios(postgres):
            with tempfile.TemporaryDirectory(prefix="fault_") as name:
                folder = Path(name) / "data"
                folder.mkdir()
                found.append(asyncio.run(scenario(folder)))
            sys.stdout.write(f"{found[-1].row()}\n")
            sys.stdout.flush()
    finally:
        postgres.stop()
    keep_table("reliability.md", "make faults", HEAD + "".join(f"{finding.row()}\n" for finding in found))
    return 0 if all(finding.holds for finding in found) else 1


if __name__ == "__main__":
    sys.exit(main())
