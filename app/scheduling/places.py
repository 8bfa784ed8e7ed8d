"""From a zone name to a place on the ground, without asking for a location (product.md, 2.5)."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from zoneinfo import available_timezones

from app.scheduling.facts import Preferences

NEAR_KILOMETRES = 50
EARTH_RADIUS = 6371


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a day is counted: coordinates in degrees, None for a zone without a city."""

    timezone: str
    latitude: float | None
    longitude: float | None
    city: str | None
    country: str | None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_timezone(name: str) -> bool:
    return name in _zones()


@cache
def _rows() -> dict[str, tuple[str, float, float]]:
    """Zone name to country, latitude, longitude, as zone.tab lists them (ISO 6709 coordinates)."""
    rows: dict[str, tuple[str, float, float]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, coordinates, name, *_ = line.split("\t")
        split = max(coordinates.rfind("+"), coordinates.rfind("-"))
        rows[name] = (country, _degrees(coordinates[:split], 2), _degrees(coordinates[split:], 3))
    return rows


def _degrees(text: str, whole: int) -> float:
    digits = text[1:]
    minutes, seconds = digits[whole : whole + 2], digits[whole + 2 :] or "0"
    value = int(digits[:whole]) + int(minutes) / 60 + int(seconds) / 3600
    return -value if text[0] == "-" else value


@cache
def _links() -> dict[str, str]:
    """Former and alternative names to the name they stand for, from the tzdata source."""
    lines = (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text("utf-8").splitlines()
    return {link: target for kind, target, link in (line.split() for line in lines if line.startswith("L ")) if kind}


@lru_cache(maxsize=1024)
def row_of(timezone: str) -> str | None:
    """The name under which zone.tab lists this zone; a name with a row of its own is never followed further."""
    seen: set[str] = set()
    while timezone not in _rows():
        if timezone in seen or timezone not in _links():
            return None
        seen.add(timezone)
        timezone = _links()[timezone]
    return timezone


@lru_cache(maxsize=1024)
def principal_place(timezone: str) -> Place:
    """The zone's city; without coordinates for a zone that has none, such as UTC."""
    row = row_of(timezone)
    if row is None:
        return Place(timezone=timezone, latitude=None, longitude=None, city=None, country=None)
    country, latitude, longitude = _rows()[row]
    city = row.rpartition("/")[2].replace("_", " ")
    return Place(timezone=timezone, latitude=latitude, longitude=longitude, city=city, country=country)


@lru_cache(maxsize=4096)
def place_of(timezone: str, latitude: float | None, longitude: float | None, home: Preferences) -> Place:
    """The coordinates given; else the user's where both zones are one row of zone.tab; else the zone's city."""
    principal = principal_place(timezone)
    if latitude is None or longitude is None:
        latitude, longitude = home.latitude, home.longitude
        if (
            latitude is None
            or longitude is None
            or row_of(timezone) is None
            or row_of(timezone) != row_of(home.timezone)
        ):
            return principal
    city = principal.city if _near(principal, latitude, longitude) else None
    return Place(timezone=timezone, latitude=latitude, longitude=longitude, city=city, country=principal.country)


def _near(place: Place, latitude: float, longitude: float) -> bool:
    """Whether a point is so close that a sentence may name the city (haversine)."""
    if place.latitude is None or place.longitude is None:
        return False
    north, south = radians(latitude), radians(place.latitude)
    turn = sin((north - south) / 2) ** 2
    turn += cos(north) * cos(south) * sin(radians(longitude - place.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(turn)) <= NEAR_KILOMETRES
