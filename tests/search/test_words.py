"""How text becomes words, the same for what is kept and for what is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.folding import fold
from app.search.document import ROOM, Document
from app.search.words import LONGEST_WORD, indexed, located, words

CASES = {
    "José": ["jose"],
    "JOSÉ": ["jose"],
    "Jose\u0301": ["jose"],
    "Łukasz Sørensen, Đorđe": ["lukasz", "sorensen", "dorde"],
    "İpek Işık": ["ipek", "isik"],
    "Straße": ["strasse"],
    "ﬁnance Ⅷ": ["finance", "viii"],
    "\U0001d403\U0001d41a\U0001d427\U0001d41a": ["dana"],
    "Δανάη": ["δαναη"],
    "Дана Йована": ["дана", "иована"],
    "VP-Eng (at) Northwind/EU_1": ["vp", "eng", "at", "northwind", "eu", "1"],
    "C++ & C# + .NET": ["c", "c", "net"],
    "dana@mail.example": ["dana", "mail", "example"],
    "O'Brien": ["o", "brien"],
    "1,000 €": ["1", "000"],
    "\uff15\uff15\uff15": ["555"],
    "田中さん": ["田", "中", "さ", "ん"],
    "김민수": [unicodedata.normalize("NFKD", "김민수")],
    "met🎉at👩\u200d💻party": ["met", "🎉", "at", "👩", "💻", "party"],
    "☎\ufe0f call": ["☎", "call"],
    "": [],
    " \t\n": [],
    '"*():^-+.,;!?\\': [],
    "AND OR NOT NEAR": ["and", "or", "not", "near"],
    "\u0301": [],
}


@pytest.mark.parametrize("text", CASES)
def test_text_is_cut_into_folded_words(text: str) -> None:
    assert words(text) == CASES[text]


@given(text=st.text() | st.text("aB1 '-\u00e9", max_size=200) | st.text("aB1 .", max_size=200))
def test_what_is_indexed_is_what_is_located(text: str) -> None:
    assert indexed(text) == [word.text for word in located(text)]


@given(st.text())
def test_folding_leaves_no_case_and_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.casefold() == folded
    assert folded == "".join(fold(character) for character in text)


@given(st.text())
def test_words_are_found_where_they_are_said_to_stand(text: str) -> None:
    found = located(text)
    assert set(words(text)) <= {word.text for word in found}
    for word in found:
        assert 0 < len(word.text) <= LONGEST_WORD
        assert word.text in "".join(words(text[word.start : word.end]))


@given(st.text())
def test_no_word_holds_what_either_database_would_read_as_syntax(text: str) -> None:
    for word in located(text):
        assert not set(word.text) & set("\"'\\ -\x00:&|!*()")
        assert fold(word.text) == word.text


@pytest.mark.parametrize("name", ["O'Brien", "O’Brien", "OʼBrien"])
def test_a_name_with_an_apostrophe_is_kept_whole_too(name: str) -> None:
    assert {word.text for word in located(name)} == {"o", "brien", "obrien"}
    assert [name[word.start : word.end] for word in located(name)] == ["O", name, "Brien"]


def test_quotation_marks_join_nothing() -> None:
    assert [word.text for word in located("the 'red scarf' one")] == ["the", "red", "scarf", "one"]


def test_a_very_long_word_is_cut_alike_when_kept_and_when_typed() -> None:
    long = "a" * 1000
    assert words(long) == [word.text for word in located(long)] == ["a" * LONGEST_WORD]


def test_each_word_is_kept_once_and_apart_from_the_others_where_it_is_called_so() -> None:
    document = Document.of(["Dana Reyes", "Northwind"], ["reyes met Dana twice, twice"])
    assert document == Document("dana reyes northwind", "met twice")


def test_what_does_not_fit_is_left_out_from_the_end() -> None:
    flood = " ".join(f"w{number:07}" for number in range(100_000))
    document = Document.of(["Dana"], ["first", flood, "last"])
    kept = document.body.split()
    assert document.head == "dana"
    assert kept[0] == "first"
    assert "last" not in kept
    assert len(document.head.encode()) + len(document.body.encode()) < ROOM
