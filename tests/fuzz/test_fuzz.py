"""A slice of `make fuzz`, the same each time: a few requests of every operation."""

from pathlib import Path

import pytest

from tests.fuzz.running import callers_found_wanting

SLICE = ("--seed", "1", "--max-examples", "2", "--phases", "fuzzing")


@pytest.mark.server
@pytest.mark.database("sqlite")
def test_whoever_calls_every_answer_is_as_documented(data_dir: Path, database_url: str) -> None:
    assert callers_found_wanting(data_dir, database_url, *SLICE) == []
