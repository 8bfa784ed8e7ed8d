"""A measured value beside its bar, and the server it is measured over."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.server import Server


@dataclass(frozen=True, slots=True)
class Row:
    """A value, its bar and the unit of both; smaller is better, but for `points`."""

    name: str
    value: float
    bar: float
    unit: str

    @property
    def holds(self) -> bool:
        return self.value >= self.bar if self.unit == "points" else self.value <= self.bar

    def __str__(self) -> str:
        verdict = "" if self.holds else "  MISSED"
        return f"{self.name:<56} {self.value:>8,.0f} {self.unit:<8} bar {self.bar:>6,.0f}{verdict}"


@contextmanager
def new_server() -> Iterator[tuple[Server, Path]]:
    """Over an empty database, and a folder beside it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        data.mkdir()
        with Server(data, f"sqlite:///{data / 'sundown.db'}") as server:
            yield server, folder


def twice_if_missed(measure: Callable[[], list[Row]]) -> list[Row]:
    """What depends on how busy the machine is fails only when it is missed twice in a row."""
    rows = measure()
    return rows if all(row.holds for row in rows) else measure()


def shown(rows: Iterable[Row]) -> int:
    """Print them as they come; how many are missed."""
    missed = 0
    for row in rows:
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
        missed += not row.holds
    return missed
