"""A phone in a city where it is the hour that a test needs, whatever the hour here.

Server and browser run on the real clock. What a page shows depends on the time of day where its reader is (the sun is
up, midnight is ahead), so the reader is put where that time is now.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.clock import SystemClock

EARLY_AFTERNOON = 13
AFTER_MIDNIGHT = 1
# One for each whole hour from UTC-10 to UTC+13, none of which changes its clocks; in all the sun sets after 16:30.
CITIES = (
    "Pacific/Honolulu",
    "Pacific/Gambier",
    "Pacific/Pitcairn",
    "America/Phoenix",
    "America/Costa_Rica",
    "America/Lima",
    "America/Puerto_Rico",
    "America/Bahia",
    "America/Noronha",
    "Atlantic/Cape_Verde",
    "Africa/Abidjan",
    "Africa/Lagos",
    "Africa/Maputo",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Tashkent",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Brisbane",
    "Pacific/Guadalcanal",
    "Pacific/Tarawa",
    "Pacific/Tongatapu",
)
PHONE: dict[str, Any] = {
    "viewport": {"width": 393, "height": 852},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-GB",
}


def zone_where(hour: int, now: datetime) -> str:
    """A time zone in which a clock shows `hour` at `now`."""
    return next(name for name in CITIES if now.astimezone(ZoneInfo(name)).hour == hour)


def phone(hour: int = EARLY_AFTERNOON, **differently: Any) -> dict[str, Any]:
    """Options of a browser context: a phone where it is `hour` now, `differently` in what is named."""
    return {**PHONE, "timezone_id": zone_where(hour, SystemClock().now()), **differently}
