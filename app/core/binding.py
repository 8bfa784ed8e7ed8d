"""From a request to the arguments of its endpoint, by what FastAPI read from the signature.

FastAPI's own way to get there resolves dependencies inside exit stacks and costs several times the query of a small
answer. A route that is bound here has one dependency, which its router makes itself, names in its path and query, and
a body: all of it is still declared, documented and validated by FastAPI.
"""

from typing import Any

from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request

NOTHING_SENT = object()
MISSING = {"type": "missing", "loc": ("body",), "msg": "Field required", "input": None}


class Binding:
    """`arguments` of one route's endpoint. Raises TypeError for a signature that asks for anything else."""

    def __init__(self, route: APIRoute) -> None:
        wanted = route.dependant
        if wanted.header_params or wanted.cookie_params or wanted.request_param_name or len(wanted.body_params) > 1:
            raise TypeError(f"{route.name} asks for more than a call, names in its path and query, and a body.")
        self._context = tuple(dependency.name or "" for dependency in wanted.dependencies)
        self._path = tuple((field.name, field.alias) for field in wanted.path_params)
        self._query = wanted.query_params
        self._defaults = {field.name: field.get_default() for field in wanted.query_params}
        self._needs_query = any(field.field_info.is_required() for field in wanted.query_params)
        self._body = next(iter(wanted.body_params), None)

    def arguments(self, request: Request, context: Any, body: Any) -> dict[str, Any]:
        """`context` is what dependencies get, `body` the parsed one or NOTHING_SENT. Raises RequestValidationError."""
        values = dict.fromkeys(self._context, context)
        for name, alias in self._path:
            values[name] = request.path_params[alias]
        errors: list[Any] = []
        if request.scope["query_string"] or self._needs_query:
            found, errors = request_params_to_args(self._query, request.query_params)
            values |= found
        else:
            values |= self._defaults
        if self._body is not None:
            values[self._body.name], more = _validated(self._body, body)
            errors += more
        if errors:
            raise RequestValidationError(errors)
        return values


def _validated(field: Any, body: Any) -> tuple[Any, list[Any]]:
    """The value of FastAPI's body field and what is wrong with it."""
    if body is not NOTHING_SENT:
        return field.validate(body, loc=("body",))
    return (None, [MISSING]) if field.field_info.is_required() else (field.get_default(), [])
