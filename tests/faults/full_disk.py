"""The disk fills up under writers, and is given room again while the server runs."""

from contextlib import closing
from pathlib import Path

import httpx

from tests.faults.disks import Disk, small_tmpfs
from tests.faults.findings import Finding, examined
from tests.faults.load import WRITERS, Ledger, newcomer, phone, stored, storm
from tests.support.postgres import Administrator, PostgresServer
from tests.support.server import Server

FULL = "507"


async def full_disk(server: Server, disk: Disk, *, acknowledgements: int) -> Finding:
    """Write, fill the disk, write on until each phone was refused once, read, make room, write on."""
    ledger = newcomer(server)
    async with storm(server, ledger=ledger) as going:
        await going.acknowledgements(acknowledgements)
        disk.fill(server.pid)
        await going.until(lambda: ledger.answers[FULL] >= WRITERS)
        await reads_go_on(server, ledger)
        disk.make_room(server.pid)
        await going.acknowledgements(len(ledger.acknowledged) + acknowledgements)
    assert set(ledger.answers) <= {"201", FULL}, ledger
    assert set(await stored(server, ledger)) == ledger.acknowledged, "a refused note is not there"
    server.restart()
    return await examined(server, ledger, f"the disk is full ({disk.kind}), then has room again")


async def reads_go_on(server: Server, ledger: Ledger) -> None:
    async with phone(server, ledger) as client:
        for path in ("upcoming", "contacts", "me"):
            assert (await client.get(f"/api/v1/{path}")).status_code == httpx.codes.OK


async def full_disk_of_sqlite(disk: Disk, *, acknowledgements: int) -> Finding:
    with Server(disk.folder, f"sqlite:///{disk.folder}/sundown.db") as server:
        return await full_disk(server, disk, acknowledgements=acknowledgements)


async def full_disk_of_postgres(
    postgres: PostgresServer, data_dir: Path, mebibytes: int, *, acknowledgements: int
) -> Finding:
    """Of the tables alone: a tablespace on a tmpfs, while the server's log of changes has room."""
    with (
        small_tmpfs(postgres.folder / "small", mebibytes) as disk,
        closing(Administrator(postgres.folder)) as databases,
    ):
        postgres.give(disk.folder)
        url = databases.create_in(disk.folder, "full_disk")
        try:
            with Server(data_dir, url) as server:
                return await full_disk(server, disk, acknowledgements=acknowledgements)
        finally:
            databases.drop_from_folder("full_disk")
