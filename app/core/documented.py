"""What the OpenAPI document says alike of many operations: page parameters and problem answers."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query

from app.core.pagination import MAX_LIMIT
from app.core.problems import MEDIA_TYPE
from app.core.schemas import counted

Limit = Annotated[counted(1, MAX_LIMIT), Query(description="Rows on a page.")]
After = Annotated[str | None, Query(max_length=2000, description="`next` of the page before.")]

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "Problem details (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["/problems/not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "RFC 6901 as a URI fragment; `?name` for a query parameter.",
                        "examples": ["#/timezone"],
                    },
                    "detail": {"type": "string"},
                },
            },
        },
        "current": {"type": "object", "description": "With 412: the resource as it stands."},
        "into": {"type": "string", "format": "uuid", "description": "With 410: what this one was merged into."},
    },
}
WORDS = {
    400: "The body is not JSON in UTF-8.",
    401: "Not signed in, or the token does not hold.",
    403: "The credential may not do this, or the request came from another site.",
    404: "No such row for this account.",
    409: "The current state does not allow it.",
    410: "The id was deleted earlier.",
    412: "If-Match names another version; `current` is the row as it stands.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "Fields are not right; `errors` names them.",
    429: "Too many tries; see Retry-After.",
    500: "The server failed; nothing was changed.",
    503: "Busy; nothing was changed.",
    507: "The disk is full; nothing was changed.",
}
HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {
        "description": "The row's version, for If-Match.",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[^"]+"$'},
    },
    "Link": {"description": 'The next page, as rel="next"; none on the last.', "schema": {"type": "string"}},
    "Retry-After": {
        "description": "Seconds to wait.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    },
    "WWW-Authenticate": {"description": "How to sign in.", "required": True, "schema": {"type": "string"}},
}
ETAG, LINK, RETRY_AFTER, AUTHENTICATE = ({name: {"$ref": f"#/components/headers/{name}"}} for name in HEADERS)
WITH_HEADERS = {401: AUTHENTICATE, 412: ETAG, 429: RETRY_AFTER, 503: RETRY_AFTER}
ALWAYS = (401, 403, 422, 500, 503)
WITH_BODY = (400, 413, 415, 507)


def problems(*statuses: int, body: bool = False) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: those of every operation, of one with a body, and the ones named."""
    every = sorted({*ALWAYS, *(WITH_BODY if body else ()), *statuses})
    return {
        status: {
            "description": WORDS[status],
            "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
            **({"headers": WITH_HEADERS[status]} if status in WITH_HEADERS else {}),
        }
        for status in every
    }


def there_already(model: Any) -> dict[int | str, dict[str, Any]]:
    """The answer of a create whose id was chosen by the client and is there already."""
    return {200: {"model": model, "description": "The row that has this id already, as it stands."}}


def completed(
    document: dict[str, Any], scopes_of: Callable[[str, str], frozenset[str]], not_replayed: frozenset[str]
) -> dict[str, Any]:
    """What the framework cannot know: who may, Idempotency-Key, If-Match, merge patch bodies.

    The operations `not_replayed` are those that take no notice of an Idempotency-Key.
    """
    versioned = _versioned(document)
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _say_headers(operation, versioned)
            _say_who(operation, scopes_of(operation["operationId"], method.upper()))
            _complete(method, operation)
            if method == "post" and operation["operationId"] not in not_replayed:
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    return document


def _say_who(operation: dict[str, Any], scopes: frozenset[str]) -> None:
    """A session, and the scopes of tokens that will do as well; nothing at all for what is public."""
    tokens = sorted(scopes - {"session"})
    operation["security"] = [{"session": []}, {"token": []}][: bool(scopes) + bool(tokens)]
    if scopes:
        also = f" or a token of scope {' or '.join(tokens)}" if tokens else ""
        operation["description"] = f"{operation.get('description', '')}\n\nNeeds a session{also}.".strip()


def _complete(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    operation["tags"] = operation["tags"][-1:]  # a route's own tag, else its router's
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "path":
            parameter["schema"] = {"type": "string", "format": "uuid"}
    if "412" in responses:
        parameters.append(IF_MATCH)
    if not parameters:
        operation.pop("parameters")
    if method == "patch":
        content = operation["requestBody"]["content"]
        content["application/merge-patch+json"] = content["application/json"]


def _versioned(document: dict[str, Any]) -> list[Any]:
    """What the answers look like that If-Match may be taken from."""
    return [
        operation["responses"]["200"]["content"]
        for operations in document["paths"].values()
        for operation in operations.values()
        if {"200", "412"} <= operation["responses"].keys()
    ]


def _say_headers(operation: dict[str, Any], versioned: list[Any]) -> None:
    """The ETag of what has a version, the Link of a page to the next."""
    for status, answer in operation["responses"].items():
        if status < "300" and answer.get("content") in versioned:
            answer["headers"] = ETAG
    if {"limit", "after"} <= {parameter["name"] for parameter in operation.get("parameters", [])}:
        operation["responses"]["200"]["headers"] = LINK


IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    "description": "With the same key the same request is done once and answered alike, for 30 days.",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag the change is based on; another version answers 412 with the resource as it stands.",
}
