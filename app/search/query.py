"""What was typed, as words: all of them are asked for, the last may be the beginning of one."""

from dataclasses import dataclass
from enum import Enum

from app.search.words import words


class Nearness(Enum):
    """How well a person fits, best first: every word in what they are called, one of them, or none."""

    CALLED = 1
    PARTLY_CALLED = 2
    ABOUT = 3


@dataclass(frozen=True, slots=True)
class Query:
    whole: tuple[str, ...]
    beginning: str

    @classmethod
    def of(cls, text: str) -> "Query | None":
        """None where nothing typed is a word. Punctuation and operators only part words."""
        found = words(text)
        return cls(tuple(dict.fromkeys(found[:-1])), found[-1]) if found else None

    def asks_for(self, word: str) -> set[str]:
        """Which of the typed words a word of a text answers."""
        answered = {word} if word in self.whole else set[str]()
        return answered | {f"{self.beginning}*"} if word.startswith(self.beginning) else answered

    @property
    def tiers(self) -> tuple[Nearness, ...]:
        """The classes to ask for in turn; with a single word, one that is partly there is there."""
        return tuple(Nearness) if self.whole else (Nearness.CALLED, Nearness.ABOUT)
