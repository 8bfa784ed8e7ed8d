"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

# A Tuesday afternoon in Lisbon, before the spring change of clocks anywhere.
DEFAULT_NOW = datetime(2026, 3, 3, 15, 30, tzinfo=UTC)


class FrozenClock:
    def __init__(self, at: datetime = DEFAULT_NOW) -> None:
        self.set(at)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        assert at.tzinfo is not None, "a clock tells aware times"
        self._at = at.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        self._at += by
