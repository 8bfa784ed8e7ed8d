"""`sundown backup` and `sundown restore`, through the real command line, on both databases."""

import resource
import shutil
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from app.core.migrate import EXPECTED
from tests.contract.examples import settle
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.places import Place
from tests.support.server import ROOT, Server

pytestmark = pytest.mark.server
FIRST = "20261124a"


async def test_a_restored_database_is_the_same_row_by_row(
    here: Place, there: Place, alice: ApiClient, bob: ApiClient, tmp_path: Path
) -> None:
    for user in (alice, bob):
        await settle(user)
    said = here.done("backup", tmp_path / "kept")
    assert f"schema {EXPECTED}" in said
    assert EXPECTED in there.done("restore", tmp_path / "kept")
    assert there.rows() == here.rows()
    assert sum(map(len, there.rows().values())) > 30


async def test_the_restored_database_serves(here: Place, there: Place, alice: ApiClient, tmp_path: Path) -> None:
    await settle(alice)
    here.done("backup", tmp_path / "kept")
    there.done("restore", tmp_path / "kept")
    token = there.done("token", "create", "--email", "alice@mail.example", "--name", "new", "--scope", "read").strip()
    server = Server(there.folder, there.url)
    server.start()
    try:
        with server.client() as client:
            answer = client.get("/api/v1/contacts", headers={"Authorization": f"Bearer {token}"})
            assert answer.json() == (await alice.get(f"{make.API}/contacts")).json()
    finally:
        server.stop()


def test_a_backup_taken_while_writers_write_is_one_instant(
    server: Server, here: Place, there: Place, tmp_path: Path
) -> None:
    """What was acknowledged before it began is in it, and each capture is in it whole or not at all."""
    stop, acknowledged, failed = threading.Event(), list[str](), list[str]()

    def write(number: int) -> None:
        with server.client() as client:
            account = make.account(email=f"writer{number}@mail.example")
            client.post("/api/v1/accounts", json=account).raise_for_status()
            while not stop.is_set():
                answer = client.post("/api/v1/captures", json=make.capture(event="Career fair"))
                (acknowledged if answer.is_success else failed).append(answer.json().get("id", answer.text))
                if len(acknowledged) > 40:
                    enough.set()

    enough = threading.Event()
    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    assert enough.wait(60)
    before = set(acknowledged)
    here.done("backup", tmp_path / "kept")
    after = set(acknowledged)
    stop.set()
    for writer in writers:
        writer.join()
    assert failed == []
    there.done("restore", tmp_path / "kept")
    kept, final = there.rows(), here.rows()
    encounters = {row[1] for row in kept["encounters"]}
    assert before <= encounters
    assert len(encounters) < len(final["encounters"]), "writing went on"
    assert after - before, "writers wrote while the backup was made"
    for table in ("encounters", "encounter_people", "contacts", "tasks"):
        assert set(map(repr, kept[table])) <= set(map(repr, final[table]))
    per_encounter = len(final["tasks"]) / len(final["encounters"])
    assert len(kept["tasks"]) == per_encounter * len(kept["encounters"])
    assert len(kept["contacts"]) == len(kept["encounter_people"]) == len(kept["encounters"])


def test_a_backup_is_private_and_replaces_nothing_unless_it_is_asked_to(here: Place, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.write_text("something dear")
    assert "--overwrite" in here.refused("backup", target)
    assert target.read_text() == "something dear"
    here.done("backup", "--overwrite", target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".kept*")) == [], "nothing half-written stays"


def test_a_backup_needs_a_database_and_a_folder_to_go_to(there: Place, here: Place, tmp_path: Path) -> None:
    there.refused("backup", tmp_path / "kept")
    assert there.untouched
    assert "folder" in here.refused("backup", tmp_path / "missing" / "kept")
    assert "folder" in here.refused("backup", tmp_path)
    assert not (tmp_path / "kept").exists()


@pytest.mark.database("sqlite")
def test_a_backup_does_not_go_over_the_database_itself(here: Place) -> None:
    before = here.rows()
    for name in ("sundown.db", "sundown.db-wal", "sundown.db-shm", "../data/sundown.db"):
        assert "the database itself" in here.refused("backup", "--overwrite", here.folder / name)
    assert here.rows() == before


def test_a_backup_that_runs_out_of_room_leaves_nothing(here: Place, tmp_path: Path) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    folder = tmp_path / "small"
    folder.mkdir()
    assert "not made" in here.refused("backup", folder / "kept", before=little_room)
    assert list(folder.iterdir()) == []


async def test_a_restore_replaces_nothing(here: Place, alice: ApiClient, tmp_path: Path) -> None:
    await settle(alice)
    here.done("backup", tmp_path / "kept")
    await make.add(alice, "contacts", make.contact(name="Met since"))
    before = here.rows()
    assert "replaces nothing" in here.refused("restore", tmp_path / "kept")
    assert here.rows() == before


def test_an_older_backup_is_brought_to_head(there: Place, empty: Callable[[], Place], tmp_path: Path) -> None:
    old = empty()
    old.folder.mkdir()
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = old.url
    command.upgrade(config, FIRST)
    old.run("INSERT INTO invites VALUES ('of long ago', '2026-03-03 15:30:00')")
    assert FIRST in old.done("backup", tmp_path / "kept")
    there.done("restore", tmp_path / "kept")
    rows = there.rows()
    assert rows["alembic_version"] == [(EXPECTED,)]
    assert [row[0] for row in rows["invites"]] == ["of long ago"]


@pytest.mark.database("sqlite")
async def test_a_plain_copy_of_the_file_with_its_log_restores_as_well(
    here: Place, there: Place, alice: ApiClient, tmp_path: Path
) -> None:
    await settle(alice)
    for end in ("", "-wal"):
        shutil.copyfile(here.folder / f"sundown.db{end}", tmp_path / f"copy{end}")
    assert (tmp_path / "copy-wal").stat().st_size > 0
    there.done("restore", tmp_path / "copy")
    assert there.rows() == here.rows()
