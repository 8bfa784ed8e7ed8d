"""When the sun goes down, against an independent ephemeris (skyfield with JPL DE421)."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.scheduling.almanac import sundown_of
from app.scheduling.places import Place, principal_place
from tests.scheduling.meetings import local

REFERENCE = [json.loads(line) for line in (Path(__file__).parent / "data" / "sunsets.jsonl").read_text().splitlines()]


def place(timezone: str, latitude: float, longitude: float) -> Place:
    return Place(timezone=timezone, latitude=latitude, longitude=longitude, city=None, country=None)


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: f"{row['place']} {row['on']}")
def test_sundown_is_within_a_minute_of_the_reference(row: dict[str, Any]) -> None:
    day = date.fromisoformat(row["on"])
    found = sundown_of(day, place(row["timezone"], row["latitude"], row["longitude"]))
    if row["sunset_at"] is None:
        assert found.reason == "no_sun"
        assert local(found.at, row["timezone"]) == f"{day} 18:00:00"
        return
    expected = datetime.fromisoformat(row["sunset_at"]).astimezone(UTC)
    if local(expected, row["timezone"])[:10] != row["on"]:
        assert found.reason == "after_midnight"
        assert local(found.at, row["timezone"]) == f"{day} 23:59:59"
    else:
        assert found.reason == "sunset"
        assert abs(found.at - expected) <= timedelta(seconds=60)


def test_the_reference_covers_every_kind_of_sky() -> None:
    assert len(REFERENCE) == 158
    assert any(row["sunset_at"] is None for row in REFERENCE)
    assert {"Alta", "Ushuaia", "Tarawa"} <= {row["place"] for row in REFERENCE}


TROMSO = place("Europe/Oslo", 69.65, 18.96)


@pytest.mark.parametrize(
    ("day", "reason"),
    [("2026-01-14", "no_sun"), ("2026-05-17", "sunset"), ("2026-06-21", "no_sun"), ("2026-12-21", "no_sun")],
)
def test_tromso_has_no_sun_to_go_by_in_the_dark_and_in_the_light(day: str, reason: str) -> None:
    found = sundown_of(date.fromisoformat(day), TROMSO)
    if day == "2026-05-17":
        assert found.reason in ("after_midnight", "no_sun", "sunset")
        assert local(found.at, "Europe/Oslo") > "2026-05-17 17"
    else:
        assert found.reason == reason
        assert local(found.at, "Europe/Oslo") == f"{day} 18:00:00"


def test_fairbanks_on_21_june_ends_with_the_day_since_the_sun_sets_after_midnight() -> None:
    fairbanks = place("America/Anchorage", 64.84, -147.72)
    found = sundown_of(date(2026, 6, 21), fairbanks)
    assert found.reason == "after_midnight"
    assert local(found.at, "America/Anchorage") == "2026-06-21 23:59:59"


def test_utc_has_no_city_and_so_no_sun() -> None:
    found = sundown_of(date(2026, 3, 4), principal_place("UTC"))
    assert (found.reason, found.at) == ("no_place", datetime(2026, 3, 4, 18, tzinfo=UTC))


def test_a_fixed_hour_stands_in_for_the_sun() -> None:
    found = sundown_of(date(2026, 3, 4), principal_place("Europe/Lisbon"), time(17))
    assert (found.reason, local(found.at, "Europe/Lisbon")) == ("fixed", "2026-03-04 17:00:00")


def test_urumqi_goes_by_its_own_sun_though_its_clocks_may_be_shanghais() -> None:
    by_shanghai_clock = place("Asia/Shanghai", 43.83, 87.62)
    found = sundown_of(date(2026, 3, 4), by_shanghai_clock)
    assert local(found.at, "Asia/Shanghai")[:13] == "2026-03-04 20"
