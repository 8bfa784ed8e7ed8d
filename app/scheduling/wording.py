"""The sentences by which a person can check a due time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.scheduling.almanac import Sundown, dated
from app.scheduling.places import Place, principal_place

TITLE_LENGTH = 200


def moment(at: datetime, timezone: str) -> str:
    """ "Wednesday 4 March, 18:27", in the zone's own time."""
    local = at.astimezone(ZoneInfo(timezone))
    return f"{dated(local.date())}, {local:%H:%M}"


def where(place: Place) -> str:
    if place.city is not None:
        return f"in {place.city}"
    return "where you met" if place.latitude is not None else f"({place.timezone})"


def sundown_sentence(sundown: Sundown, day: date, place: Place) -> str:
    """Why a sundown is when it is: "sundown in Lisbon on Wednesday 4 March, 18:27"."""
    hour = f"{sundown.at.astimezone(ZoneInfo(place.timezone)):%H:%M}"
    reasons = {
        "sunset": f"sundown {where(place)} on {dated(day)}, {hour}",
        "fixed": f"your sundown hour {where(place)} on {dated(day)}, {hour}",
        "no_place": f"{hour} on {dated(day)} {where(place)}, since this zone has no city and so no sun",
        "no_sun": f"{hour} {where(place)} on {dated(day)}, since the sun does not set there that day",
        "after_midnight": f"the end of {dated(day)} {where(place)}, {hour}, since the sun sets after midnight",
    }
    return reasons[sundown.reason]


def end_of_day_sentence(at: datetime, day: date, place: Place) -> str:
    """The day, or, past midnight, the evening of the day before."""
    local = at.astimezone(ZoneInfo(place.timezone))
    if local.date() > day:
        return f"the end of the evening of {dated(day)} {where(place)}, {local:%H:%M}"
    return f"the end of the day {where(place)}, {dated(local.date())}, {local:%H:%M}"


def counted(number: int, noun: str) -> str:
    """ "two working days", "12 days"."""
    words = ("no", "one", "two", "three", "four", "five", "six")
    return f"{words[number] if number < len(words) else number} {noun}{'' if number == 1 else 's'}"


def days_later(number: int, noun: str) -> str:
    """ "on the next working day", "three days later"."""
    return f"on the next {noun}" if number == 1 else f"{counted(number, noun)} later"


def chosen_by_user(at: datetime, timezone: str) -> str:
    """For a due time set by hand."""
    city = principal_place(timezone).city
    return f"the time you chose, {moment(at, timezone)} {f'in {city}' if city else f'({timezone})'}"


def titled(verb: str, what: str) -> str:
    """ "Send: the trunk-based article", cut at a word where there is one."""
    text = f"{verb}: {' '.join(what.split())}"
    if len(text) <= TITLE_LENGTH:
        return text
    cut = text[: TITLE_LENGTH - 1]
    words = cut.rpartition(" ")[0]
    return f"{words if len(words) > len(verb) + 1 else cut}…"
