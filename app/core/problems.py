"""Every failure as an RFC 9457 problem: an exception says what went wrong, this module says it over HTTP."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

import orjson
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class FieldError:
    """Where (`pointer`, RFC 6901 as a fragment, or `?name` for a query parameter) and what would be right."""

    pointer: str
    detail: str


class Problem(Exception):
    """An answer other than success. Subclasses beside the rule they report fix `status`, `slug` and `title`.

    Of `errors` the first hundred are told, so that a small request cannot ask for a huge answer.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong here"
    text: ClassVar[str] = "The server could not finish this. Nothing was changed. Please try again."

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        **extensions: object,
    ) -> None:
        self.detail = detail or self.text
        self.errors = tuple(islice(errors, MOST_ERRORS))
        self.headers = dict(headers or {})
        self.extensions = extensions
        super().__init__(self.detail)

    def response(self) -> Response:
        body: dict[str, object] = {
            "type": f"/problems/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"pointer": error.pointer, "detail": error.detail} for error in self.errors]
        body |= self.extensions
        content = orjson.dumps(body, option=orjson.OPT_UTC_Z)
        return Response(content, self.status, headers=self.headers, media_type=MEDIA_TYPE)


class BadRequest(Problem):
    status, slug, title = 400, "bad-request", "The request could not be read"
    text = "The body is not JSON in UTF-8."


class Unauthenticated(Problem):
    status, slug, title = 401, "unauthenticated", "Sign in first"
    text = "This needs a signed-in session or a valid bearer token."

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": 'Bearer realm="Sundown"'})


class Forbidden(Problem):
    status, slug, title = 403, "forbidden", "Not allowed"
    text = "This is not allowed with the credentials sent."


class NotFound(Problem):
    status, slug, title = 404, "not-found", "Not found"
    text = "There is nothing here under that name."


class MethodNotAllowed(Problem):
    status, slug, title = 405, "method-not-allowed", "Method not allowed"
    text = "This address does not answer that method; the Allow header lists the ones it does."


class Conflict(Problem):
    status, slug, title = 409, "conflict", "In conflict with what is stored"
    text = "The current state does not allow this."


class Gone(Problem):
    status, slug, title = 410, "gone", "Deleted earlier"
    text = "The row with this id was deleted; it is not made again."


class PreconditionFailed(Problem):
    status, slug, title = 412, "precondition-failed", "Changed in the meantime"
    text = "The row has changed since it was read; `current` is how it stands now."


class TooLarge(Problem):
    status, slug, title = 413, "too-large", "Too large"
    text = "The body is larger than is taken here."


class UnsupportedMediaType(Problem):
    status, slug, title = 415, "unsupported-media-type", "Media type not understood"
    text = "Send application/json."


class Invalid(Problem):
    status, slug, title = 422, "invalid", "Some fields are not right"
    text = "Some fields are not right; `errors` says which and what would be."

    def __init__(self, detail: str | None = None, *, errors: Iterable[FieldError] = (), **rest: Any) -> None:
        told = tuple(islice(errors, MOST_ERRORS))
        super().__init__(detail or (told[0].detail if len(told) == 1 else None), errors=told, **rest)

    @classmethod
    def at(cls, pointer: str, detail: str) -> "Invalid":
        """One field's error, told in the summary too."""
        return cls(detail, errors=[FieldError(pointer, detail)])


class TooManyRequests(Problem):
    status, slug, title = 429, "too-many-requests", "Too many tries"
    text = "Please wait before trying again."


class Unavailable(Problem):
    status, slug, title = 503, "unavailable", "Busy"
    text = "The server is busy. Nothing was changed. Please try again in a moment."

    def __init__(self, detail: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class InsufficientStorage(Problem):
    status, slug, title = 507, "insufficient-storage", "The disk is full"
    text = "The server's disk is full. Nothing was changed."
