"""PostgreSQL goes away under load and comes back, while the server stays."""

import signal
from contextlib import closing
from pathlib import Path

from tests.faults.findings import Finding, examined
from tests.faults.load import NO_ANSWER, WRITERS, newcomer, storm
from tests.support.postgres import Administrator, PostgresServer
from tests.support.server import Server

WAYS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


async def restarted_postgres(postgres: PostgresServer, data_dir: Path, *, acknowledgements: int) -> Finding:
    """Once with a fast stop, once with an immediate one that it has to recover from; phones insist."""
    with closing(Administrator(postgres.folder)) as databases:
        url = databases.create("restarted")
    with Server(data_dir, url) as server:
        ledger = newcomer(server)
        async with storm(server, ledger=ledger, insist=True) as going:
            for how in WAYS.values():
                await going.acknowledgements(len(ledger.acknowledged) + acknowledgements)
                refused = ledger.answers["503"]
                postgres.halt(how)
                await going.until(lambda refused=refused: ledger.answers["503"] >= refused + WRITERS)
                postgres.run()
            await going.acknowledgements(len(ledger.acknowledged) + acknowledgements)
        assert set(ledger.answers) <= {"201", "503", NO_ANSWER}, ledger
        assert ledger.problems <= {"/problems/unavailable", "/problems/commit-unknown"}, ledger
        return await examined(server, ledger, "PostgreSQL is restarted under 64 writers, fast and immediate")
