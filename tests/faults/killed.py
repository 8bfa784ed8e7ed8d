"""kill -9 of the server in the middle of its work."""

from pathlib import Path

from tests.faults.findings import Finding, examined
from tests.faults.load import newcomer, storm
from tests.support.server import Server


async def killed_server(data_dir: Path, database_url: str, *, acknowledgements: int, times: int = 1) -> Finding:
    """Kill it under 64 writers, as often as `times`, and start it again."""
    with Server(data_dir, database_url) as server:
        ledger = newcomer(server)
        for number in range(times):
            async with storm(server, ledger=ledger, name=f"round {number} note") as going:
                await going.acknowledgements(acknowledgements * (number + 1))
                server.kill()
            server.start()
        return await examined(server, ledger, "the server is killed (kill -9) under 64 writers")
