"""The invented people and meetings of cast.toml and year.toml, as the API would be told of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = "America/New_York"
FOLDER = Path(__file__).parent
CAST = tomllib.loads((FOLDER / "cast.toml").read_text(encoding="utf-8"))
STREETS = ("Lantern Street", "Pier Road", "Old Ropewalk", "Quince Alley", "Foundry Lane", "Sailmakers Row", "Ferry Way")
TOWNS: Mapping[str, str] = {
    HOME: "New York, NY",
    "America/Chicago": "Chicago, IL",
    "Europe/London": "London",
    "Europe/Berlin": "Berlin",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One meeting, before it has a date: see year.toml."""

    days: int
    at: str
    who: tuple[str, ...]
    note: str = ""
    kind: str = "networking"
    event: str | None = None
    place: str | None = None
    timezone: str = HOME
    minutes: int | None = None
    topic: str | None = None
    benefit: str | None = None
    unnamed: bool = False
    left: bool = False
    follow_up: str = "full"
    no_follow_up_because: str | None = None
    promises: tuple[Mapping[str, Any], ...] = ()
    theirs: str | None = None
    round: int | None = None
    position: str | None = None
    mode: str | None = None
    role: str | None = None
    gaps: tuple[Mapping[str, Any], ...] = ()
    requested: tuple[Mapping[str, Any], ...] = ()
    rating: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A message or call between meetings; `answered` so many hours later, if it was."""

    days: int
    at: str
    who: str
    channel: str
    note: str
    direction: str = "in"
    needs_answer: bool = False
    answered: int | None = None


def year() -> tuple[list[Met], list[Touched]]:
    """The sixty meetings, and what came and went between them."""
    told = tomllib.loads((FOLDER / "year.toml").read_text(encoding="utf-8"))
    return [_met(met) for met in told["met"]], [Touched(**touch) for touch in told["touch"]]


def _met(told: dict[str, Any]) -> Met:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Met(**fields)


def card(key: str) -> dict[str, Any]:
    """What is known of a person once their card is typed in: fields of a contact."""
    person, number = CAST["people"][key], list(CAST["people"]).index(key)
    company = CAST["companies"][person["company"]]
    first, *_, last = person["name"].lower().replace("'", "").split()
    address = f"{company['name']}\n{11 + 7 * number} {STREETS[number % len(STREETS)]}"
    return {
        "emails": [f"{first}.{last.partition('-')[0]}@{person['company']}.example"],
        "phones": [f"+1 212-555-{100 + number:04}"] if number % 3 else [],
        "postal_address": f"{address}\n{TOWNS[person.get('timezone', HOME)]}" if number % 4 != 3 else None,
        "linkedin_url": f"https://linkedin.example/in/{first}-{last}" if number % 2 else None,
        "about_company": company["about"],
        **person,
        "company": company["name"],
    }
