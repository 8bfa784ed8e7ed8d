"""An operation is found by the shape of its address, and what has none is left to the router."""

from typing import Any

import pytest
from fastapi import APIRouter, Depends, Header
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from app.api import ROUTES
from app.core.binding import Binding
from app.core.dispatch import Dispatch
from tests.support import factories as make


class Seen:
    """Stands in for an application and keeps what it was asked for."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)


async def nothing(*_: object) -> Any:
    raise AssertionError("not called")


def address(route: APIRoute) -> str:
    return "/".join(make.NOBODY if part.startswith("{") else part for part in route.path.split("/"))


def routed(path: str, method: str = "GET") -> tuple[APIRoute, Seen]:
    """A route at `path` and what stands behind it."""
    answering = Seen()
    route = APIRoute(path, nothing, methods=[method])
    route.app = answering
    return route, answering


def test_every_operation_stands_alone_at_its_address() -> None:
    addresses = [(method, address(route)) for route in ROUTES for method in route.methods or ()]
    assert len(addresses) == len(set(addresses))


async def test_every_operation_is_found_without_the_router() -> None:
    for route in ROUTES:
        same, answering = routed(route.path, min(route.methods or ()))
        scope = {"type": "http", "method": min(route.methods or ()), "path": address(route)}
        await Dispatch(nothing, [same])(scope, nothing, nothing)
        assert len(answering.scopes) == 1, route.path
        assert set(answering.scopes[0]["path_params"].values()) <= {make.NOBODY}


async def test_ids_are_told_by_the_names_they_have_in_the_path() -> None:
    route, answering = routed("/a/{one_id}/b/{other_id}")
    other = make.NOBODY.replace("dead", "beef")
    scope = {"type": "http", "method": "GET", "path": f"/a/{make.NOBODY}/b/{other}"}
    await Dispatch(nothing, [route])(scope, nothing, nothing)
    assert answering.scopes[0]["path_params"] == {"one_id": make.NOBODY, "other_id": other}


@pytest.mark.parametrize(
    "scope",
    [
        {"type": "http", "method": "PUT", "path": f"/a/{make.NOBODY}"},
        {"type": "http", "method": "GET", "path": "/a/7"},
        {"type": "http", "method": "GET", "path": f"/a/{make.NOBODY}/"},
        {"type": "http", "method": "GET", "path": f"/{make.NOBODY}"},
        {"type": "http", "method": "GET", "path": ""},
        {"type": "lifespan"},
    ],
)
async def test_all_else_goes_to_the_router(scope: Scope) -> None:
    route, answering = routed("/a/{one_id}")
    router = Seen()
    await Dispatch(router, [route])(scope, nothing, nothing)
    assert (router.scopes, answering.scopes) == ([scope], [])


def test_an_endpoint_that_asks_for_more_than_is_given_is_refused_at_once() -> None:
    router = APIRouter()

    async def endpoint(context: str = Depends(nothing), x_kind: str = Header()) -> None:
        """Wants a header, which only the gate reads."""

    router.add_api_route("/a", endpoint)
    (route,) = (route for route in router.routes if isinstance(route, APIRoute))
    with pytest.raises(TypeError, match="endpoint asks for more"):
        Binding(route)
