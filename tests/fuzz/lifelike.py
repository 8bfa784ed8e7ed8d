"""Requests that mean something: what fits the schema is made to fit the rules that a schema cannot tell.

Without this most requests would be refused for the same few reasons, and little behind those would be tried.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4
from zlib import crc32

from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation

from tests.support import factories as make
from tests.support.pictures import CARD

ZONES = ("Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC")
TEXTS = {
    "email": "ana{}@mail.example",
    "emails": "ana{}@mail.example",
    "contact_email": "ana{}@mail.example",
    "current": make.account()["password"],
    "linkedin_url": "https://sundown.example/{}",
    "url": "https://sundown.example/{}",
    "website": "https://sundown.example/{}",
}
TAKEN_BY = {
    "complete": {"at", "channel", "note", "outcome"},
    "skip": {"reason"},
    "snooze": {"until"},
    "reopen": set(),
    "plan": {"planned_on"},
}
OF_BUILT_IN_RULES = {"id", "on", "due", "minutes"}

days = st.dates(date(1900, 1, 2), date(2200, 12, 30)).map(date.isoformat)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.builds(
    lambda day, seconds, offset: datetime.fromisoformat(day).replace(tzinfo=offset) + timedelta(seconds=seconds),
    days,
    st.integers(0, 24 * 60 * 60 - 1),
    offsets,
).map(datetime.isoformat)


def make_lifelike(case: Case) -> None:
    """Change what fits its schema; what was made wrong on purpose stays."""
    if case.meta is None:
        return
    wrong = case.meta.is_negative_at
    if not wrong(ParameterLocation.HEADER):
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = str(uuid4())
        if "If-Match" in case.headers:
            case.headers["If-Match"] = "*"
    if not wrong(ParameterLocation.QUERY) and case.query:
        case.query = {name: _value(name, value) for name, value in case.query.items() if name != "after"}
    if not wrong(ParameterLocation.BODY) and (case.media_type or "").startswith("image/"):
        case.body = CARD
    if not wrong(ParameterLocation.BODY) and isinstance(case.body, dict):
        importing = case.operation.definition.raw["operationId"] == "import_me"
        case.body = make.archive() if importing else _value("", case.body)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        left_out = _out_of_place(name, value)
        return {key: _value(key, item) for key, item in value.items() if key not in left_out}
    if isinstance(value, list):
        return [_value(name, item) for item in value]
    if not isinstance(value, str):
        return value
    if name == "timezone":
        return ZONES[_number(value) % len(ZONES)]
    return TEXTS[name].format(_number(value)) if name in TEXTS else value


def _out_of_place(name: str, fields: dict[str, Any]) -> set[str]:
    """The fields that only go with others, or not with others."""
    left_out: set[str] = set()
    if fields.get("latitude") is None or fields.get("longitude") is None:
        left_out |= {"latitude", "longitude"}
    if fields.get("contact_ids") and fields.get("people"):
        left_out.add("people" if len(fields["people"]) % 2 else "contact_ids")
    if "do" in fields:
        left_out |= set().union(*TAKEN_BY.values()) - TAKEN_BY[fields["do"]]
    if fields.get("kind") != "interview":
        left_out.add("round")
    if name == "rules" and fields["id"].startswith("R"):
        left_out |= fields.keys() - OF_BUILT_IN_RULES
    return left_out


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))
