"""The shape of a follow-up rule: data that says for whom, what, on which channel and by when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

ADDRESS_OF: Mapping[str, str] = {
    "email": "email",
    "letter": "postal_address",
    "phone": "phone",
    "voicemail": "phone",
    "sms": "phone",
}
_BUILT_IN_ID = re.compile(r"R\d+(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfDay:
    """The end of the encounter's day, or `days` later."""

    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sundown:
    """Sundown `days` after the encounter's day; `evening` where it is begun no earlier than the evening before it."""

    days: int = 1
    evening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A wall time `days` after the encounter's day, counted in working days where `working` is set.

    `opens` is when it may first be done; `theirs` counts at the person's place.
    """

    hour: time
    days: int = 1
    working: bool = False
    opens: time | None = None
    theirs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterDate:
    """The end of the day `working_days` after a date that was named; a week is assumed where none was."""

    working_days: int = 2


Due = EndOfDay | Sundown | At | AfterDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of a playbook. What is None does not narrow.

    `each` is person, promise or requested; `only` names a fact that has to hold for the person; `courtesy` stops
    with "no follow-up"; `light` is what becomes of it when one short message is wanted, `no_address` while a note by
    hand lacks an address: keep, email or, for `light`, drop.
    """

    id: str
    on: bool = True
    kind: str | None = None
    rounds: tuple[int, int] | None = None
    role: str | None = None
    each: str = "person"
    only: str | None = None
    courtesy: bool = True
    action: str
    channel: str
    due: Due
    minutes: int
    needs: tuple[str, ...] = ()
    light: str = "drop"
    no_address: str = "keep"
    title: str
    why: str

    @property
    def number(self) -> str:
        """What tasks carry: the R-number, since rows of one rule differ behind the dot; else the whole id."""
        return self.id.partition(".")[0] if self.built_in else self.id

    @property
    def built_in(self) -> bool:
        """Whether the id is of the kind that is kept for built-in rules."""
        return built_in_id(self.id)


def built_in_id(rule_id: str) -> bool:
    return _BUILT_IN_ID.fullmatch(rule_id) is not None
