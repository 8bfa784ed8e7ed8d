"""What was found after a fault, and how it is counted."""

from dataclasses import dataclass, replace

from tests.faults.load import Ledger, send_again, stored
from tests.support.server import Server

HEAD = "| fault | database | what the clients are told | acknowledged | lost | doubled |\n|---|---|---|--:|--:|--:|\n"


@dataclass(frozen=True)
class Finding:
    """`acknowledged` notes before, `lost` of them afterwards, and notes that are there more than once."""

    fault: str
    database: str
    seen: str
    acknowledged: int
    lost: int
    doubled: int

    @property
    def holds(self) -> bool:
        return self.acknowledged > 0 and self.lost == 0 == self.doubled

    def row(self) -> str:
        cells = (
            self.fault,
            self.database,
            self.seen,
            *(f"{n:,}" for n in (self.acknowledged, self.lost, self.doubled)),
        )
        return f"| {' | '.join(cells)} |"


async def examined(
    server: Server, ledger: Ledger, fault: str, *, seen: str | None = None, replayed: bool = True
) -> Finding:
    """Count what the server has; then send everything again, and count what that doubled."""
    there = await stored(server, ledger)
    lost = [note for note in ledger.acknowledged if note not in there]
    doubled = [note for note, times in there.items() if times > 1]
    database = "SQLite" if "sqlite" in server.environment["SUNDOWN_DATABASE_URL"] else "PostgreSQL"
    finding = Finding(fault, database, seen or ledger.told(), len(ledger.acknowledged), len(lost), len(doubled))
    if not replayed:
        return finding
    await send_again(server, ledger)
    after = await stored(server, ledger)
    assert set(after) == set(ledger.sent), "each note that was sent is there, once its phone has insisted"
    return replace(finding, doubled=len([note for note, times in after.items() if times > 1]))
