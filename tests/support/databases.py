"""An empty database for each test, with the schema of one that Alembic migrated."""

import fcntl
import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import Administrator, PostgresServer
from tests.support.reuse import Databases
from tests.support.system import Missing

KINDS = ("sqlite", "postgresql")
POSTGRES_TEMPLATE = "migrated"
SERVER = pytest.StashKey[PostgresServer]()


def chosen_kinds(config: pytest.Config) -> tuple[str, ...]:
    choice = str(config.getoption("--database"))
    return KINDS if choice == "both" else (choice,)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=(*KINDS, "both"),
        default="both",
        help="run the tests that use a database on this one (default: both)",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker where the one PostgreSQL of this session is."""
    if "postgresql" in chosen_kinds(node.config):
        node.workerinput["postgres"] = str(postgres_folder(node.config))


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server:
        server.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses a database on each chosen kind, and what drives a browser on the first of them."""
    if "database_url" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("database")
    kinds = marker.args if marker else chosen_kinds(metafunc.config)
    if "browser" in metafunc.fixturenames:
        kinds = kinds[:1]
    metafunc.parametrize("database_url", kinds, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked for a kind of database that was not asked for."""

    def wanted(item: pytest.Item) -> bool:
        marker = item.get_closest_marker("database")
        return marker is None or marker.args[0] in chosen_kinds(config)

    left_out = [item for item in items if not wanted(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if wanted(item)]


def postgres_folder(config: pytest.Config) -> Path:
    """Where the session's PostgreSQL listens; the first process starts it, to outlive the workers."""
    told = getattr(config, "workerinput", {}).get("postgres")
    if told:
        return Path(told)
    if SERVER not in config.stash:
        try:
            server = config.stash[SERVER] = PostgresServer()
        except Missing as missing:
            raise pytest.UsageError(f"The tests need {missing}") from None
        server.start()
    return config.stash[SERVER].folder


def once(folder: Path, name: str, make: Callable[[], None]) -> None:
    """Call `make` in one process of those that share `folder`; the others wait for it."""
    done = folder / f"{name}.done"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str | None:
    """The name of the xdist worker this is; None where one process does it all."""
    return getattr(request.config, "workerinput", {}).get("workerid")


@pytest.fixture(scope="session")
def session_folder(tmp_path_factory: pytest.TempPathFactory, worker: str | None) -> Path:
    """A folder that all processes of this session see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if worker else own


@pytest.fixture(scope="session")
def sqlite_template(session_folder: Path) -> Path:
    path = session_folder / "migrated.db"

    def make() -> None:
        from app.core.migrate import upgrade

        upgrade(f"sqlite:///{path}")
        assert not path.with_name("migrated.db-wal").exists(), "a copy of the file would lack what the log holds"

    once(session_folder, "sqlite", make)
    return path


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest, session_folder: Path) -> Iterator[Administrator]:
    """Creates and drops databases; the one named by POSTGRES_TEMPLATE is migrated."""
    with closing(Administrator(postgres_folder(request.config))) as administrator:

        def make() -> None:
            from app.core.migrate import upgrade

            administrator.drop(POSTGRES_TEMPLATE)  # left half-way by a migration that failed
            upgrade(administrator.create(POSTGRES_TEMPLATE))

        once(session_folder, "postgresql", make)
        yield administrator


@pytest.fixture(scope="session")
def database_names(worker: str | None) -> Iterator[str]:
    return (f"test_{worker or 'main'}_{number}" for number in itertools.count())


@pytest.fixture(scope="session")
def postgres_databases(postgres: Administrator, database_names: Iterator[str]) -> Databases:
    return Databases(postgres, POSTGRES_TEMPLATE, database_names)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def database_url(request: pytest.FixtureRequest, data_dir: Path) -> Iterator[str]:
    """A migrated, empty database of this test's own; runs the test on each kind that was asked for."""
    if request.param == "sqlite":
        path = data_dir / "sundown.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    databases: Databases = request.getfixturevalue("postgres_databases")
    name = databases.take()
    yield databases.url(name)
    databases.give_back(name)
