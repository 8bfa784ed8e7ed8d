"""Schemas that do not fit the code: a migration that fails half-way, and a database of a later version."""

from pathlib import Path

from sqlalchemy import create_engine, text

from app.core.migrate import EXPECTED, migration_url
from tests.faults.findings import Finding, examined
from tests.faults.load import Ledger, newcomer, storm
from tests.support.checkout import HALF_WAY, LATER, later_version
from tests.support.commands import Sundown
from tests.support.server import Server


async def filled(server: Server, acknowledgements: int) -> Ledger:
    """Start the server, save notes, and stop it."""
    with server:
        ledger = newcomer(server)
        async with storm(server, ledger=ledger, writers=8) as going:
            await going.acknowledgements(acknowledgements)
        server.stop()
    return ledger


async def half_a_migration(data_dir: Path, database_url: str, folder: Path, *, acknowledgements: int) -> Finding:
    server = Server(data_dir, database_url)
    ledger = await filled(server, acknowledgements)
    outcome = Sundown(data_dir, database_url, later_version(folder, *HALF_WAY))("serve")
    outcome.refused(f"could not be brought to schema {LATER}; nothing was changed")
    return await gone_on(server, ledger, "a migration fails half-way", outcome.err)


async def later_database(data_dir: Path, database_url: str, *, acknowledgements: int) -> Finding:
    server = Server(data_dir, database_url)
    ledger = await filled(server, acknowledgements)
    stand_at(database_url, LATER)
    outcome = Sundown(data_dir, database_url)("serve")
    outcome.refused(f"This database is at schema {LATER}")
    stand_at(database_url, EXPECTED)
    return await gone_on(server, ledger, "the database is newer than the code", outcome.err)


def stand_at(database_url: str, revision: str) -> None:
    engine = create_engine(migration_url(database_url))
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


async def gone_on(server: Server, ledger: Ledger, fault: str, said: str) -> Finding:
    """The version that fits serves again."""
    told = said.strip().partition(". ")[0]
    with server:
        return await examined(server, ledger, fault, seen=f"it does not start: “{told}.”")
