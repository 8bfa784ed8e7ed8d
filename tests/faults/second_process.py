"""A second server on the same SQLite file, both under load."""

from pathlib import Path

from tests.faults.findings import Finding, examined
from tests.faults.load import newcomer, storm
from tests.support.server import Server


async def second_process(data_dir: Path, *, acknowledgements: int) -> Finding:
    url = f"sqlite:///{data_dir}/sundown.db"
    with Server(data_dir, url) as one, Server(data_dir, url) as other:
        ledger = newcomer(one)
        async with storm(one, other, ledger=ledger) as going:
            await going.acknowledgements(acknowledgements)
        return await examined(one, ledger, "a second server on the same file, 32 writers at each")
