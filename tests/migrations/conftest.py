"""Databases at any revision."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine

from app.core.migrate import ROOT, migration_url
from tests.support.postgres import Administrator


def configuration(url: str) -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = url
    return config


@pytest.fixture
def empty_url(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path, database_names: Iterator[str]
) -> Iterator[str]:
    """A database without a schema, of the same kind as `database_url`."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    administrator: Administrator = request.getfixturevalue("postgres")
    name = next(database_names)
    yield administrator.create(name)
    administrator.drop(name)


@pytest.fixture
def migrate(empty_url: str) -> Callable[[str], None]:
    """Bring the empty database up, or down, to a revision."""
    places: list[str] = ["base"]

    def to(revision: str, *, down: bool = False) -> None:
        (command.downgrade if down else command.upgrade)(configuration(empty_url), revision)
        places.append(revision)

    return to


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    made = create_engine(migration_url(empty_url))
    yield made
    made.dispose()


def ask(engine: Engine, op: Callable[[Connection], Any]) -> Any:
    with engine.connect() as conn:
        return op(conn)
