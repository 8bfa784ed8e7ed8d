"""When the sun goes down, against an independent ephemeris (skyfield with JPL DE421).

`sunsets.jsonl` was handed over with the specification; `sunsets_of_the_year.py` says how the other file was made.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from app.scheduling.almanac import last_second, sundown_of
from app.scheduling.places import Place, principal_place
from tests.scheduling.meetings import instant, local

DATA = Path(__file__).parent / "data"
ROWS = [
    json.loads(line)
    for name in ("sunsets.jsonl", "sunsets_of_the_year.jsonl")
    for line in (DATA / name).read_text("utf-8").splitlines()
]
BY_PLACE = [(name, list(rows)) for name, rows in groupby(ROWS, lambda row: row["place"])]


def place(timezone: str, latitude: float, longitude: float) -> Place:
    return Place(timezone=timezone, latitude=latitude, longitude=longitude, city=None, country=None)


def differences(rows: list[dict[str, Any]]) -> Iterator[str]:
    """What our sundowns have different from the reference, by more than a minute."""
    for row in rows:
        day, zone = date.fromisoformat(row["on"]), row["timezone"]
        found = sundown_of(day, place(zone, row["latitude"], row["longitude"]))
        if row["sunset_at"] is None:
            expected, reason = datetime.combine(day, time(18)), "no_sun"
        else:
            expected, reason = datetime.fromisoformat(local(instant(row["sunset_at"]), zone)), "sunset"
            if expected.date() != day:
                expected, reason = datetime.fromisoformat(local(last_second(day, zone), zone)), "after_midnight"
        shown = datetime.fromisoformat(local(found.at, zone))
        if found.reason != reason or abs(shown - expected) > timedelta(seconds=60):
            yield f"{day}: {found.reason} {shown}, the reference has {reason} {expected}"


@pytest.mark.parametrize(("name", "rows"), BY_PLACE, ids=[name for name, _ in BY_PLACE])
def test_sundown_is_within_a_minute_of_the_reference(name: str, rows: list[dict[str, Any]]) -> None:
    assert list(differences(rows)) == []


def test_the_reference_covers_every_kind_of_sky_from_pole_to_pole() -> None:
    assert len(ROWS) == 158 + 879
    far = {"Svalbard", "Tromsø", "Fairbanks", "Kiritimati", "Pago Pago", "Apia", "Chatham", "McMurdo", "South Pole"}
    assert far <= {name for name, _ in BY_PLACE}
    assert sum(row["sunset_at"] is None for row in ROWS) > 100
    assert sum(row["sunset_at"] is not None and row["place"] == "McMurdo" for row in ROWS) > 10


@pytest.mark.parametrize(
    ("day", "reason", "shown"),
    [
        ("2026-01-14", "no_sun", "2026-01-14 18:00:00"),
        ("2026-05-17", "after_midnight", "2026-05-17 23:59:59"),
        ("2026-06-21", "no_sun", "2026-06-21 18:00:00"),
        ("2026-12-21", "no_sun", "2026-12-21 18:00:00"),
    ],
)
def test_tromso_has_no_sun_to_go_by_in_the_dark_and_in_the_light(day: str, reason: str, shown: str) -> None:
    found = sundown_of(date.fromisoformat(day), place("Europe/Oslo", 69.65, 18.96))
    assert (found.reason, local(found.at, "Europe/Oslo")) == (reason, shown)


def test_fairbanks_on_21_june_ends_with_the_day_since_the_sun_sets_after_midnight() -> None:
    fairbanks = place("America/Anchorage", 64.84, -147.72)
    found = sundown_of(date(2026, 6, 21), fairbanks)
    assert (found.reason, local(found.at, "America/Anchorage")) == ("after_midnight", "2026-06-21 23:59:59")


def test_utc_has_no_city_and_so_no_sun() -> None:
    found = sundown_of(date(2026, 3, 4), principal_place("UTC"))
    assert (found.reason, found.at) == ("no_place", datetime(2026, 3, 4, 18, tzinfo=UTC))


def test_a_fixed_hour_stands_in_for_the_sun() -> None:
    found = sundown_of(date(2026, 3, 4), principal_place("Europe/Lisbon"), time(17))
    assert (found.reason, local(found.at, "Europe/Lisbon")) == ("fixed", "2026-03-04 17:00:00")


@pytest.mark.parametrize("latitude", [90.0, -90.0, 89.999999, 5e-324, 0.0])
@pytest.mark.parametrize("longitude", [180.0, -180.0, 1e-7])
def test_every_pair_of_coordinates_has_an_evening(latitude: float, longitude: float) -> None:
    for day in (date(1900, 1, 1), date(2026, 3, 20), date(2026, 9, 23), date(2200, 12, 31)):
        found = sundown_of(day, place("Pacific/Auckland", latitude, longitude))
        assert local(found.at, "Pacific/Auckland")[:10] == str(day)
