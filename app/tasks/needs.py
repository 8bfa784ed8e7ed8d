"""What a task still lacks: which facts its action asks for, and which of them are missing."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.scheduling.rules import ADDRESS_OF

ORDER = ("name", "topic", "position", "benefit", "postal_address", "email", "phone", "number")
OF_CONTACT = frozenset({"name", "email", "phone", "postal_address"})
OF_PROFILE = frozenset({"number"})
ADDRESSES = frozenset(ADDRESS_OF.values())


def required(requires: Iterable[str], channel: str) -> list[str]:
    """The facts asked for when the task goes out on `channel`: its own address, not the first channel's."""
    others = [need for need in requires if need not in ADDRESSES]
    address = ADDRESS_OF.get(channel)
    return others if address is None else [*others, address]


def missing_of_contact(contact: Mapping[str, Any]) -> frozenset[str]:
    """Which of name, email, phone and postal_address a stored person lacks."""
    has = {
        "name": contact["name"],
        "email": contact["emails"],
        "phone": contact["phones"],
        "postal_address": contact["postal_address"],
    }
    return frozenset(need for need, value in has.items() if not value)


def missing(asked: Iterable[str], lacking: frozenset[str]) -> list[str]:
    """The asked-for facts that are lacking, in the order a person would supply them."""
    return sorted(set(asked) & lacking, key=ORDER.index)


def refreshed(asked: Iterable[str], needs: Iterable[str], area: frozenset[str], lacking: frozenset[str]) -> list[str]:
    """`needs` after the facts of one `area` changed; what other areas lack stays as it was."""
    kept = set(needs) - area
    return sorted(kept | (set(asked) & area & lacking), key=ORDER.index)
