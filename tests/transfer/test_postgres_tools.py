"""Backups of PostgreSQL go through its own programs: found or asked for by name, told secrets out of sight."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.support.places import Place
from tests.support.postgres import Administrator
from tests.support.system import find_postgres

pytestmark = [pytest.mark.database("postgresql"), pytest.mark.server]
SECRET = "a lantern & a 'ladder'"
RECORDER = """#!/bin/sh
printf '%s\\n' "$0" "$@" >>{log}
test "$PGPASSWORD" = "{secret}" && echo "told apart" >>{log}
exec {real}/$(basename "$0") "$@"
"""


def recorded(folder: Path) -> Path:
    """pg_dump and pg_restore that write down how they were called."""
    folder.mkdir()
    log = folder / "calls"
    for name in ("pg_dump", "pg_restore"):
        program = folder / name
        program.write_text(RECORDER.format(log=log, secret=SECRET, real=find_postgres()))
        program.chmod(0o755)
    return log


def test_the_password_is_never_on_a_command_line(
    here: Place, there: Place, postgres: Administrator, tmp_path: Path
) -> None:
    log = recorded(tmp_path / "bin")
    for place in (here, there):
        place.url = make_url(place.url).set(password=SECRET).render_as_string(hide_password=False)
        place.environment["SUNDOWN_PG_BIN"] = str(tmp_path / "bin")
    here.done("backup", tmp_path / "kept")
    there.done("restore", tmp_path / "kept")
    calls = log.read_text()
    assert {Path(line).name for line in calls.splitlines() if line.startswith("/")} >= {"pg_dump", "pg_restore"}
    assert SECRET not in calls
    assert "lantern" not in calls
    assert "told apart" in calls


def test_a_missing_program_is_asked_for_by_name(here: Place, there: Place, tmp_path: Path) -> None:
    here.done("backup", tmp_path / "kept")
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    for place in (here, there):
        place.environment["SUNDOWN_PG_BIN"] = str(nowhere)
    assert here.refused("backup", tmp_path / "other").startswith("pg_dump was not found")
    said = there.refused("restore", tmp_path / "kept")
    assert "SUNDOWN_PG_BIN" in said
    assert there.untouched
    assert not (tmp_path / "other").exists()


def test_a_database_that_cannot_be_reached_is_said_in_a_line(here: Place, tmp_path: Path) -> None:
    here.url = f"postgresql://postgres@/nowhere?host={tmp_path}"
    assert "not made" in here.refused("backup", tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_an_archive_made_by_hand_restores_as_well(here: Place, there: Place, tmp_path: Path) -> None:
    recorder = shutil.which("pg_dump", path=str(find_postgres()))
    assert recorder is not None
    here.run("INSERT INTO invites VALUES ('by hand', now())")
    here.done("backup", tmp_path / "kept")
    whole = (tmp_path / "kept").read_bytes()
    (tmp_path / "bare").write_bytes(whole[: whole.rindex(b"\nsundown-sha256:")])
    there.done("restore", tmp_path / "bare")
    assert there.rows() == here.rows()
