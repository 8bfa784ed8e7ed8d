"""Request bodies: JSON in UTF-8, bounded, with what cannot be stored named by its pointer."""

import json
from typing import Any

import orjson

from app.core.problems import BadRequest, FieldError, Invalid, UnsupportedMediaType

MERGE_PATCH = "application/merge-patch+json"
DEPTH_LIMIT = 32


def check_media_type(content_type: str, method: str) -> None:
    """Raise UnsupportedMediaType unless the body is JSON, or for PATCH a merge patch (RFC 7396)."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "application/json" or (method == "PATCH" and media_type == MERGE_PATCH):
        return
    allowed = f"application/json or {MERGE_PATCH}" if method == "PATCH" else "application/json"
    headers = {"Accept-Patch": f"application/json, {MERGE_PATCH}"} if method == "PATCH" else {}
    raise UnsupportedMediaType(f"Send {allowed}.", headers=headers)


def parse_json(raw: bytes) -> Any:
    """The value behind `raw`. Raises BadRequest for what is no JSON, Invalid for texts that cannot be stored."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        lone = _lone_surrogates(raw)
        if lone:
            raise Invalid(errors=lone) from None
        raise BadRequest(f"The body is not JSON in UTF-8: {error.msg}, line {error.lineno}.") from None
    except RecursionError:
        raise BadRequest("The body is nested too deeply.") from None
    if _depth(raw) > DEPTH_LIMIT:
        raise BadRequest(f"The body is nested more than {DEPTH_LIMIT} levels deep.")
    return value


def _depth(raw: bytes) -> int:
    """An upper bound, since brackets inside texts count too; only a suspect body is measured exactly."""
    if raw.count(b"[") + raw.count(b"{") <= DEPTH_LIMIT:
        return 0
    deepest, level = 0, [orjson.loads(raw)]
    while level and deepest <= DEPTH_LIMIT:
        deepest += 1
        level = [
            child
            for value in level
            if isinstance(value, list | dict)
            for child in (value.values() if isinstance(value, dict) else value)
        ]
    return deepest - 1


def _lone_surrogates(raw: bytes) -> list[FieldError]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return []
    found: list[FieldError] = []

    def walk(value: Any, pointer: str) -> None:
        if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            found.append(FieldError(pointer, "Lone surrogates are not taken."))
        elif isinstance(value, dict):
            for name, item in value.items():
                walk(item, f"{pointer}/{escape(name)}")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                walk(item, f"{pointer}/{index}")

    walk(value, "#")
    return found


def escape(name: str) -> str:
    """A reference token of a JSON pointer (RFC 6901, section 3), safe to print."""
    return name.encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")
