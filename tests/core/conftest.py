"""The door to a SQLite file of each test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.db_sqlite import SqliteDatabase
from tests.core.notes import notes_at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
async def db(path: Path) -> AsyncIterator[SqliteDatabase]:
    async with notes_at(path) as database:
        yield database
