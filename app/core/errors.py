"""From exceptions to problem responses: what FastAPI, Starlette and the database raise, in plain words."""

from collections.abc import Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from app.core.bodies import escape
from app.core.problems import (
    BadRequest,
    FieldError,
    Invalid,
    MethodNotAllowed,
    NotFound,
    Problem,
    TooLarge,
)

BY_STATUS: dict[int, type[Problem]] = {400: BadRequest, 404: NotFound, 405: MethodNotAllowed, 413: TooLarge}
WORDS = {
    "extra_forbidden": "There is no such field here.",
    "string_type": "A text is needed.",
    "string_too_short": "Some text is needed.",
    "bool_type": "true or false is needed.",
    "int_type": "A whole number is needed.",
    "int_parsing": "A whole number is needed.",
    "int_from_float": "A whole number is needed.",
    "float_type": "A number is needed.",
    "finite_number": "A finite number is needed.",
    "list_type": "A list is needed.",
    "model_attributes_type": "An object is needed.",
    "model_type": "An object is needed.",
    "dict_type": "An object is needed.",
    "string_too_long": "At most {max_length:,} characters are taken.",
    "too_long": "At most {max_length:,} entries are taken.",
    "too_short": "At least {min_length} is needed.",
    "literal_error": "One of these is needed: {expected}.",
    "enum": "One of these is needed: {expected}.",
    "greater_than_equal": "At least {ge:g} is needed.",
    "less_than_equal": "At most {le:g} is taken.",
}


def problem_of(error: Exception) -> Problem | None:
    """What to answer for an error that somebody raised on purpose; None for any other."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return Invalid(errors=[field_error(item) for item in error.errors()])
        case HTTPException():
            return BY_STATUS.get(error.status_code, Problem)(headers=error.headers)
        case _:
            return None


def field_error(item: Any) -> FieldError:
    """One Pydantic error as pointer and sentence; input values are never repeated, they may not be printable."""
    return FieldError(_pointer(item["loc"]), _sentence(item))


def _pointer(location: Sequence[str | int]) -> str:
    where, *path = location or ("body",)
    if where in ("query", "header"):
        return f"?{'/'.join(map(str, path))}"
    return "#" + "".join(f"/{escape(str(part))}" for part in path)


def _sentence(item: Any) -> str:
    kind = item["type"]
    if kind == "missing":
        where = item["loc"][1:]
        return f"`{where[-1]}` is required." if where else "A body is needed, a JSON object."
    if kind == "value_error":
        return str(item["msg"]).removeprefix("Value error, ")
    return WORDS[kind].format(**item.get("ctx", {})) if kind in WORDS else f"{item['msg']}."
