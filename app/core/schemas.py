"""The JSON types of the API: strict, bounded, and with errors that say what would be right."""

import re
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from app.core.ids import parse_id

TITLE, NOTE = 200, 20_000
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_LOST_PLUS = re.compile(r"\S+[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})? \d\d:\d\d", re.ASCII)
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ZONES = frozenset(available_timezones())


class Schema(BaseModel):
    """A request body: fields nobody knows are refused."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, serialize_by_alias=True)


class Answer(BaseModel):
    """A response body; documentation and contract tests, the bytes are written from the rows."""

    model_config = ConfigDict(extra="forbid", json_schema_mode_override="serialization")


def _instant(value: Any, first: int, last: int) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _LOST_PLUS.fullmatch(value):
        raise ValueError("The offset lost its +, which is written %2B in an address.")
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("An RFC 3339 time with an offset is needed, such as 2026-03-04T18:27:00+01:00.")
    head, _, fraction = value.upper().replace(" ", "T").partition(".")
    if fraction:
        digits = re.match(r"\d+", fraction).group()  # pyright: ignore[reportOptionalMemberAccess]
        head = f"{head}.{digits[:6].ljust(6, '0')}{fraction[len(digits) :]}"
    try:
        instant = datetime.fromisoformat(head)
    except ValueError:
        raise ValueError("There is no such date or time.") from None
    if not first <= instant.year <= last:
        raise ValueError(f"Years from {first} to {last} are taken.")
    utc = instant.astimezone(UTC)
    if not first <= utc.year <= last:
        raise ValueError(f"Years from {first} to {last} are taken.")
    return utc


def _date(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("A date is written YYYY-MM-DD, such as 2026-03-04.")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("There is no such date.") from None
    if not 1900 <= day.year <= 2200:
        raise ValueError("Years from 1900 to 2200 are taken.")
    return day


def _hour(value: Any) -> time:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _HOUR.fullmatch(value):
        raise ValueError('An hour is written "HH:MM", such as "17:00".')
    return time.fromisoformat(value)


def _zone(value: str) -> str:
    if value not in _ZONES:
        raise ValueError("An IANA time zone name is needed, such as Europe/Lisbon.")
    return value


def _id(value: Any) -> str:
    try:
        return parse_id(value)
    except (ValueError, AttributeError, TypeError):
        raise ValueError("A UUID is needed (RFC 9562), such as 0190b5a2-7c1e-7000-8000-000000000001.") from None


def writable(value: str) -> str:
    """Refuse what neither database can store alike."""
    if "\x00" in value:
        raise ValueError("NUL characters are not taken.")
    if _SURROGATE.search(value):
        raise ValueError("Lone surrogates are not taken.")
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("Some text is needed.")
    return value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", value, re.IGNORECASE):
        raise ValueError("A web address begins with http:// or https://.")
    return value


_INSTANT = WithJsonSchema({"type": "string", "format": "date-time", "description": "RFC 3339 with an offset."})
Moment = Annotated[datetime, BeforeValidator(partial(_instant, first=1900, last=2200)), _INSTANT]
# What was worked out from moments may lie beyond the last of them.
Stamp = Annotated[datetime, BeforeValidator(partial(_instant, first=1850, last=2250)), _INSTANT]
Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Hour = Annotated[
    time, BeforeValidator(_hour), WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"})
]
Zone = Annotated[str, Field(strict=True, max_length=64, examples=["Europe/Lisbon"]), AfterValidator(_zone)]
Uuid = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "format": "uuid"})]
Name = Annotated[
    str,
    Field(strict=True, min_length=1, max_length=TITLE),
    AfterValidator(writable),
    AfterValidator(_filled),
]
Line = Annotated[str, Field(strict=True, max_length=TITLE), AfterValidator(writable)]
Note = Annotated[str, Field(strict=True, max_length=NOTE), AfterValidator(writable)]
Filled = Annotated[
    str, Field(strict=True, min_length=1, max_length=NOTE), AfterValidator(writable), AfterValidator(_filled)
]
Url = Annotated[str, Field(strict=True, max_length=2000), AfterValidator(writable), AfterValidator(_web_address)]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]
Channel = Literal["email", "letter", "phone", "voicemail", "linkedin", "sms", "in_person", "other"]
FollowUp = Literal["full", "light", "none"]
Kind = Literal["interview", "networking", "social", "other"]
Role = Literal["recruiter", "hiring_manager", "interviewer", "referrer", "other"]


class Placed(Schema):
    """Coordinates come as a pair or not at all."""

    latitude: Latitude | None = None
    longitude: Longitude | None = None

    @model_validator(mode="after")
    def _paired(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("Latitude and longitude come together.")
        return self


class PlacedPatch(Placed):
    """A merge patch names both coordinates or neither, since taking one away would leave half a place."""

    @model_validator(mode="after")
    def _both(self) -> Self:
        if len({"latitude", "longitude"} & self.model_fields_set) == 1:
            raise ValueError("Latitude and longitude come together.")
        return self


def otherwise(value: Any) -> AfterValidator:
    """What an optional field is when it is null, as when it is left out: `Annotated[Kind | None, otherwise(…)]`."""
    return AfterValidator(lambda given: value if given is None else given)


def _digits(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
        raise ValueError("A whole number is needed.")
    return value


def counted(low: int, high: int) -> Any:
    """A whole number from `low` to `high` in a query, in plain digits."""
    return Annotated[int, Field(ge=low, le=high), BeforeValidator(_digits)]


def whole(low: int, high: int) -> Any:
    """A whole number from `low` to `high`; digits in quotes are refused."""
    return Annotated[int, Field(strict=True, ge=low, le=high)]
