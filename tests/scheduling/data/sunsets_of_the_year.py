"""Writes sunsets_of_the_year.jsonl, which test_sundown.py compares ours with.

Skyfield and JPL DE421 tell where the sun is; nothing of Sundown takes part, and neither package is installed for it.
Run as it was, in a virtual environment made for the occasion:

    python -m venv /tmp/sky && /tmp/sky/bin/pip install skyfield==1.55 skyfield-data==7.0.0 tzdata==2026.6
    PYTHONTZPATH= /tmp/sky/bin/python tests/scheduling/data/sunsets_of_the_year.py

A row is a place, a day, and the first instant in the 24 hours from local noon at which the upper limb goes below the
horizon (the centre at -0.8333 degrees, no further refraction), rounded down to the second; null where there is none.
The altitude is looked at every two minutes, and each change of sign halved to within a hundredth of a second.
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from skyfield.api import load, load_file, wgs84
from skyfield_data import get_skyfield_data_path

PLACES = (
    ("Svalbard", 78.22, 15.65, "Arctic/Longyearbyen"),
    ("Utqiagvik", 71.29, -156.79, "America/Anchorage"),
    ("Tromsø", 69.65, 18.96, "Europe/Oslo"),
    ("Arctic Circle", 66.56, 25.85, "Europe/Helsinki"),
    ("Fairbanks", 64.84, -147.72, "America/Anchorage"),
    ("Reykjavik", 64.15, -21.94, "Atlantic/Reykjavik"),
    ("Anchorage", 61.22, -149.9, "America/Anchorage"),
    ("Berlin", 52.52, 13.4, "Europe/Berlin"),
    ("Ürümqi", 43.83, 87.62, "Asia/Shanghai"),
    ("New York", 40.71, -74.01, "America/New_York"),
    ("Los Angeles", 34.05, -118.24, "America/Los_Angeles"),
    ("Phoenix", 33.45, -112.07, "America/Phoenix"),
    ("Kathmandu", 27.72, 85.32, "Asia/Kathmandu"),
    ("Kiritimati", 1.87, -157.43, "Pacific/Kiritimati"),
    ("Quito", -0.18, -78.47, "America/Guayaquil"),
    ("Apia", -13.83, -171.77, "Pacific/Apia"),
    ("Pago Pago", -14.28, -170.7, "Pacific/Pago_Pago"),
    ("Lord Howe", -31.55, 159.08, "Australia/Lord_Howe"),
    ("Santiago", -33.45, -70.67, "America/Santiago"),
    ("Auckland", -36.85, 174.76, "Pacific/Auckland"),
    ("Chatham", -43.95, -176.55, "Pacific/Chatham"),
    ("McMurdo", -77.85, 166.67, "Antarctica/McMurdo"),
    ("South Pole", -90.0, 0.0, "Antarctica/McMurdo"),
)
# The named days of product.md, the first and the sixteenth of each month, and years far away, though not before 1970:
# there the zones of one tzdata are not those of another.
NAMED = ("2026-01-14", "2026-03-04", "2026-03-29", "2026-05-17", "2026-06-21", "2026-12-21", "2028-02-29")
MONTHLY = tuple(f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 16))
AFAR = ("1971-03-01", "1990-11-11", "2011-12-29", "2011-12-31", "2049-09-09")
POLAR = 65  # degrees beyond which each day is added on which the sky differs from the day before or after

HORIZON = -0.8333
STEP, DAY = timedelta(minutes=2), timedelta(days=1)
EPHEMERIS = load_file(str(Path(get_skyfield_data_path()) / "de421.bsp"))
TIMES = load.timescale(builtin=True)


def altitudes(observer: Any, instants: list[datetime]) -> Any:
    """Of the centre of the sun above the horizon of a sunset, in degrees.

    Instants are read as UT1, which UTC follows within a second; skyfield's UTC of 1900 counts atomic seconds.
    """
    first = instants[0]
    seconds = [first.second + (instant - first).total_seconds() for instant in instants]
    times = TIMES.ut1(first.year, first.month, first.day, first.hour, first.minute, seconds)
    return observer.at(times).observe(EPHEMERIS["sun"]).apparent().altaz()[0].degrees - HORIZON


def first_sunset(observer: Any, noon: datetime) -> datetime | None:
    instants = [noon + number * STEP for number in range(DAY // STEP + 1)]
    above = altitudes(observer, instants) >= 0
    for number in range(len(instants) - 1):
        if above[number] and not above[number + 1]:
            high, low = instants[number], instants[number + 1]
            while low - high > timedelta(milliseconds=10):
                middle = high + (low - high) / 2
                high, low = (middle, low) if altitudes(observer, [middle])[0] >= 0 else (high, middle)
            return low.replace(microsecond=0)
    return None


def row(place: tuple[str, float, float, str], on: str) -> dict[str, Any]:
    name, latitude, longitude, timezone = place
    noon = datetime.combine(date.fromisoformat(on), time(12), ZoneInfo(timezone)).astimezone(UTC)
    sunset = first_sunset(EPHEMERIS["earth"] + wgs84.latlon(latitude, longitude), noon)
    at = None if sunset is None else f"{sunset:%Y-%m-%dT%H:%M:%SZ}"
    return {
        "place": name,
        "latitude": latitude,
        "longitude": longitude,
        "timezone": timezone,
        "on": on,
        "sunset_at": at,
    }


def kind(found: dict[str, Any]) -> str:
    if found["sunset_at"] is None:
        return "none"
    local = datetime.fromisoformat(found["sunset_at"]).astimezone(ZoneInfo(found["timezone"]))
    return "that day" if str(local.date()) == found["on"] else "after midnight"


def changes(place: tuple[str, float, float, str]) -> list[str]:
    days = [str(date(2026, 1, 1) + number * DAY) for number in range(365)]
    kinds = [kind(row(place, on)) for on in days]
    return [on for number, on in enumerate(days) if len(set(kinds[max(0, number - 1) : number + 2])) > 1]


def main() -> None:
    rows: list[dict[str, Any]] = []
    for place in PLACES:
        edges = changes(place) if abs(place[1]) > POLAR else []
        rows += [row(place, on) for on in sorted({*NAMED, *MONTHLY, *AFAR, *edges})]
    lines = "".join(f"{json.dumps(found, ensure_ascii=False)}\n" for found in rows)
    Path(__file__).with_suffix(".jsonl").write_text(lines, "utf-8")


if __name__ == "__main__":
    main()
