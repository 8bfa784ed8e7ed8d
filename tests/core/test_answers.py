"""What leaves: bytes from rows, the row's version as its ETag, If-Match as RFC 9110 has it."""

from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from starlette.requests import Request

from app.core.answers import Reply, check_match, etag, made, nothing, one, page, plain
from app.core.pagination import Page
from app.core.problems import PreconditionFailed

ROW: dict[str, Any] = {"id": "a", "at": datetime(2026, 3, 3, 15, 30, tzinfo=UTC), "on": date(2026, 3, 3), "version": 7}
SHOWN = {"id": "a", "at": "2026-03-03T15:30:00Z", "on": "2026-03-03"}


def request(query: str) -> Request:
    address = {"path": "/api/v1/contacts", "query_string": query.encode(), "server": ("testserver", 80)}
    return Request({"type": "http", "method": "GET", "scheme": "http", "headers": [], **address})


def test_a_resource_carries_its_version_in_the_etag_alone() -> None:
    reply = one(ROW)
    assert (reply.status, orjson.loads(reply.body), reply.headers) == (200, SHOWN, {"ETag": '"7"'})
    assert ROW["version"] == 7, "the row itself stays as it is"


@pytest.mark.parametrize(("created", "status"), [(True, 201), (False, 200)])
def test_a_create_tells_new_from_there_already(created: bool, status: int) -> None:
    assert made((ROW, created)).status == status


def test_what_has_no_version_has_no_etag() -> None:
    assert one({"id": "a"}).headers == plain({"id": "a"}).headers == {}


def test_nothing_is_204_without_a_body_or_a_type() -> None:
    response = nothing().response()
    assert (response.status_code, response.body) == (204, b"")
    assert "content-type" not in response.headers


def test_a_body_is_json_whatever_the_platform_thinks() -> None:
    response = Reply(200, b"{}").response()
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-length"] == "2"


def test_a_page_links_to_the_next_with_the_same_filters() -> None:
    reply = page(Page([ROW], "bmV4dA"), request("tag=caf%C3%A9+%26+bar&limit=1&after=old&tag=b"))
    assert orjson.loads(reply.body) == {"items": [SHOWN], "next": "bmV4dA"}
    address = "/api/v1/contacts?tag=caf%C3%A9+%26+bar&limit=1&tag=b&after=bmV4dA"
    assert reply.headers == {"Link": f'<{address}>; rel="next"'}


def test_the_last_page_links_nowhere() -> None:
    assert page(Page([], None), request("")) == Reply(200, b'{"items":[],"next":null}', {})


def never() -> dict[str, Any]:
    raise AssertionError("the row is read for a refusal alone")


@pytest.mark.parametrize("if_match", [None, "*", " * ", '"7"', '"6", "7"', '"6","7" ', ' "7"'])
def test_the_version_that_is_named_may_be_changed(if_match: str | None) -> None:
    check_match(if_match, 7, never)


@pytest.mark.parametrize("if_match", ["", "7", '"6"', 'W/"7"', '"77"', "'7'", '"7', '"6", "8"', ",", "\xff"])
def test_another_version_is_412_with_the_row_as_it_stands(if_match: str) -> None:
    with pytest.raises(PreconditionFailed) as refused:
        check_match(if_match, 7, lambda: ROW)
    response = refused.value.response()
    assert response.headers["etag"] == etag(7)
    assert orjson.loads(bytes(response.body))["current"] == SHOWN
