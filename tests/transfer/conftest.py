"""A filled place and an empty one of the same kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.postgres import Administrator
from tests.transfer.places import Place


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

    def administrator() -> Administrator:
        return request.getfixturevalue("postgres")

    yield make
    for name in made:
        administrator().drop(name)


@pytest.fixture
def there(empty: Callable[[], Place]) -> Place:
    return empty()
