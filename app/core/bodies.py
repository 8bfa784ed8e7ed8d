"""Request bodies: JSON in UTF-8, bounded, with what cannot be stored named by its pointer."""

import json
from collections.abc import Collection
from typing import Any

import orjson

from app.core.problems import BadRequest, FieldError, Invalid, UnsupportedMediaType

JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
DEPTH_LIMIT = 32


def media_types_of(methods: Collection[str]) -> tuple[str, ...]:
    """JSON, and for PATCH a merge patch (RFC 7396)."""
    return (JSON, MERGE_PATCH) if "PATCH" in methods else (JSON,)


def check_media_type(content_type: str, method: str, allowed: tuple[str, ...]) -> None:
    """Raise UnsupportedMediaType for a body of another type than these."""
    if content_type.partition(";")[0].strip().lower() in allowed:
        return
    headers = {"Accept-Patch": ", ".join(allowed)} if method == "PATCH" else {}
    raise UnsupportedMediaType(f"Send {' or '.join(allowed)}.", headers=headers)


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
    # Brackets inside texts count too, so this only spares the walk of a body that cannot be too deep.
    if raw.count(b"[") + raw.count(b"{") > DEPTH_LIMIT and too_deep(value):
        raise BadRequest(f"The body is nested more than {DEPTH_LIMIT} levels deep.")
    return value


def too_deep(value: Any) -> bool:
    """Whether lists and objects stand in each other more than DEPTH_LIMIT deep."""
    level = [value]
    for _ in range(DEPTH_LIMIT + 1):
        containers = [item for item in level if isinstance(item, list | dict)]
        level = [child for item in containers for child in (item.values() if isinstance(item, dict) else item)]
        if not containers:
            return False
    return True


def _lone_surrogates(raw: bytes) -> list[FieldError]:
    try:
        value = json.loads(raw.decode())
    except (ValueError, RecursionError):
        return []
    found: list[FieldError] = []
    level: list[tuple[str, Any]] = [("#", value)]
    for _ in range(DEPTH_LIMIT + 1):
        deeper: list[tuple[str, Any]] = []
        for pointer, item in level:
            if isinstance(item, str) and any("\ud800" <= character <= "\udfff" for character in item):
                found.append(FieldError(pointer, "Lone surrogates are not taken."))
            elif isinstance(item, dict):
                deeper += [(f"{pointer}/{escape(name)}", child) for name, child in item.items()]
            elif isinstance(item, list):
                deeper += [(f"{pointer}/{index}", child) for index, child in enumerate(item)]
        level = deeper
    return found


def escape(name: str) -> str:
    """A reference token of a JSON pointer (RFC 6901, section 3), safe to print."""
    return name.encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")
