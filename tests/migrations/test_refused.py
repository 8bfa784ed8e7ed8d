"""Migrations that must not happen do not: nothing is changed, and one line says why."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from app.core.migrate import EXPECTED, current, migration_url
from tests.migrations.conftest import ask
from tests.migrations.record import fill
from tests.migrations.test_schema import shape
from tests.support import factories as make
from tests.support.checkout import HALF_WAY, LATER, later_version
from tests.support.clients import ApiClient
from tests.support.commands import Sundown
from tests.support.server import Server

pytestmark = pytest.mark.server

TABLES = ("contacts", "encounters", "tasks", "touches", "promises", "alembic_version")
# With foreign keys off, as a batch needs it on SQLite, only a check before the commit notices.
ORPHANS = ('op.execute("DELETE FROM contacts")',)
REBUILT = (
    'with op.batch_alter_table("contacts", recreate="always") as batch:',
    '    batch.add_column(sa.Column("shoe_size", sa.Integer()))',
)


@pytest.fixture
async def filled(alice: ApiClient, database_url: str) -> AsyncIterator[Engine]:
    await fill(alice)
    engine = create_engine(migration_url(database_url))
    yield engine
    engine.dispose()


def everything(conn: Connection) -> dict[str, Any]:
    return {table: sorted(map(str, conn.execute(text(f"SELECT * FROM {table}")).all())) for table in TABLES} | {
        "shape": shape(conn)
    }


@pytest.fixture
def later(filled: Engine, tmp_path: Path) -> Callable[..., Sundown]:
    """`later(*statements)` is a version whose newest migration runs them, over the filled database."""
    url = filled.url.render_as_string(hide_password=False)
    return lambda *statements: Sundown(tmp_path / "data", url, later_version(tmp_path / "later", *statements))


async def test_a_migration_that_fails_half_way_changes_nothing_and_the_version_before_goes_on(
    alice: ApiClient, filled: Engine, later: Callable[..., Sundown]
) -> None:
    before = ask(filled, everything)
    told = f"could not be brought to schema {LATER}; nothing was changed. It said: the rest cannot be done."
    for command in ("migrate", "serve"):
        later(*HALF_WAY)(command).refused(told)
    assert ask(filled, everything) == before
    assert (await alice.post(f"{make.API}/captures", json=make.capture())).status_code == httpx.codes.CREATED


@pytest.mark.database("sqlite")
async def test_a_migration_that_breaks_references_is_refused(filled: Engine, later: Callable[..., Sundown]) -> None:
    before = ask(filled, everything)
    later(*ORPHANS)("migrate").refused("nothing was changed", "rows would point at nothing")
    assert ask(filled, everything) == before


@pytest.mark.database("sqlite")
async def test_a_table_that_is_built_anew_keeps_what_points_at_it(
    filled: Engine, later: Callable[..., Sundown]
) -> None:
    before = ask(filled, everything)
    assert later(*REBUILT)("migrate").out == f"The database is at {LATER}.\n"
    after = ask(filled, everything)
    assert len(after["contacts"]) == len(before["contacts"])
    assert all(after[table] == before[table] for table in ("encounters", "tasks", "touches", "promises"))


async def test_a_database_of_a_later_version_is_refused_by_every_command(filled: Engine, tmp_path: Path) -> None:
    with filled.begin() as conn:
        conn.execute(text(f"UPDATE alembic_version SET version_num = '{LATER}'"))
    before = ask(filled, everything)
    sundown = Sundown(tmp_path / "data", str(filled.url.render_as_string(False)))
    account = (
        "account",
        "create",
        "--email",
        "a@mail.example",
        "--name",
        "A",
        "--timezone",
        "UTC",
        "--password",
        "x" * 9,
    )
    for arguments in (("serve",), ("migrate",), account):
        sundown(*arguments).refused(f"at schema {LATER}", "Install the newer version again")
    assert ask(filled, everything) == before


def test_two_servers_that_start_at_once_on_nothing_both_come_up(empty_url: str, tmp_path: Path) -> None:
    servers = [Server(tmp_path / str(number) / "data", empty_url) for number in range(3)]
    for server in servers:
        server.log.parent.mkdir()
    with ThreadPoolExecutor(len(servers)) as at_once:
        list(at_once.map(Server.start, servers))
    answers = []
    for server in servers:
        with server.client() as client:
            answers.append(client.get("/readyz").status_code)
            assert client.post(
                f"{make.API}/accounts", json=make.account(email=f"{server.port}@mail.example")
            ).is_success
    assert answers == [httpx.codes.OK] * len(servers)
    for server in servers:
        server.stop()
        assert "Traceback" not in server.log.read_text()
    engine = create_engine(migration_url(empty_url))
    assert ask(engine, current) == EXPECTED
    assert ask(engine, lambda conn: conn.execute(text("SELECT count(*) FROM accounts")).scalar()) == len(servers)
    engine.dispose()
