"""`make fuzz`: schemathesis against a server with the demo's year in it, as each caller in turn.

`--database postgresql` is for this program, every other option for `st run`: `--seed 7 --max-examples 100`.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.fuzz.running import callers_found_wanting
from tests.support.postgres import Administrator, PostgresServer

USUAL = ("--seed", "1", "--max-examples", "25")


def main() -> int:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    chosen, options = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="fuzz_") as name, _database(chosen.database, Path(name)) as url:
        data_dir = Path(name) / "data"
        data_dir.mkdir()
        return bool(callers_found_wanting(data_dir, url, *USUAL, *options))


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/sundown.db"
        return
    postgres = PostgresServer()
    postgres.start()
    try:
        with closing(Administrator(postgres.folder)) as databases:
            yield databases.create(folder.name)
    finally:
        postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
