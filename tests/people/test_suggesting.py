"""Which cards may be of one person: by address, number, profile or name, with few that are wrong."""

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people import suggesting
from app.people.suggesting import NEIGHBOURS, Card, Suggestion, Traits, compared, of_one, pairs

MIXER = {("pydata mixer", date(2026, 3, 3)): "PyData mixer"}
APRIL = {("pydata mixer", date(2026, 4, 7)): "PyData mixer"}
DANA_IN, TOM_IN = "https://www.linkedin.com/in/dana-reyes", "https://www.linkedin.com/in/tom-okafor"


def card(card_id: str = "1", **given: Any) -> Card:
    return Card(card_id, **given)


Given = dict[str, Any]
CASES: dict[str, tuple[Given, Given, list[str]]] = {
    "the same address": (
        {"name": "Dana Reyes", "emails": ("dana@mail.example",)},
        {"name": "D.", "emails": ("work@mail.example", "Dana@Mail.example")},
        ["email"],
    ),
    "another address": ({"emails": ("dana@mail.example",)}, {"emails": ("dana@work.example",)}, []),
    "the same number however it is written": (
        {"phones": ("+1 555 010 0199",)},
        {"phones": ("001 (555) 010-0199",)},
        ["phone"],
    ),
    "the same number without its country": ({"phones": ("+1 555 0100",)}, {"phones": ("555 0100",)}, ["phone"]),
    "the same number from within": ({"phones": ("+44 20 7946 0018",)}, {"phones": ("020 7946 0018",)}, ["phone"]),
    "a zero in brackets": ({"phones": ("+44 (0)20 7946 0018",)}, {"phones": ("+44 20 7946 0018",)}, ["phone"]),
    "nine digits": ({"phones": ("+351 555 010 199",)}, {"phones": ("555 010 199",)}, ["phone"]),
    "digits of another script": ({"phones": ("٥٥٥ ٠١٠ ٠١٩٩",)}, {"phones": ("555 010 0199",)}, ["phone"]),
    "a local number is not one of any town": ({"phones": ("+1 212 555 0100",)}, {"phones": ("555 0100",)}, []),
    "another area": ({"phones": ("212 555 0100",)}, {"phones": ("312 555 0100",)}, []),
    "an extension": ({"phones": ("0100",)}, {"phones": ("0100",)}, []),
    "no number at all": ({"phones": ("front desk",)}, {"phones": ("front desk",)}, []),
    "the same profile": (
        {"name": "Dana Reyes", "linkedin_url": DANA_IN},
        {"name": "Dana Lopez", "linkedin_url": "http://pt.linkedin.com/in/Dana-Reyes/?trk=card"},
        ["linkedin_url"],
    ),
    "a company's page is nobody's": (
        {"linkedin_url": "https://www.linkedin.com/company/northwind"},
        {"linkedin_url": "https://www.linkedin.com/company/northwind"},
        [],
    ),
    "the same name": ({"name": "Dana Reyes"}, {"name": "Reyes, Dana"}, ["name"]),
    "the same name with two profiles": (
        {"name": "Dana Reyes", "linkedin_url": DANA_IN},
        {"name": "Dana Reyes", "linkedin_url": TOM_IN},
        [],
    ),
    "the same name in one company, met at one event": (
        {"name": "Dana Reyes", "company": "Northwind", "events": MIXER},
        {"name": "Dana R.", "company": "NORTHWIND", "events": MIXER},
        ["name", "company", "event"],
    ),
    "a first name alone": ({"name": "Dana"}, {"name": "Dana"}, []),
    "a first name in another company": (
        {"name": "Dana", "company": "Contoso"},
        {"name": "Dana Reyes", "company": "Northwind"},
        [],
    ),
    "a first name in the same company": (
        {"name": "Dana", "company": "Northwind"},
        {"name": "Dana Reyes", "company": "Northwind"},
        ["name", "company"],
    ),
    "a first name at the same event": (
        {"name": "Dana", "events": MIXER},
        {"name": "Dana Reyes", "events": MIXER | APRIL},
        ["name", "event"],
    ),
    "a first name at the event of another month": (
        {"name": "Dana", "events": MIXER},
        {"name": "Dana", "events": APRIL},
        [],
    ),
    "two of one first name in one company": (
        {"name": "Dana Reyes", "company": "Northwind"},
        {"name": "Dana Lopez", "company": "Northwind"},
        [],
    ),
    "the same company and event": (
        {"name": "Dana Reyes", "company": "Northwind", "events": MIXER},
        {"name": "Tom Okafor", "company": "Northwind", "events": MIXER},
        [],
    ),
    "nobody's name twice in one evening": (
        {"descriptor": "red scarf, fintech", "events": MIXER},
        {"descriptor": "Red scarf, fintech", "events": MIXER},
        ["descriptor", "event"],
    ),
    "nobody's name on two evenings": (
        {"descriptor": "red scarf", "events": MIXER},
        {"descriptor": "red scarf", "events": APRIL},
        [],
    ),
    "a descriptor that says nothing": ({"descriptor": "\u0301"}, {"descriptor": "\u0302"}, []),
    "a descriptor that is the name": ({"descriptor": "Dana Reyes"}, {"name": "Dana Reyes"}, ["name"]),
    "a descriptor that is a first name": (
        {"descriptor": "Dana", "company": "Northwind"},
        {"name": "Dana", "company": "Northwind"},
        [],
    ),
    "a descriptor that is like a name": ({"descriptor": "Dana R"}, {"name": "Dana Reyes"}, []),
    "nobody's name, with an address": (
        {"descriptor": "red scarf", "emails": ("dana@mail.example",)},
        {"name": "Dana Reyes", "emails": ("dana@mail.example",)},
        ["email"],
    ),
    "the descriptor of someone with a name": (
        {"name": "Dana Reyes", "descriptor": "red scarf", "events": MIXER},
        {"name": "Tom Okafor", "descriptor": "red scarf", "events": MIXER},
        [],
    ),
}


