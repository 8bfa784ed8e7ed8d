"""Text as the words both databases index: runs of letters, digits and marks of the folded text, cut here."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.core.folding import fold

LONGEST_WORD = 64
APOSTROPHES = frozenset("'’ʼ`´")
# Scripts written without spaces: each character is a word of its own, so that a part of a name is found.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_ASCII = re.compile(r"[a-z0-9]+")


class Word(NamedTuple):
    """A word and where it stands in the text it came from."""

    text: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """The words of a text in order, as a query is cut."""
    return [word.text for word in _located(text)]


def indexed(text: str) -> list[str]:
    """The same words that `located` finds, without their places."""
    if text.isascii() and APOSTROPHES.isdisjoint(text):
        return [run[:LONGEST_WORD] for run in _ASCII.findall(text.lower())]
    return [word.text for word in located(text)]


def located(text: str) -> list[Word]:
    """The words of a text with the places they come from, as a source is indexed.

    Around an apostrophe the whole is a word too: O'Brien is found by "o'brien", "brien" and "obrien".
    """
    found: list[Word] = []
    for word in _located(text):
        if found and word.start == found[-1].end + 1 and text[found[-1].end] in APOSTROPHES:
            before = found[-1]
            found.append(Word((before.text + word.text)[:LONGEST_WORD], before.start, word.end))
        found.append(word)
    return found


def _located(text: str) -> list[Word]:
    if text.isascii():
        return [Word(run[0][:LONGEST_WORD], run.start(), run.end()) for run in _ASCII.finditer(text.lower())]
    return list(_cut((character, index) for index, original in enumerate(text) for character in fold(original)))


def _cut(characters: Iterable[tuple[str, int]]) -> Iterator[Word]:
    run, start, end = "", 0, 0
    for character, index in characters:
        kind = _kind(character)
        if run and kind != "joins":
            yield Word(run[:LONGEST_WORD], start, end)
            run = ""
        if kind == "alone":
            yield Word(character, index, index + 1)
        elif kind == "joins":
            start, run, end = (start if run else index), run + character, index + 1
    if run:
        yield Word(run[:LONGEST_WORD], start, end)


def _kind(character: str) -> str:
    """`joins` a run, stands `alone` (an emoji, a character of a script without spaces), or `parts` two runs."""
    category = unicodedata.category(character)
    if category == "So":
        return "alone"
    if category[0] not in "LNM" or character in APOSTROPHES or "\ufe00" <= character <= "\ufe0f":
        return "parts"
    return "alone" if _UNSPACED.match(character) else "joins"
