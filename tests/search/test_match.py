"""Which field is shown for a hit, and which piece of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.search.match import LONGEST_EXCERPT, best, excerpt
from app.search.query import Nearness, Query
from app.search.words import words


def asked(text: str) -> Query:
    query = Query.of(text)
    assert query is not None
    return query


def test_the_field_with_most_of_what_was_typed_is_shown() -> None:
    texts = [("name", "Dana Reyes"), ("notes", "Likes Go."), ("card_note", "Dana, red scarf, Go and tea")]
    assert best(asked("dana"), texts) == {"field": "name", "excerpt": "Dana Reyes"}
    assert best(asked("go dan"), texts) == {"field": "card_note", "excerpt": "Dana, red scarf, Go and tea"}
    assert best(asked("gó"), texts) == {"field": "notes", "excerpt": "Likes Go."}
    assert best(asked("nobody"), texts) is None


def test_only_the_last_word_may_be_a_beginning() -> None:
    assert best(asked("nor"), [("company", "Northwind")]) is not None
    assert best(asked("nor dana"), [("company", "Northwind")]) is None


def test_an_excerpt_is_one_line_around_the_word_cut_at_words() -> None:
    text = "One  two\nthree. " * 40 + "the trunk-based article " + "and so on " * 40
    shown = excerpt(text, text.index("trunk"))
    assert len(shown) <= LONGEST_EXCERPT
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert " the trunk-based article and so on " in shown
    assert "\n" not in shown


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt(" Dana,\n red  scarf ", 10) == "Dana, red scarf"


@given(st.text(), st.integers(0, 50))
def test_an_excerpt_of_anything_is_short_and_one_line(text: str, at: int) -> None:
    shown = excerpt(text, min(at, len(text)))
    assert len(shown) <= LONGEST_EXCERPT
    assert shown == " ".join(shown.split())


@given(st.text(min_size=1), st.data())
def test_a_text_is_found_by_its_own_words(text: str, data: Any) -> None:
    own = words(text)
    if not own:
        assert Query.of(text) is None
        return
    beginning = own[-1][: data.draw(st.integers(1, len(own[-1])))]
    some = data.draw(st.lists(st.sampled_from(own), max_size=3))
    query = Query(tuple(dict.fromkeys(some)), beginning)
    found = best(query, [("notes", text)])
    assert found is not None
    assert len(found["excerpt"]) <= LONGEST_EXCERPT


def test_one_word_is_asked_for_twice_several_three_times() -> None:
    assert asked("dana").tiers == (Nearness.CALLED, Nearness.ABOUT)
    assert asked("dana nor").tiers == tuple(Nearness)
