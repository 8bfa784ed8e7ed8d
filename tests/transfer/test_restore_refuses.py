"""What `sundown restore` does not take changes nothing and is told why, before anything is put in place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.migrate import NewerDatabase, upgrade
from tests.contract.examples import settle
from tests.support.clients import ApiClient
from tests.support.places import Place


@pytest.mark.database("sqlite")
def test_a_log_that_another_database_left_behind_is_not_read_into_the_restored_one(
    here: Place, there: Place, tmp_path: Path
) -> None:
    here.backed_up(tmp_path / "kept")
    there.folder.mkdir()
    log = there.folder / "sundown.db-wal"
    log.write_bytes(b"left behind")
    assert str(log) in there.restore_refused(tmp_path / "kept")
    assert [path.name for path in there.folder.iterdir()] == [log.name]


def damaged(whole: bytes) -> dict[str, bytes]:
    """The ways a file goes bad: a bit flipped, an end missing, bytes added, a middle of zeros."""
    cut = {f"cut by {count}": whole[:-count] for count in (1, 40, 81, 82, 5_000, len(whole) // 2, len(whole) - 20)}
    # The seal alone missing is no damage: a file of another program's making has none.
    del cut["cut by 81"]
    flipped = {}
    for place in (20, 30, 100, *(len(whole) * tenth // 10 for tenth in range(1, 10)), len(whole) - 10):
        changed = bytearray(whole)
        changed[place] ^= 0x20
        flipped[f"bit at {place}"] = bytes(changed)
    middle = len(whole) // 2
    zeros = {"zeros": whole[:middle] + bytes(4096) + whole[middle + 4096 :]}
    return cut | flipped | zeros | {"longer": whole + b"more", "twice": whole + whole}


async def test_a_damaged_backup_changes_nothing_and_says_so(
    here: Place, there: Place, alice: ApiClient, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    await settle(alice)
    here.backed_up(tmp_path / "kept")
    bad = tmp_path / "bad"
    for what, content in damaged((tmp_path / "kept").read_bytes()).items():
        with subtests.test(what):
            bad.write_bytes(content)
            assert "damaged" in there.restore_refused(bad)
            assert there.untouched
            assert bad.read_bytes() == content


def test_what_is_no_backup_changes_nothing_and_is_named(
    here: Place, there: Place, empty: Callable[[], Place], tmp_path: Path, subtests: pytest.Subtests
) -> None:
    other = empty()
    other.folder.mkdir()
    other.run("CREATE TABLE notes (words TEXT)", "CREATE TABLE alembic_version (version_num TEXT)")
    upgrade(f"sqlite:///{tmp_path}/own.db")
    strangers = {"nothing": b"", "words": b"Dear Dana,\n", "noise": bytes(range(256)) * 20}
    strangers |= {"a lone head of SQLite": b"SQLite format 3\0", "a lone head of pg_dump": b"PGDMP"}
    if here.sqlite:
        strangers["of another program"] = (other.folder / "sundown.db").read_bytes()
    else:
        strangers["of the other kind"] = (tmp_path / "own.db").read_bytes()
    for what, content in strangers.items():
        with subtests.test(what):
            (tmp_path / "stranger").write_bytes(content)
            assert "Nothing was changed" in there.restore_refused(tmp_path / "stranger")
            assert there.untouched
    assert "There is no file" in there.restore_refused(tmp_path / "missing")
    assert "There is no file" in there.restore_refused(tmp_path)


def test_a_newer_backup_is_refused(here: Place, there: Place, tmp_path: Path) -> None:
    here.run("UPDATE alembic_version SET version_num = '29991231a'")
    here.backed_up(tmp_path / "kept")
    with pytest.raises(NewerDatabase, match="29991231a"):
        there.restored(tmp_path / "kept")
    assert there.untouched
