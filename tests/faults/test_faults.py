"""Whatever goes wrong, no acknowledged note is lost and none is doubled: each fault once, in small."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.away import restarted_postgres
from tests.faults.disks import FileSizeLimit, may_mount, small_tmpfs
from tests.faults.findings import Finding
from tests.faults.full_disk import full_disk_of_postgres, full_disk_of_sqlite
from tests.faults.killed import killed_server
from tests.faults.schemas import half_a_migration, later_database
from tests.faults.second_process import second_process
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.server

FEW = 64


@pytest.fixture(scope="module")
def durable() -> Iterator[PostgresServer]:
    """A PostgreSQL of these tests' own, which keeps what it has acknowledged."""
    server = PostgresServer(durable=True)
    server.start()
    yield server
    server.stop()


def holds(finding: Finding, *seen: str) -> None:
    assert finding.holds, finding
    assert all(word in finding.seen for word in seen), finding


async def test_kill_9_under_64_writers(data_dir: Path, database_url: str) -> None:
    holds(await killed_server(data_dir, database_url, acknowledgements=FEW), "201", "no answer")


@pytest.mark.database("sqlite")
async def test_a_full_disk_that_is_given_room_again(data_dir: Path) -> None:
    holds(await full_disk_of_sqlite(FileSizeLimit(data_dir), acknowledgements=FEW), "201", "507")
    if may_mount(data_dir):
        folder = data_dir.with_name("small")
        with small_tmpfs(folder, 24) as disk:
            holds(await full_disk_of_sqlite(disk, acknowledgements=FEW), "201", "507")


@pytest.mark.database("postgresql")
async def test_a_full_disk_under_postgresql(durable: PostgresServer, data_dir: Path) -> None:
    if may_mount(data_dir):  # without a small file system there is none to fill, and nothing to see
        holds(await full_disk_of_postgres(durable, data_dir, 48, acknowledgements=FEW), "201", "507")


@pytest.mark.database("sqlite")
async def test_a_second_server_on_the_same_file(data_dir: Path) -> None:
    finding = await second_process(data_dir, acknowledgements=FEW)
    holds(finding)
    assert set(finding.seen) <= set("0123456789, ×"), f"nothing but 201: {finding.seen}"


@pytest.mark.database("postgresql")
async def test_postgresql_restarted_under_64_writers(durable: PostgresServer, data_dir: Path) -> None:
    holds(await restarted_postgres(durable, data_dir, acknowledgements=FEW), "201", "503")


@pytest.mark.database("sqlite")
async def test_a_migration_that_fails_half_way(data_dir: Path, database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    finding = await half_a_migration(data_dir, database_url, folder, acknowledgements=8)
    holds(finding, "could not be brought to schema")


@pytest.mark.database("sqlite")
async def test_a_database_newer_than_the_code(data_dir: Path, database_url: str) -> None:
    holds(await later_database(data_dir, database_url, acknowledgements=8), "This database is at schema")
