"""What an op's value looks like over HTTP: bytes written straight from rows, with ETag and Link."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.core.pagination import Page
from app.core.problems import PreconditionFailed

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


@dataclass(frozen=True, slots=True)
class Reply:
    """A value ready to leave: status, JSON bytes and headers. Stored as it is for an Idempotency-Key."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        return Response(self.body, self.status, self.headers, "application/json" if self.body else None)


def etag(version: int | str) -> str:
    """A strong validator (RFC 9110, section 8.8.3) of the row's own version."""
    return f'"{version}"'


def one(value: dict[str, Any], status: int = 200) -> Reply:
    """A single resource with its ETag; its `version` travels in the header only."""
    body = {name: item for name, item in value.items() if name != "version"}
    headers = {"ETag": etag(value["version"])} if "version" in value else {}
    return Reply(status, orjson.dumps(body, option=OPTIONS), headers)


def made(result: tuple[dict[str, Any], bool]) -> Reply:
    """A create: 201 with the new resource, or 200 with the one that already had this id."""
    value, created = result
    return one(value, 201 if created else 200)


def named(value: dict[str, Any]) -> Reply:
    """A resource whose version has a name, which is one of its fields as well as its ETag."""
    return Reply(200, orjson.dumps(value, option=OPTIONS), {"ETag": etag(value["version"])})


def plain(value: Any) -> Reply:
    """A value without a version of its own."""
    return Reply(200, orjson.dumps(value, option=OPTIONS))


def nothing(_value: object = None) -> Reply:
    return Reply(204)


def page(value: Page, request: Request) -> Reply:
    """A keyset page, its next address also as Link rel="next" (RFC 8288)."""
    headers: dict[str, str] = {}
    if value.next is not None:
        query = [(name, item) for name, item in request.query_params.multi_items() if name != "after"]
        address = f"{request.url.path}?{urlencode([*query, ('after', value.next)])}"
        headers["Link"] = f'<{address}>; rel="next"'
    for row in value.items:
        row.pop("version", None)
    return Reply(200, orjson.dumps({"items": value.items, "next": value.next}, option=OPTIONS), headers)


def check_match(if_match: str | None, version: int | str, current: Callable[[], dict[str, Any]]) -> None:
    """Honour If-Match (RFC 9110, section 13.1.1); PreconditionFailed carries `current`, as a GET answers it."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag(version) not in [tag.strip() for tag in if_match.split(",")]:
        shown = {name: item for name, item in current().items() if name != "version" or isinstance(item, str)}
        raise PreconditionFailed(current=shown, headers={"ETag": etag(version)})