def because(suggestion: Suggestion | None) -> list[str]:
    return [reason.field for reason in suggestion.because] if suggestion else []


@pytest.mark.parametrize("what", CASES)
def test_two_cards_may_be_of_one_person(what: str) -> None:
    one, other = (card(card_id, **given) for card_id, given in zip("12", CASES[what][:2], strict=True))
    expected = CASES[what][2]
    assert because(compared(Traits(one), Traits(other))) == expected
    assert because(compared(Traits(other), Traits(one))) == expected
    assert [because(found) for found in pairs([one, other], [])] == ([expected] if expected else [])
    assert [because(found) for found in of_one(one, [one, other], [])] == ([expected] if expected else [])


def test_a_reason_says_what_stands_on_the_other_card() -> None:
    one = card("1", name="Dana Reyes", emails=("dana@mail.example",), phones=("+1 555 010 0199",))
    other = card("2", name="Dana R.", emails=("Dana@mail.example",), phones=("555 010 0199",))
    (found,) = of_one(one, [other], [])
    assert found.because == (("email", "Dana@mail.example"), ("phone", "555 010 0199"), ("name", "Dana R."))


def test_the_likeliest_comes_first() -> None:
    one = card("1", name="Dana Reyes", company="Northwind", emails=("dana@mail.example",), phones=("555 010 0199",))
    others = [
        card("2", name="Dana R."),
        card("3", name="Dana Reyes"),
        card("4", name="Dana Reyes", company="Northwind"),
        card("5", name="Tom Okafor", phones=("555 010 0199",)),
        card("6", name="Tom Okafor", emails=("dana@mail.example",)),
        card("7", name="D. Reyes", emails=("dana@mail.example",)),
        card("8", name="Dana", company="Northwind"),
    ]
    assert [found.other_id for found in of_one(one, others, [])] == ["7", "6", "5", "4", "3", "2", "8"]
    assert [found.other_id for found in of_one(one, others, [], limit=2)] == ["7", "6"]


def test_who_is_known_not_to_be_the_same_is_not_suggested() -> None:
    cards = [card(card_id, name="Dana Reyes") for card_id in "123"]
    apart = [frozenset({"1", "2"})]
    assert [found[1:3] for found in pairs(cards, apart)] == [("1", "3"), ("2", "3")]
    assert [found.other_id for found in of_one(cards[0], cards, apart)] == ["3"]


@pytest.mark.parametrize(
    "alike",
    [
        {"name": "Dana Reyes"},
        {"name": "Dana Ana Eva Ida Ada Ola", "company": "Northwind", "events": MIXER | APRIL},
        {"name": "Dana", "company": "Northwind"},
        {"descriptor": "red scarf", "emails": ("info@northwind.example",), "events": MIXER},
    ],
)
def test_the_work_grows_with_the_cards_and_not_with_their_square(
    alike: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    compare, times = suggesting.compared, itertools.count()

    def counted(one: Traits, other: Traits) -> Suggestion | None:
        next(times)
        return compare(one, other)

    monkeypatch.setattr(suggesting, "compared", counted)
    cards = [card(f"{number:04}", **alike) for number in range(1000)]
    assert len(pairs(cards, [])) == suggesting.MOST
    assert next(times) <= len(cards) * NEIGHBOURS * 2


WORDS = st.sampled_from(["dana", "reyes", "Reyés", "d.", "d", "alex", "alexander", "katherine", "katharine", "張偉"])
NAMES = st.none() | st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
NUMBERS = st.sampled_from(["+1 555 0100", "555 0100", "+1 555 010 0199", "555 010 0199", "0", "+44 20 7946 0018"])
CARDS = st.builds(
    Card,
    id=st.none(),
    name=NAMES,
    descriptor=st.sampled_from(["dana reyes", "red scarf", "alex"]),
    company=st.sampled_from([None, "Northwind", "northwind", "Contoso"]),
    emails=st.lists(st.sampled_from(["a@mail.example", "A@mail.example", "b@mail.example"]), max_size=2).map(tuple),
    phones=st.lists(NUMBERS, max_size=2).map(tuple),
    linkedin_url=st.sampled_from([None, None, DANA_IN, TOM_IN, "https://dana.example/"]),
    events=st.sampled_from([{}, MIXER, APRIL, MIXER | APRIL]),
)


@given(st.lists(CARDS, max_size=NEIGHBOURS + 1))
def test_keys_lose_nobody_and_nobody_is_like_themselves(drawn: list[Card]) -> None:
    cards = [Card(f"{number:02}", *each) for number, each in enumerate(map(facts, drawn))]
    traits = {each.id: Traits(each) for each in cards}
    each_with_each = [compared(traits[one.id], traits[other.id]) for one, other in itertools.combinations(cards, 2)]
    found = pairs(cards, [], limit=1000)
    assert sorted(found) == sorted(filter(None, each_with_each))
    assert found == pairs(reversed(cards), [], limit=1000), "in whatever order they come"
    assert all(one.one_id < one.other_id for one in found)
    for each in cards:
        others = {one.one_id if one.other_id == each.id else one.other_id: one for one in found if each.id in one[1:3]}
        mine = of_one(each, cards, [], limit=1000)
        assert {one.other_id: one.strength for one in mine} == {who: one.strength for who, one in others.items()}


def facts(each: Card) -> tuple[Any, ...]:
    return (each.name, each.descriptor, each.company, each.emails, each.phones, each.linkedin_url, each.events)
