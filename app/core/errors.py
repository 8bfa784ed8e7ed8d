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
    "missing": "This is required.",
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
    kind, context = item["type"], item.get("ctx", {})
    if kind in WORDS:
        return WORDS[kind]
    if kind == "value_error":
        return str(item["msg"]).removeprefix("Value error, ")
    if kind == "string_too_long":
        return f"At most {context['max_length']:,} characters are taken."
    if kind == "too_long":
        return f"At most {context['max_length']:,} entries are taken."
    if kind == "too_short":
        return f"At least {context['min_length']} is needed."
    if kind in ("literal_error", "enum"):
        return f"One of these is needed: {context['expected']}."
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{item['msg'].removeprefix('Input should be ').capitalize()} is needed."
    return f"{item['msg']}."
