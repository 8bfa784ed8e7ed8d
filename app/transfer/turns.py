"""Whose turn it is: exports and imports are the largest requests there are, so each account has a few an hour."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from app.core.problems import TooManyRequests, Unavailable

LIMIT, WINDOW = 12, timedelta(hours=1)


class TooManyTransfers(TooManyRequests):
    slug = "too-many-transfers"


class Turns:
    """Counted in the memory of one process: this spares the machine and guards no secret."""

    def __init__(self) -> None:
        self._taken: dict[str, deque[datetime]] = {}
        self._importing = asyncio.Lock()

    def take(self, owner_id: str, now: datetime) -> None:
        """Count one more of this account. Raises TooManyTransfers with Retry-After in seconds."""
        self._forget_old(now)
        taken = self._taken.setdefault(owner_id, deque())
        if len(taken) >= LIMIT:
            wait = taken[0] + WINDOW - now
            seconds = max(1, int(wait.total_seconds()) + 1)
            raise TooManyTransfers(
                f"{LIMIT} exports and imports an hour are taken. Please wait {(seconds + 59) // 60} minutes.",
                headers={"Retry-After": str(seconds)},
            )
        taken.append(now)

    @asynccontextmanager
    async def import_alone(self) -> AsyncIterator[None]:
        """One archive at a time is held in memory as rows. Raises Unavailable while there is another."""
        if self._importing.locked():
            raise Unavailable("Another archive is being imported. Please try again in a moment.", retry_after=5)
        async with self._importing:
            yield

    def _forget_old(self, now: datetime) -> None:
        for owner_id, taken in list(self._taken.items()):
            while taken and taken[0] <= now - WINDOW:
                taken.popleft()
            if not taken:
                del self._taken[owner_id]
