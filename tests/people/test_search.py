"""Finding people again by whatever is remembered of them."""

from typing import Any

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.people.searching import found, search
from tests.support import factories as make
from tests.support.clients import ApiClient

INVALID = httpx.codes.UNPROCESSABLE_ENTITY


CARD: dict[str, tuple[Any, str, str]] = {
    "name": ("Dana Zebra", "zeb", "Dana Zebra"),
    "descriptor": ("red scarf, zebra pin", "zebra", "red scarf, zebra pin"),
    "salutation": ("Dr. Zebra", "zebra", "Dr. Zebra"),
    "company": ("Zebra & Sons", "zebra sons", "Zebra & Sons"),
    "title": ("Zebra keeper", "keeper", "Zebra keeper"),
    "emails": (["dana@mail.example", "zebra@mail.example"], "zebra@mail.example", "zebra@mail.example"),
    "phones": (["+1 (555) 010-0199"], "555 010 01", "+1 (555) 010-0199"),
    "tags": (["go", "zebra"], "zebra", "zebra"),
    "notes": ("She told me\nof the zebra.", "zebra", "She told me of the zebra."),
    "how_met": ("Over a zebra", "zebra", "Over a zebra"),
    "how_i_can_help": ("With the zebra", "zebra", "With the zebra"),
    "about_company": ("Makes zebras", "zebra", "Makes zebras"),
}
MEETING: dict[str, tuple[Any, str]] = {
    "card_note": ("Dana, knows a zebra", "Dana, knows a zebra"),
    "talked_about": ("zebras and trains", "zebras and trains"),
    "event": ("Zebra mixer", "Zebra mixer"),
    "position": ("Zebra engineer", "Zebra engineer"),
    "promises": ([{"what": "the zebra article"}], "the zebra article"),
}


