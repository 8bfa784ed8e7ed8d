"""Whether two names may be one person's: pure. It would rather miss one than be wrong."""

import re
import unicodedata
from enum import IntEnum

from app.core.folding import fold
from app.search.words import APOSTROPHES

# More words are a sentence.
MOST_WORDS = 6
TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx"})
# Shorter words that are a letter apart are other names: Maria and Marta.
LEAST_FOR_TYPO = 6
LEAST_FOR_SHORT, LEAST_LEFT_OUT = 3, 2
_ASCII = re.compile(r"[a-z0-9]+")
Words = tuple[str, ...]


class Alike(IntEnum):
    """How sure two names are one, the surest last. BARE is one word shared, which says nothing by itself."""

    BARE = 1
    INITIAL = 2
    SHORT = 3
    TYPO = 4
    PART = 5
    SAME = 6


def cut(name: str | None) -> Words:
    """The words of a name as they stand in it, folded, without titles; none for a sentence.

    Unlike the words of search, a name in a script without spaces stays whole: its characters are no initials.
    """
    folded = fold(name or "")
    words = _ASCII.findall("".join(c for c in folded if c not in APOSTROPHES)) if folded.isascii() else _cut(folded)
    words = [word for word in words if word not in TITLES] or words
    return tuple(words) if len(words) <= MOST_WORDS else ()


def _cut(folded: str) -> list[str]:
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in folded if c not in APOSTROPHES)
    return "".join(kept).split()


def alike(one: Words, other: Words) -> Alike | None:
    """How alike two names are that were `cut`; None for other people's. The order of the words does not matter.

    Every word of the shorter name has its equal in the longer one; one of them may be an initial, cut short or
    have a slip in it. A word that is more than an initial is shared in any case.
    """
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    left, more, whole = list[str](), list(longer), 0
    for word in shorter:
        if word in more:
            more.remove(word)
            whole += len(word) > 1
        else:
            left.append(word)
    if not whole or len(left) > 1:
        return None
    if left:
        first = shorter[0], longer[0]
        found = [each for each in (_word_alike(left[0], word, first) for word in more) if each]
        return max(found, default=None)
    if whole == 1:
        return Alike.BARE if len(shorter) == 1 else Alike.INITIAL
    return Alike.PART if more else Alike.SAME


def _word_alike(one: str, other: str, first: tuple[str, str]) -> Alike | None:
    """`first` are the words the names begin with: only a first name is cut short, Berg and Bergstrom are two."""
    if one[0] != other[0]:
        return None
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if _slipped(shorter, longer):
        return Alike.TYPO
    if not longer.startswith(shorter):
        return None
    if len(shorter) == 1 and shorter.isalpha():
        return Alike.INITIAL
    short = len(shorter) >= LEAST_FOR_SHORT and len(longer) - len(shorter) >= LEAST_LEFT_OUT
    return Alike.SHORT if short and (one, other) == first else None


def _slipped(shorter: str, longer: str) -> bool:
    """One letter more, another one, or two changed places; not at either end, where Daniel becomes Daniela."""
    if len(shorter) < LEAST_FOR_TYPO or len(longer) - len(shorter) > 1:
        return False
    if shorter[-1] != longer[-1]:
        return False
    at = next((place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at : at + 2] == longer[at : at + 2][::-1]
    return shorter[at + 1 :] == longer[at + 1 :] or (swapped and shorter[at + 2 :] == longer[at + 2 :])


def keys(words: Words) -> set[str]:
    """Names that are alike share one of these, unless they are BARE: a whole word, and how another one begins."""
    whole = [(place, word) for place, word in enumerate(words) if len(word) > 1]
    return {f"{word} {other[0]}" for place, word in whole for at, other in enumerate(words) if at != place}
