"""From a request to the arguments of its endpoint, by what FastAPI read from the signature.

FastAPI's own way to get there resolves dependencies inside exit stacks and costs several times the query of a small
answer. A route that is bound here has one dependency, which its router makes itself, names in its path and query, and
a body: all of it is still declared, documented and validated by FastAPI.
"""

from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request

NOTHING_SENT = object()
MISSING = {"type": "missing", "msg": "Field required", "input": None}


class Binding:
    """`arguments` of one route's endpoint. Raises TypeError for a signature that asks for anything else.

    A name in the query is there once, which the gate sees to.
    """

    def __init__(self, route: APIRoute) -> None:
        wanted = route.dependant
        if wanted.header_params or wanted.cookie_params or wanted.request_param_name or len(wanted.body_params) > 1:
            raise TypeError(f"{route.name} asks for more than a call, names in its path and query, and a body.")
        self._context = tuple(dependency.name or "" for dependency in wanted.dependencies)
        self._path = tuple((field.name, field.alias) for field in wanted.path_params)
        self._query = tuple((field.name, field.alias, field) for field in wanted.query_params)
        self._body = next(iter(wanted.body_params), None)

    def arguments(self, request: Request, context: Any, body: Any) -> dict[str, Any]:
        """`context` is what dependencies get, `body` the parsed one or NOTHING_SENT. Raises RequestValidationError."""
        values = dict.fromkeys(self._context, context)
        for name, alias in self._path:
            values[name] = request.path_params[alias]
        errors: list[Any] = []
        given = request.query_params if request.scope["query_string"] else {}
        for name, alias, field in self._query:
            values[name], wrong = _validated(field, given.get(alias, NOTHING_SENT), ("query", alias))
            errors += wrong
        if self._body is not None:
            values[self._body.name], wrong = _validated(self._body, body, ("body",))
            errors += wrong
        if errors:
            raise RequestValidationError(errors)
        return values


def _validated(field: Any, value: Any, place: tuple[str, ...]) -> tuple[Any, list[Any]]:
    """The value of one of FastAPI's fields and what is wrong with it."""
    if value is not NOTHING_SENT:
        return field.validate(value, loc=place)
    return (None, [MISSING | {"loc": place}]) if field.field_info.is_required() else (field.get_default(), [])
