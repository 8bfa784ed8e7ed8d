"""`sundown` as an operator runs it: a process of its own, with nothing in its environment but what is given."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 120


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    def refused(self, *words: str, status: int = 1) -> None:
        """It ended with `status`, said all of `words` in plain lines on standard error, and nothing else."""
        assert self.status == status, self
        assert self.out == "", self
        assert "Traceback" not in self.err, self
        assert all(word in self.err for word in words), self


@dataclass(frozen=True)
class Sundown:
    """Commands over one installation. `code` is the folder that holds `app`, another checkout's for instance."""

    data_dir: Path
    database_url: str | None = None
    code: Path = ROOT

    def __call__(self, *arguments: str, typed: str = "", **settings: str) -> Outcome:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.data_dir.parent),
            "SUNDOWN_DATA_DIR": str(self.data_dir),
            "SUNDOWN_PASSWORD_HASH_COST": "test",
            **({} if self.database_url is None else {"SUNDOWN_DATABASE_URL": self.database_url}),
            **{f"SUNDOWN_{name.upper()}": value for name, value in settings.items()},
        }
        command = [sys.executable, "-m", "app", *arguments]
        ended = subprocess.run(
            command,
            cwd=self.code,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Outcome(ended.returncode, ended.stdout, ended.stderr)
