"""Which cards may be of one person, and because of what: pure. Suggested, never merged."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest
from typing import NamedTuple
from urllib.parse import unquote

from app.core.folding import fold
from app.people.likeness import Alike, alike, cut, keys

Event = tuple[str, date]
MOST = 50
# Of those with whom one shares a key, so many are looked at.
NEIGHBOURS = 10
LEAST_DIGITS, NATIONAL_DIGITS, COUNTRY_DIGITS = 7, 10, 3
# An address or a number outweighs all that names, companies and events can say together; a name counts by how alike
# it is (likeness.Alike).
WEIGHTS = {"email": 40, "linkedin_url": 40, "phone": 30, "name": 0, "descriptor": 2, "company": 1, "event": 1}
_PROFILE = re.compile(r"linkedin\.com/(?:in|pub)/([^/?#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """What people are told apart by; `events` are those where they were met, by folded name and day, as written."""

    id: str
    name: str | None = None
    descriptor: str | None = None
    company: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    linkedin_url: str | None = None
    events: Mapping[Event, str] = field(default_factory=dict)


class Reason(NamedTuple):
    """What is alike, as it stands on the second card."""

    field: str
    value: str


class Suggestion(NamedTuple):
    strength: int
    one_id: str
    other_id: str
    because: tuple[Reason, ...]


class Traits:
    """A card's facts in the form in which they are compared."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.words = cut(card.name or card.descriptor)
        self.emails = {email.strip().casefold(): email for email in card.emails}
        self.phones: dict[str, list[tuple[str, str]]] = {}
        for number in card.phones:
            plain = digits(number)
            if len(plain) >= LEAST_DIGITS:
                self.phones.setdefault(plain[-LEAST_DIGITS:], []).append((plain, number))
        self.profile = profile(card.linkedin_url)
        self.company = fold(card.company or "").strip()
        self.descriptor = fold(card.descriptor or "").strip() if card.name is None else ""

    def keys(self) -> Iterator[Hashable]:
        """Two cards that may be of one person have one of these in common, or one of `near`."""
        yield from (("email", email) for email in self.emails)
        yield from (("phone", end) for end in self.phones)
        if self.profile:
            yield "linkedin_url", self.profile
        if self.descriptor:
            yield from (("descriptor", self.descriptor, event) for event in self.card.events)
        if len(self.words) > 1:
            yield "called", tuple(sorted(self.words))
        if self.card.name is not None:
            yield from (("name", key) for key in keys(self.words))

    def near(self, words: frozenset[str]) -> Iterator[Hashable]:
        """The keys of a name that is one of these words, and of who is called so among other words."""
        places = [self.company, *self.card.events] if self.company else self.card.events
        if self.card.name is not None:
            yield from (("near", word, place) for word in words.intersection(self.words) for place in places)


def digits(number: str) -> str:
    """The digits of a telephone number without the zeros of 00 and of a trunk prefix."""
    return "".join(str(int(character)) for character in number if character.isdecimal()).lstrip("0")


def same_number(one: str, other: str) -> bool:
    """Whether two numbers are one, with a country code or without: of both the `digits`.

    The last ten digits are the same, or the longer has no more than a country code (three digits at most, ITU-T
    E.164) before the shorter. So +1 555 0100 is 555 0100, and a local number is not one of another town.
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LEAST_DIGITS:
        return False
    if len(shorter) >= NATIONAL_DIGITS and shorter[-NATIONAL_DIGITS:] == longer[-NATIONAL_DIGITS:]:
        return True
    return longer.endswith(shorter) and len(longer) - len(shorter) <= COUNTRY_DIGITS


def profile(linkedin_url: str | None) -> str:
    """What LinkedIn calls the person of an address; empty for any other address, a company's page too."""
    found = _PROFILE.search(linkedin_url or "")
    return unquote(found[1]).casefold() if found else ""


