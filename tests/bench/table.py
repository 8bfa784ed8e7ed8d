"""What was measured against what was asked for: rows of ratios, printed as one table."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One ratio. `floor` has to hold, `goal` is aimed at; `more` where a larger ratio is the better one."""

    what: str
    measured: float
    floor: float | None = None
    goal: float | None = None
    more: bool = False

    @property
    def holds(self) -> bool:
        if self.floor is None:
            return True
        return self.measured >= self.floor if self.more else self.measured <= self.floor

    @property
    def verdict(self) -> str:
        if self.floor is None:
            return ""
        if self.goal is not None and (self.measured >= self.goal if self.more else self.measured <= self.goal):
            return "goal"
        return "holds" if self.holds else "FAILS"


def printed(rows: Iterable[Row]) -> str:
    """A Markdown table, as it stands in docs/performance.md."""
    lines = ["| what | floor | goal | measured | |", "|---|--:|--:|--:|---|"]
    for row in rows:
        sign = "≥" if row.more else "≤"
        floor, goal = (f"{sign} {_number(value)}" if value is not None else "" for value in (row.floor, row.goal))
        lines.append(f"| {row.what} | {floor} | {goal} | {_number(row.measured)} | {row.verdict} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:.0f}" if value in (0, int(value)) or value >= 100 else f"{value:.2f}"
