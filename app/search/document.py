"""What is kept of a person for search: each word once, those of name and company apart from the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.search.words import indexed

# PostgreSQL holds a megabyte in one tsvector; what comes first is kept, whichever database it is.
ROOM, ROOM_OF_A_WORD = 512 * 1024, 8


@dataclass(frozen=True, slots=True)
class Document:
    """Folded words separated by blanks; a word stands in `head` or in `body`, not in both."""

    head: str
    body: str

    @classmethod
    def of(cls, head: Iterable[str], body: Iterable[str]) -> "Document":
        """From the texts a person is called by and the texts about them, the more telling ones first."""
        kept: dict[str, None] = {}
        room = _gather(kept, head, ROOM)
        called = len(kept)
        _gather(kept, body, room)
        every = list(kept)
        return cls(" ".join(every[:called]), " ".join(every[called:]))


def _gather(kept: dict[str, None], texts: Iterable[str], room: int) -> int:
    for text in dict.fromkeys(texts):
        for word in indexed(text):
            if word not in kept:
                room -= len(word.encode()) + ROOM_OF_A_WORD
                if room < 0:
                    return 0
                kept[word] = None
    return room
