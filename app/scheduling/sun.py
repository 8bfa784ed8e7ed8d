"""When the sun sets: ephem says how high it stands, and the crossing is looked for here.

A search that goes from transit to transit loses sunsets where the sun hardly rises or hardly sets: the first one
after the long day, and all of them near the poles.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from math import radians
from typing import Any

import ephem

STEP, DAY = 7200, 86400
HORIZON = radians(-50 / 60)  # the upper limb at the horizon, with the usual refraction
NEAR = radians(2)  # within an hour of its turning the sun rises or sinks by less

Altitude = Callable[[int], float]


def first_sunset(noon: datetime, latitude: float, longitude: float) -> datetime | None:
    """The first sunset in the 24 hours from `noon` (UTC), rounded down to the second; None where there is none.

    Coordinates are in degrees, the pole included.
    """
    above = _altitude(noon, latitude, longitude)
    for high, low in pairwise(_seconds(above)):
        if above(high) >= 0 > above(low):
            at = high - 1 + bisect_left(range(high, low), True, key=lambda second: above(second) < 0)
            if 0 <= at <= DAY:
                return noon + timedelta(seconds=at)
    return None


def _altitude(noon: datetime, latitude: float, longitude: float) -> Altitude:
    """How far the sun's centre is above the horizon of a sunset, in radians, so many seconds after `noon`."""
    observer: Any = ephem.Observer()
    observer.lat, observer.lon, observer.pressure = radians(latitude), radians(longitude), 0
    sun: Any = ephem.Sun()
    start = ephem.Date(noon.replace(tzinfo=None))

    @cache
    def above(second: int) -> float:
        observer.date = start + second / DAY
        sun.compute(observer)
        return sun.alt - HORIZON

    return above


def _seconds(above: Altitude) -> Iterator[int]:
    """From before noon to after the next, in order, with the turnings of a sun that grazes the horizon."""
    steps = range(-STEP, DAY + 2 * STEP, STEP)
    for before, at, after in zip(steps, steps[1:], steps[2:], strict=False):
        height = above(at)
        up = height < 0
        grazes = abs(height) < NEAR
        if grazes and (above(before) < height >= above(after) if up else above(before) > height <= above(after)):
            yield from sorted((at, _turning(above, before, after, up=up)))
        else:
            yield at


def _turning(above: Altitude, low: int, high: int, *, up: bool) -> int:
    """The second of the highest (`up`) or lowest altitude in between, by thirds."""
    while high - low > 2:
        third = (high - low) // 3
        left, right = low + third, high - third
        if (above(left) < above(right)) is up:
            low = left
        else:
            high = right
    return low + 1