async def test_people_are_found_by_their_card(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await make.add(alice, "contacts", make.contact(name="Somebody Else"))
    for field, (value, typed, excerpt) in CARD.items():
        with subtests.test(field):
            person = await make.add(alice, "contacts", make.contact(**{field: value}))
            (one,) = (await search(alice, typed))["items"]
            assert one["match"] == {"field": field, "excerpt": excerpt}
            assert one == {**(await make.get(alice, f"contacts/{person['id']}")), "match": one["match"]}
            await make.remove(alice, f"contacts/{person['id']}")


async def test_people_are_found_by_what_was_said_when_meeting_them(alice: ApiClient, subtests: pytest.Subtests) -> None:
    person = await make.add(alice, "contacts", make.contact())
    await make.add(alice, "contacts", make.contact(name="Somebody Else"))
    for field, (value, excerpt) in MEETING.items():
        with subtests.test(field):
            met = await make.add(alice, "encounters", make.meeting(person["id"], **{field: value}))
            (one,) = (await search(alice, "zebra"))["items"]
            assert (one["id"], one["match"]) == (person["id"], {"field": field, "excerpt": excerpt})
            await make.remove(alice, f"encounters/{met['id']}")


async def test_a_telephone_number_is_found_however_it_is_spaced(alice: ApiClient) -> None:
    await make.add(alice, "contacts", make.contact(phones=["+1 (555) 010-0199"]))
    for typed in ("+1 555 010 0199", "15550100199", "+15550100199", "555.010.0199"):
        assert await found(alice, typed) == ["Dana Reyes"], typed


async def test_case_accents_and_punctuation_do_not_matter(alice: ApiClient) -> None:
    await make.add(alice, "contacts", make.contact(name="José Muñoz"))
    for typed in ("jose", "José", "JOSE\u0301", "jos", "JOSÉ Muñoz", "munoz jo", "  jose\t", "jose, (munoz)"):
        assert await found(alice, typed) == ["José Muñoz"], typed


NAMES = [
    ("Łukasz Nowak", "lukasz"),
    ("Søren Ødegård", "soren odegard"),
    ("Jörg Weiß", "jorg weiss"),
    ("Siobhán O'Brien", "obrien"),
    ("Niall O’Dowd", "o'dow"),
    ("Anne-Marie Dupont", "anne marie"),
    ("田中 さくら", "田中"),
    ("田中 さくら", "さく"),
    ("Иван Петров", "ПЕТР"),
    ("김민수", "김민"),
    ("Ana 🎉", "🎉"),
]


async def test_names_of_everywhere_are_found_as_they_are_typed(alice: ApiClient, subtests: pytest.Subtests) -> None:
    for name in dict(NAMES):
        await make.add(alice, "contacts", make.contact(name=name))
    for name, typed in NAMES:
        with subtests.test(typed):
            assert await found(alice, typed) == [name]


async def test_every_word_is_asked_for_and_the_last_may_be_a_beginning(alice: ApiClient) -> None:
    await make.add(alice, "contacts", make.contact(name="Dana Reyes", company="Northwind"))
    await make.add(alice, "contacts", make.contact(name="Dana Ruiz", company="Southwind"))
    assert await found(alice, "dana north") == ["Dana Reyes"]
    assert await found(alice, "dan northwind") == []
    assert await found(alice, "dana wind") == []
    assert sorted(await found(alice, "dana r")) == ["Dana Reyes", "Dana Ruiz"]


TYPED = [
    *(
        '"',
        "'",
        "dana'",
        '"dana',
        "dana*",
        "*",
        "-dana",
        "dana -reyes",
        "dana OR reyes",
        "NOT dana",
        "dana AND",
        "NEAR(",
    ),
    *(
        "(dana",
        "name:dana",
        "{name}: dana",
        "^dana",
        "dana:*A",
        "dana & reyes",
        "!dana",
        "da|na",
        "dana <-> reyes",
        "\\",
    ),
    *(
        "%",
        "_",
        "%dana%",
        "'; DROP TABLE contacts; --",
        "dana\\0",
        "\u0301",
        "\ufeff",
        "\u202edana",
        "🎉🎉",
        "田" * 200,
    ),
    *("a" * 200, "a " * 100, "\x01", "\t\n", "\ud7ff", "\U0010ffff", "ﷺ" * 200, "'a':1A", ":match", "?", "null"),
]


async def test_anything_typed_gets_an_answer(alice: ApiClient, subtests: pytest.Subtests) -> None:
    await make.add(alice, "contacts", make.contact())
    for typed in TYPED:
        with subtests.test(typed):
            await search(alice, typed)


async def test_operators_are_plain_words(alice: ApiClient) -> None:
    await make.add(alice, "contacts", make.contact(name="Dana", notes="cats or dogs"))
    await make.add(alice, "contacts", make.contact(name="Reyes"))
    assert await found(alice, "cats OR reyes") == []
    assert await found(alice, "cats OR dogs") == ["Dana"]
    assert await found(alice, "NOT dana") == []
    assert await found(alice, "-dana") == ["Dana"]


async def test_punctuation_alone_finds_nobody(alice: ApiClient) -> None:
    await make.add(alice, "contacts", make.contact())
    for typed in ("...", "***", "\u0301", "(", "—"):
        assert await found(alice, typed) == [], typed


async def test_nothing_typed_is_the_whole_list(alice: ApiClient) -> None:
    await make.add(alice, "contacts", make.contact())
    for typed in ("", " ", "\t\n"):
        (one,) = (await search(alice, typed))["items"]
        assert one["match"] is None


async def test_what_cannot_be_typed_is_refused(alice: ApiClient) -> None:
    for typed in ("a" * 201, "\x00", "dana\x00"):
        answer = await alice.get(f"{make.API}/contacts", params={"q": typed})
        check_problem(answer, INVALID)
        assert pointers(answer) == ["?q"]


async def test_the_called_come_before_the_spoken_of_and_then_the_latest(alice: ApiClient) -> None:
    for name, notes in (
        ("Ana Lima", None),
        ("Bo", "knows Ana and Lima"),
        ("Cy", "Ana's brother, from Lima"),
        ("Ana Costa", "from Lima"),
        ("Di", "nothing"),
        ("Lima & Ana", None),
    ):
        await make.add(alice, "contacts", make.contact(name=name, notes=notes))
    assert await found(alice, "ana lima") == ["Lima & Ana", "Ana Lima", "Ana Costa", "Cy", "Bo"]
    bo = (await search(alice, "bo"))["items"][0]
    await make.add(alice, "encounters", make.meeting(bo["id"], card_note="said hello"))
    assert await found(alice, "ana lima") == ["Lima & Ana", "Ana Lima", "Ana Costa", "Bo", "Cy"]


async def test_the_best_50_are_shown_on_one_page(alice: ApiClient) -> None:
    for number in range(60):
        called = "Dana" if number % 6 == 0 else "Someone"
        await make.add(alice, "contacts", make.contact(name=f"{called} {number}", notes="dana"))
    page = await search(alice, "dana", limit=200)
    assert page["next"] is None
    assert [person["name"] for person in page["items"]] == [
        *(f"Dana {number}" for number in reversed(range(0, 60, 6))),
        *[f"Someone {number}" for number in reversed(range(60)) if number % 6][:40],
    ]
    assert (await search(alice, "dana", limit=3))["items"] == page["items"][:3]


async def test_tag_and_tier_go_together_with_what_is_typed(alice: ApiClient) -> None:
    for number in range(60):
        await make.add(alice, "contacts", make.contact(name=f"Dana {number}"))
    await make.add(alice, "contacts", make.contact(name="Dana Tagged", tags=["go", "x"]))
    await make.add(alice, "contacts", make.contact(name="Dana Both", tags=["go"], tier="A"))
    for number in range(60, 120):
        await make.add(alice, "contacts", make.contact(name=f"Dana {number}"))
    assert await found(alice, "dana", tag="go") == ["Dana Both", "Dana Tagged"]
    assert await found(alice, "dana", tier="A") == ["Dana Both"]
    assert await found(alice, "dana", tag="go", tier="A") == ["Dana Both"]
    assert await found(alice, "dana", tag="x", tier="A") == []
    assert await found(alice, "dana", tag="Go") == []


async def test_a_search_has_no_second_page(alice: ApiClient) -> None:
    for name in ("Dana", "Dara"):
        await make.add(alice, "contacts", make.contact(name=name))
    after = (await make.get(alice, "contacts?limit=1"))["next"]
    answer = await alice.get(f"{make.API}/contacts", params={"q": "da", "after": after})
    check_problem(answer, INVALID)
    assert pointers(answer) == ["?after"]
