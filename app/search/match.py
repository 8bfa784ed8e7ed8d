"""Why someone was found: the field that says most of what was typed, and the piece of it that does."""

from collections.abc import Iterable, Mapping

from app.search.query import Query
from app.search.words import located

LONGEST_EXCERPT, BEFORE = 160, 40


def best(query: Query, texts: Iterable[tuple[str, str]]) -> Mapping[str, str] | None:
    """`{field, excerpt}` of the (field, text) that answers most words, the first of equals; None where none does."""
    most, found = 0, None
    for field, text in texts:
        answers = [(word, query.asks_for(word.text)) for word in located(text)]
        answered = len(set().union(*(typed for _, typed in answers)))
        if answered > most:
            most, found = answered, {"field": field, "excerpt": excerpt(text, next(w.start for w, t in answers if t))}
    return found


def excerpt(text: str, at: int) -> str:
    """At most 160 characters of a text around a place in it, on one line, cut at words."""
    before, after = " ".join(text[:at].split()), " ".join(text[at:].split())
    gap = " " if before and after and text[at - 1].isspace() else ""
    if len(before) + len(gap) + len(after) <= LONGEST_EXCERPT:
        return before + gap + after
    if len(before) > BEFORE:
        before = f"…{before[-BEFORE:].partition(' ')[2]}"
    room = LONGEST_EXCERPT - len(before) - len(gap)
    if len(after) > room:
        cut = after[: room - 1]
        after = f"{cut.rpartition(' ')[0] or cut}…"
    return before + gap + after
