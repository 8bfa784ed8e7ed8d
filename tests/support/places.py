"""Places for a database, the command line run on either kind, and every row in them."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.server import ROOT

if TYPE_CHECKING:  # pure tests start without the web
    from sqlalchemy import Engine

    from app.core.config import Settings
    from app.transfer.backup import Made
    from tests.support.postgres import Administrator

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Place:
    """Where a database is or will be."""

    url: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def sundown(
        self, *arguments: str | Path, before: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the real command line in a process of its own."""
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "SUNDOWN_DATA_DIR": str(self.folder),
            "SUNDOWN_DATABASE_URL": self.url,
            "SUNDOWN_PASSWORD_HASH_COST": "test",
            **self.environment,
        }
        command = [sys.executable, "-m", "app", *map(str, arguments)]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, preexec_fn=before
        )

    def done(self, *arguments: str | Path) -> str:
        """What a command that succeeds says."""
        ran = self.sundown(*arguments)
        assert ran.returncode == 0, ran.stderr
        assert ran.stderr == ""
        return ran.stdout

    def refused(self, *arguments: str | Path, before: Callable[[], None] | None = None) -> str:
        """The one line a command that changes nothing gives as its reason."""
        ran = self.sundown(*arguments, before=before)
        assert ran.returncode == 1, ran.stdout + ran.stderr
        assert ran.stdout == ""
        assert ran.stderr.endswith(".\n"), ran.stderr
        assert ran.stderr.count("\n") == 1, ran.stderr
        return ran.stderr

    @property
    def settings(self) -> "Settings":
        from app.core.config import Settings

        return Settings.from_environment({"SUNDOWN_DATA_DIR": str(self.folder), "SUNDOWN_DATABASE_URL": self.url})

    def backed_up(self, file: Path) -> "Made":
        """Without a process of its own, as the next two: where a test has many files to try."""
        from app.transfer.backup import backup

        return backup(self.settings, file)

    def restored(self, file: Path) -> "Made":
        from app.transfer.backup import restore

        return restore(self.settings, file)

    def restore_refused(self, file: Path) -> str:
        from app.transfer.sealing import BackupRefused

        with pytest.raises(BackupRefused) as caught:
            self.restored(file)
        return str(caught.value)

    def rows(self) -> Rows:
        """Every row of every table there is, whether the models know the table or not."""
        from sqlalchemy import MetaData

        engine = self._engine()
        found: Rows = {}
        with engine.connect() as conn:
            tables = MetaData()
            tables.reflect(conn)
            for name, table in tables.tables.items():
                found[name] = sorted((tuple(row) for row in conn.execute(table.select())), key=repr)
        engine.dispose()
        return found

    def run(self, *statements: str) -> None:
        engine = self._engine()
        with engine.begin() as conn:
            for statement in statements:
                conn.exec_driver_sql(statement)
        engine.dispose()

    @property
    def untouched(self) -> bool:
        """Whether nothing was put here: no file but the lock of migrations, no table."""
        if self.sqlite:
            return {path.name for path in self.folder.glob("*")} <= {"sundown.db.migrating"}
        from sqlalchemy import inspect

        engine = self._engine()
        tables = inspect(engine).get_table_names()
        engine.dispose()
        return tables == []

    def _engine(self) -> "Engine":
        from sqlalchemy import create_engine

        from app.core.migrate import migration_url

        return create_engine(migration_url(self.url))


@pytest.fixture
def here(database_url: str, data_dir: Path) -> Place:
    """The place of the test's own database."""
    return Place(database_url, data_dir)


@pytest.fixture
def empty(
    request: pytest.FixtureRequest, here: Place, tmp_path: Path, database_names: Iterator[str]
) -> Iterator[Callable[[], Place]]:
    """`empty()` is a place of the same kind where nothing is yet."""
    made: list[str] = []

    def make() -> Place:
        name = next(database_names)
        folder = tmp_path / name
        if here.sqlite:
            return Place(f"sqlite:///{folder}/sundown.db", folder)
        made.append(name)
        return Place(administrator().create(name), folder)

    def administrator() -> "Administrator":
        return request.getfixturevalue("postgres")

    yield make
    for name in made:
        administrator().drop(name)


@pytest.fixture
def there(empty: Callable[[], Place]) -> Place:
    return empty()
