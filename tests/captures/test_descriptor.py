"""What a person is called until there is a name: the first words of the card note (R7)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.captures.descriptor import LONGEST, descriptor_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana, VP Eng at Northwind", "Dana"),
        ("red scarf \u2013 fintech, knows Ana", "red scarf"),
        ("red scarf \u2014 fintech", "red scarf"),
        ("red scarf\u2014fintech", "red scarf"),
        ("red scarf - fintech", "red scarf"),
        ("Jean-Luc from Lyon", "Jean-Luc from Lyon"),
        ("Tall man. Knows Ana.", "Tall man"),
        ("Works on node.js at Northwind", "Works on node.js at Northwind"),
        ("Dana\nVP Eng", "Dana"),
        ("Dana\r\nVP Eng", "Dana"),
        ("Dana\rVP Eng", "Dana"),
        ("\n\n  Dana  \n VP", "Dana"),
        ("Dana.", "Dana"),
        (", Dana, VP", "Dana VP"),
        ("\u2014", "\u2014"),
        ("\u062f\u0627\u0646\u0627\u060c \u0645\u0647\u0646\u062f\u0633\u0629", "\u062f\u0627\u0646\u0627"),
        ("\u7530\u4e2d\u3001\u30a8\u30f3\u30b8\u30cb\u30a2", "\u7530\u4e2d"),
        ("\u7530\u4e2d\u3055\u3093\u3002\u8d64\u3044", "\u7530\u4e2d\u3055\u3093"),
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 40),
        ("The woman with the red scarf who knows everybody", "The woman with the red scarf who knows"),
        ("The woman with the red scarf who knows An", "The woman with the red scarf who knows"),
        ("The woman with the red scarf who knows A", "The woman with the red scarf who knows A"),
        ("", None),
        (" \t\r\n", None),
    ],
)
def test_it_ends_at_the_first_comma_dash_full_stop_or_line_end(text: str, expected: str | None) -> None:
    assert descriptor_of(text) == expected


@given(st.text(max_size=300))
@example("\u200b" * 50)
@example("a" * 39 + " b")
@example(" " * 50 + ",")
def test_it_is_one_short_line_of_the_note_whatever_was_typed(text: str) -> None:
    descriptor = descriptor_of(text)
    if not text.strip():
        assert descriptor is None
        return
    assert descriptor
    assert descriptor == descriptor.strip()
    assert len(descriptor) <= LONGEST
    assert len(descriptor.splitlines()) == 1
