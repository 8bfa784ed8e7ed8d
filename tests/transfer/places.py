"""Two places for a database, the command line run on either, and every row in them."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, inspect

from app.core.config import Settings
from app.core.migrate import migration_url
from app.transfer.backup import Made, backup, restore
from app.transfer.sealing import BackupRefused
from tests.support.server import ROOT

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
    def settings(self) -> Settings:
        return Settings.from_environment({"SUNDOWN_DATA_DIR": str(self.folder), "SUNDOWN_DATABASE_URL": self.url})

    def backed_up(self, file: Path) -> Made:
        """Without a process of its own, as the next two: where a test has many files to try."""
        return backup(self.settings, file)

    def restored(self, file: Path) -> Made:
        return restore(self.settings, file)

    def restore_refused(self, file: Path) -> str:
        with pytest.raises(BackupRefused) as caught:
            self.restored(file)
        return str(caught.value)

    def rows(self) -> Rows:
        """Every row of every table there is, whether the models know the table or not."""
        engine = create_engine(migration_url(self.url))
        found: Rows = {}
        with engine.connect() as conn:
            tables = MetaData()
            tables.reflect(conn)
            for name, table in tables.tables.items():
                found[name] = sorted((tuple(row) for row in conn.execute(table.select())), key=repr)
        engine.dispose()
        return found

    def run(self, *statements: str) -> None:
        engine = create_engine(migration_url(self.url))
        with engine.begin() as conn:
            for statement in statements:
                conn.exec_driver_sql(statement)
        engine.dispose()

    @property
    def untouched(self) -> bool:
        """Whether nothing was put here: no file but the lock of migrations, no table."""
        if self.sqlite:
            return {path.name for path in self.folder.glob("*")} <= {"sundown.db.migrating"}
        engine = create_engine(migration_url(self.url))
        tables = inspect(engine).get_table_names()
        engine.dispose()
        return tables == []
