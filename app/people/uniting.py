"""Two cards as one, and that taken back again: pure. Nothing is overwritten; what is empty is filled."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.core.folding import fold

FILLED = (
    *("name", "descriptor", "salutation", "company", "title", "postal_address", "timezone", "linkedin_url", "website"),
    *("how_met", "how_i_can_help", "about_company", "new_year_card"),
)
# How often to write is told by the two of them together.
CADENCE = ("tier", "keep_in_touch_days")
BETWEEN = "\n\n"
Card = Mapping[str, Any]
Changes = dict[str, tuple[Any, Any]]


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number)) or fold(number)


LISTS: Mapping[str, Callable[[str], str]] = {"emails": fold, "phones": _digits, "tags": str}


def united(into: Card, other: Card) -> Changes:
    """What the card that stays takes from the other: each changed field with its value before and after."""
    after: dict[str, Any] = {name: other[name] for name in FILLED if _empty(into[name]) and not _empty(other[name])}
    if all(into[name] is None for name in CADENCE):
        after |= {name: other[name] for name in CADENCE}
    if into["linkedin_state"] == "none":
        after["linkedin_state"] = other["linkedin_state"]
    after |= {name: _together(into[name], other[name], alike) for name, alike in LISTS.items()}
    after["notes"] = _joined(into["notes"], other["notes"])
    after["do_not_contact"] = into["do_not_contact"] or other["do_not_contact"]
    return {name: (into[name], value) for name, value in after.items() if value != into[name]}


def _empty(value: Any) -> bool:
    return value is None or value == ""


def _together(mine: list[str], theirs: list[str], alike: Callable[[str], str]) -> list[str]:
    known = {alike(value) for value in mine}
    added: dict[str, str] = {}
    for value in theirs:
        if alike(value) not in known:
            added.setdefault(alike(value), value)
    return [*mine, *added.values()]


def _joined(mine: str | None, theirs: str | None) -> str | None:
    if not theirs or (mine and theirs.strip() in [part.strip() for part in (mine, *mine.split(BETWEEN))]):
        return mine
    return f"{mine}{BETWEEN}{theirs}" if mine else theirs


def parted(now: Card, changes: Mapping[str, Iterable[Any]]) -> dict[str, Any]:
    """What gives the card back what it was before it was united, as far as nobody changed that since."""
    back: dict[str, Any] = {}
    for name, (before, after) in changes.items():
        if now[name] == after:
            back[name] = before
        elif name in LISTS:
            back[name] = [value for value in now[name] if value in before or value not in after]
        elif name == "notes" and now[name] and before:
            back[name] = now[name].replace(after[len(before) :], "", 1)
    called = {name: back.get(name, now[name]) for name in ("name", "descriptor")}
    if all(value is None for value in called.values()):
        # Since then the one word they had was taken away; what the other brought has to stay.
        back = {name: value for name, value in back.items() if name not in called}
    return {name: value for name, value in back.items() if value != now[name]}
