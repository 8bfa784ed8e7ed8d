"""Whether two names may be one person's: rather miss one than be wrong."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.likeness import MOST_WORDS, Alike, alike, cut, keys

SAME, PART, TYPO, SHORT, INITIAL, BARE = Alike.SAME, Alike.PART, Alike.TYPO, Alike.SHORT, Alike.INITIAL, Alike.BARE
CASES: dict[tuple[str, str], Alike | None] = {
    # as they are, however they are typed
    ("Dana Reyes", "Dana Reyes"): SAME,
    ("Dana Reyes", "  dana   REYES "): SAME,
    ("Reyes, Dana", "Dana Reyes"): SAME,
    ("José Núñez", "jose nunez"): SAME,
    ("Łukasz Bąk", "Lukasz Bak"): SAME,
    ("Siobhán O’Brien", "Siobhan OBrien"): SAME,
    ("Anne-Marie Koch", "Anne Marie Koch"): SAME,
    ("Dr. Dana Reyes", "Dana Reyes"): SAME,
    ("नमिता राव", "नमिता राव"): SAME,
    # a name left out
    ("Ana Maria Silva", "Ana Silva"): PART,
    ("Jane M. Doe", "Jane Doe"): PART,
    ("Jane Doe", "Jane Doe Smith"): PART,
    # a letter slipped
    ("Tom Okafor", "Tom Okafer"): TYPO,
    ("Tom Okafor", "Tom Okaffor"): TYPO,
    ("Katherine Lind", "Katharine Lind"): TYPO,
    ("Katherine Lind", "Kahterine Lind"): TYPO,
    ("Ola Bergstrom", "Ola Bergstom"): TYPO,
    # and people who are one letter apart
    ("Maria Silva", "Marta Silva"): None,
    ("Marco Rossi", "Mario Rossi"): None,
    ("Daniel Kim", "Daniela Kim"): None,
    ("Christian Vogel", "Christina Vogel"): None,
    ("Francisca Paz", "Francisco Paz"): None,
    ("Jan Doe", "Jane Doe"): None,
    ("Dan Kim", "Dana Kim"): None,
    ("Speaker 2", "Speaker 3"): None,
    ("Person 1", "Person 10"): None,
    # cut short
    ("Alex Kim", "Alexander Kim"): SHORT,
    ("Rob Lind", "Robert Lind"): SHORT,
    ("Anna Berg", "Anna Bergstrom"): None,
    ("Al Kim", "Alexander Kim"): None,
    # initials
    ("Jane D.", "Jane Doe"): INITIAL,
    ("Jane D.", "Jane D."): INITIAL,
    ("J. Doe", "Jane Doe"): INITIAL,
    ("J. Doe", "Doe, Jane"): INITIAL,
    ("Jane M. Doe", "Jane Mary Doe"): INITIAL,
    ("Jane D.", "Jane Roe"): None,
    ("J. D.", "Jane Doe"): None,
    ("J.", "Jane"): None,
    ("Jane M. Doe", "Jane K. Doe"): None,
    ("Dr. M.", "Dr. Maria"): None,
    # one word, of no use by itself
    ("Dana", "Dana"): BARE,
    ("Dana", "Dana Reyes"): BARE,
    ("Reyes", "Dana Reyes"): BARE,
    ("張偉", "張偉"): BARE,
    # somebody else
    ("Dana Reyes", "Dana Nilsen"): None,
    ("Dana Reyes", "Noor Reyes"): None,
    ("Dana Reyes", "Tom Okafor"): None,
    ("張偉", "偉張"): None,
    ("", "Dana"): None,
    ("…", "…"): None,
}


@pytest.mark.parametrize("names", CASES, ids=" / ".join)
def test_names_are_alike_or_not(names: tuple[str, str]) -> None:
    one, other = map(cut, names)
    assert alike(one, other) == alike(other, one) == CASES[names]


def test_a_sentence_is_no_name() -> None:
    assert cut("tall, with a red scarf, knows Ana") == ()
    assert cut("Prof. Dr. Ana Maria da Silva e Sousa") == ("ana", "maria", "da", "silva", "e", "sousa")


def test_a_title_alone_is_what_they_are_called() -> None:
    assert cut("Prof") == ("prof",)


LETTERS = st.text(alphabet="abo", min_size=1, max_size=8)
NAMES = st.lists(st.one_of(LETTERS, st.sampled_from(["jane", "doe", "marina", "martina", "alex", "alexander", "d"])))
ANY_NAME = st.one_of(NAMES.map(" ".join), st.text(max_size=200))


@given(ANY_NAME, ANY_NAME)
def test_who_is_like_whom_has_no_direction_and_shares_a_key(one: str, other: str) -> None:
    mine, theirs = cut(one), cut(other)
    found = alike(mine, theirs)
    assert found == alike(theirs, mine)
    assert found is None or found is BARE or keys(mine) & keys(theirs)


@given(ANY_NAME)
def test_a_name_is_like_itself_however_its_words_stand(name: str) -> None:
    words = cut(name)
    for turned in itertools.islice(itertools.permutations(words), 6):
        assert alike(words, turned) == alike(words, words)
    assert len(keys(words)) <= MOST_WORDS * (MOST_WORDS - 1)
