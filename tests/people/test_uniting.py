"""Two cards as one: what is empty is filled, lists are united, nothing is overwritten, and it can be taken back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.service import EMPTY
from app.people.uniting import CADENCE, FILLED, LISTS, parted, united

FIELDS = (*FILLED, *CADENCE, *LISTS, "linkedin_state", "notes", "do_not_contact")


def card(**given: Any) -> dict[str, Any]:
    return {**dict.fromkeys(FIELDS), **EMPTY, "name": "Dana Reyes", **given}


def merged(into: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return into | {name: after for name, (_, after) in united(into, other).items()}


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "an empty field is filled": ({}, {"company": "Northwind"}, {"company": "Northwind"}),
    "a blank field is filled": ({"company": ""}, {"company": "Northwind"}, {"company": "Northwind"}),
    "a full field stays": ({"company": "Contoso"}, {"company": "Northwind"}, {"company": "Contoso"}),
    "no is an answer": ({"new_year_card": False}, {"new_year_card": True}, {"new_year_card": False}),
    "addresses are united": (
        {"emails": ["dana@mail.example"]},
        {"emails": ["Dana@Mail.example", "d@northwind.example", "D@northwind.example"]},
        {"emails": ["dana@mail.example", "d@northwind.example"]},
    ),
    "numbers are united by their digits": (
        {"phones": ["+1 555 010 0199"]},
        {"phones": ["+1 (555) 010-0199", "555-0123", "front desk"]},
        {"phones": ["+1 555 010 0199", "555-0123", "front desk"]},
    ),
    "tags are united": ({"tags": ["go"]}, {"tags": ["Go", "go", "rust"]}, {"tags": ["go", "Go", "rust"]}),
    "notes are joined": ({"notes": "Likes Go."}, {"notes": "Go"}, {"notes": "Likes Go.\n\nGo"}),
    "the same note is there once": ({"notes": "A\n\nB"}, {"notes": "B "}, {"notes": "A\n\nB"}),
    "no note is not joined": ({"notes": "A"}, {"notes": ""}, {"notes": "A"}),
    "how often goes as one": ({"tier": "B"}, {"keep_in_touch_days": 45}, {"tier": "B", "keep_in_touch_days": None}),
    "how often is filled as one": (
        {},
        {"tier": "A", "keep_in_touch_days": 20},
        {"tier": "A", "keep_in_touch_days": 20},
    ),
    "an invitation is known": ({}, {"linkedin_state": "invited"}, {"linkedin_state": "invited"}),
    "a connection stays": (
        {"linkedin_state": "connected"},
        {"linkedin_state": "invited"},
        {"linkedin_state": "connected"},
    ),
    "who is not to be contacted still is not": ({}, {"do_not_contact": True}, {"do_not_contact": True}),
    "and stays so": ({"do_not_contact": True}, {}, {"do_not_contact": True}),
    "a name is found for who had none": (
        {"name": None, "descriptor": "red scarf"},
        {"descriptor": "fintech"},
        {"name": "Dana Reyes", "descriptor": "red scarf"},
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_two_cards_become_one(what: str) -> None:
    into, other, expected = CASES[what]
    result = merged(card(**into), card(**other))
    assert {name: result[name] for name in expected} == expected


def test_a_note_is_taken_out_of_notes_that_went_on() -> None:
    changes = united(card(notes="Mine."), card(notes="Theirs."))
    assert parted(card(notes="Mine.\n\nTheirs.\n\nLater."), changes) == {"notes": "Mine.\n\nLater."}
    assert parted(card(notes="All new."), changes) == {}


def test_what_was_changed_since_stays() -> None:
    changes = united(card(emails=["a@mail.example"]), card(company="Northwind", emails=["b@mail.example"]))
    now = card(company="Contoso", emails=["b@mail.example", "c@mail.example"])
    assert parted(now, changes) == {"emails": ["c@mail.example"]}


def test_nobody_is_left_without_a_name_and_a_descriptor() -> None:
    changes = united(card(name=None, descriptor="red scarf"), card(name="Dana"))
    assert parted(card(name="Dana", descriptor="red scarf"), changes) == {"name": None}
    assert parted(card(name="Dana", descriptor=None), changes) == {}


TEXTS = st.none() | st.sampled_from(["", "a", "b", "a\n\nb"])
CARDS = st.fixed_dictionaries(
    {
        **dict.fromkeys(FIELDS, TEXTS),
        "new_year_card": st.none() | st.booleans(),
        "tier": st.none() | st.sampled_from("AB"),
        "keep_in_touch_days": st.none() | st.integers(1, 3),
        "linkedin_state": st.sampled_from(["none", "invited", "connected"]),
        "do_not_contact": st.booleans(),
        **dict.fromkeys(LISTS, st.lists(st.sampled_from(["a", "A", "1 2", "12"]), max_size=3)),
    }
).filter(lambda one: one["name"] is not None or one["descriptor"] is not None)


@given(CARDS, CARDS)
def test_uniting_overwrites_nothing_loses_nothing_and_is_undone_whole(
    into: dict[str, Any], other: dict[str, Any]
) -> None:
    changes = united(into, other)
    result = merged(into, other)
    for name in FILLED:
        assert result[name] == into[name] if into[name] not in (None, "") else result[name] in (into[name], other[name])
    for name, alike in LISTS.items():
        assert result[name][: len(into[name])] == into[name]
        assert {alike(value) for value in result[name]} == {alike(value) for value in into[name] + other[name]}
    for notes in (into["notes"], other["notes"]):
        assert not notes or all(part in (result["notes"] or "") for part in notes.split("\n\n"))
    assert result["name"] is not None or result["descriptor"] is not None
    assert into | parted(result, changes) == into
    assert result | parted(result, changes) == into


@given(CARDS, CARDS, CARDS)
def test_parting_whatever_came_of_it_leaves_somebody_with_a_name(
    into: dict[str, Any], other: dict[str, Any], now: dict[str, Any]
) -> None:
    result = now | parted(now, united(into, other))
    assert result["name"] is not None or result["descriptor"] is not None
    assert all(isinstance(result[name], list) for name in LISTS)
