"""The search for a sunset finds the first one there is, and only sunsets."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import degrees, radians
from typing import Any

import ephem
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scheduling.sun import first_sunset
from tests.scheduling.meetings import instant

NOONS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
LATITUDES = st.floats(-90, 90) | st.floats(60, 90) | st.floats(-90, -60)
EVERY = timedelta(minutes=10)


def height(at: datetime, latitude: float, longitude: float) -> float:
    """Of the sun's centre over the horizon of a sunset, in degrees."""
    observer: Any = ephem.Observer()
    observer.lat, observer.lon, observer.pressure = radians(latitude), radians(longitude), 0
    observer.date = at.replace(tzinfo=None)
    sun: Any = ephem.Sun(observer)
    return degrees(sun.alt) + 50 / 60


@given(NOONS, LATITUDES, st.floats(-180, 180))
def test_the_sun_is_up_before_the_first_sunset_and_down_after_it(
    noon: datetime, latitude: float, longitude: float
) -> None:
    noon = noon.replace(microsecond=0)
    found = first_sunset(noon, latitude, longitude)
    if found is not None:
        assert noon <= found <= noon + timedelta(days=1)
        assert height(found + timedelta(seconds=1), latitude, longitude) <= 0 <= height(found, latitude, longitude)
    until = found or noon + timedelta(days=1)
    up = [height(noon + EVERY * number, latitude, longitude) >= 0 for number in range((until - noon) // EVERY)]
    assert not any(before and not after for before, after in pairwise(up)), "an earlier one was missed"


@pytest.mark.parametrize(
    ("noon", "latitude", "longitude", "sunset"),
    [
        pytest.param("2026-07-27T07:00Z", 70.0, -104.8, "2026-07-28T06:31:21Z", id="the first after the long day"),
        pytest.param("2024-03-21T22:00Z", -89.99, 83.64, "2024-03-22T06:12:41Z", id="a mile from the pole"),
    ],
)
def test_a_sun_that_grazes_the_horizon_sets(noon: str, latitude: float, longitude: float, sunset: str) -> None:
    """Both are lost by a search that goes from transit to transit; skyfield finds them where they are."""
    found = first_sunset(instant(noon), latitude, longitude)
    assert found is not None
    assert abs(found - instant(sunset)) <= timedelta(seconds=60)