def compared(one: Traits, other: Traits) -> Suggestion | None:
    """Why two cards may be of one person, the strongest reason first; None where nothing says so.

    The same e-mail address, number or LinkedIn profile is enough. So is a name that is alike; one word of it alone
    only with the same company or event, and not where two LinkedIn profiles say that they are two. Someone without
    a name is alike by the same descriptor at the same event, or by a descriptor that is the other's whole name.
    """
    because = [Reason("email", written) for email, written in other.emails.items() if email in one.emails]
    if one.profile and one.profile == other.profile:
        because.append(Reason("linkedin_url", other.card.linkedin_url or ""))
    for end in sorted(other.phones.keys() & one.phones.keys()):
        because += _same_numbers(one.phones[end], other.phones[end])
    near = _near(one, other)
    level = _called_alike(one, other, near)
    if level:
        because.append(Reason("name", other.card.name or other.card.descriptor or ""))
    elif _described_alike(one, other):
        because.append(Reason("descriptor", other.card.descriptor or ""))
    if not because:
        return None
    because += near
    strength = sum(WEIGHTS[kind] for kind in {reason.field for reason in because}) + (level or 0)
    return Suggestion(strength, one.card.id, other.card.id, tuple(because))


def _same_numbers(mine: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> Iterator[Reason]:
    for number, written in theirs:
        if any(same_number(number, other) for other, _ in mine):
            yield Reason("phone", written)


def _near(one: Traits, other: Traits) -> list[Reason]:
    found: list[Reason] = []
    if one.company and one.company == other.company:
        found.append(Reason("company", other.card.company or ""))
    event = next((each for each in other.card.events if each in one.card.events), None)
    if event:
        found.append(Reason("event", other.card.events[event]))
    return found


def _called_alike(one: Traits, other: Traits, near: list[Reason]) -> Alike | None:
    if one.profile and other.profile and one.profile != other.profile:
        return None
    if one.descriptor and other.descriptor:
        return None
    found = alike(one.words, other.words)
    enough = Alike.SAME if one.descriptor or other.descriptor else Alike.BARE if near else Alike.INITIAL
    return found if found and found >= enough else None


def _described_alike(one: Traits, other: Traits) -> bool:
    met_together = not one.card.events.keys().isdisjoint(other.card.events)
    return bool(one.descriptor) and one.descriptor == other.descriptor and met_together


def of_one(card: Card, others: Iterable[Card], apart: Iterable[frozenset[str]], limit: int = MOST) -> list[Suggestion]:
    """Who else may be the person of this card, the likeliest first; `apart` are pairs known not to be one."""
    one, known = Traits(card), set(apart)
    found = (
        compared(one, Traits(other))
        for other in others
        if other.id != card.id and frozenset({card.id, other.id}) not in known
    )
    return _likeliest((suggestion for suggestion in found if suggestion), limit)


def pairs(cards: Iterable[Card], apart: Iterable[frozenset[str]], limit: int = MOST) -> list[Suggestion]:
    """Everybody who may be there twice, the likeliest first; of each two the one who came first stands first."""
    traits = [Traits(card) for card in sorted(cards, key=lambda card: card.id)]
    known = set(apart)
    found = (
        compared(traits[one], traits[other])
        for one, other in _worth_comparing(traits)
        if frozenset({traits[one].card.id, traits[other].card.id}) not in known
    )
    return _likeliest((suggestion for suggestion in found if suggestion), limit)


def _worth_comparing(traits: list[Traits]) -> set[tuple[int, int]]:
    """Pairs that share a key, those with the keys that fewest have first, and no more than a few for each card.

    So the work grows with the number of cards and not with its square; what very many share tells nobody apart
    (blocks and sorted neighbourhoods; Hernández and Stolfo, 1995).
    """
    bare = frozenset(each.words[0] for each in traits if len(each.words) == 1 and each.card.name is not None)
    blocks: dict[Hashable, list[int]] = {}
    for place, each in enumerate(traits):
        for key in {*each.keys(), *each.near(bare)}:
            blocks.setdefault(key, []).append(place)
    found: set[tuple[int, int]] = set()
    for block in sorted((block for block in blocks.values() if len(block) > 1), key=lambda block: (len(block), block)):
        if len(found) > len(traits) * NEIGHBOURS:
            break
        for at, one in enumerate(block):
            found.update((one, other) for other in block[at + 1 : at + 1 + NEIGHBOURS])
    return found


def _likeliest(found: Iterable[Suggestion], limit: int) -> list[Suggestion]:
    return nsmallest(limit, found, key=lambda one: (-one.strength, one.one_id, one.other_id))
