"""Which operation answers an address, found in one step however many there are."""

from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.problems import MethodNotAllowed

ID_LENGTH = 36

Shape = tuple[str | None, ...]


def shape_of(parts: list[str]) -> Shape:
    """Of an address, with None for whatever is as long as an id."""
    return tuple([None if len(part) == ID_LENGTH else part for part in parts])


def shape_of_route(path: str) -> Shape:
    """Of the addresses that a route with names in braces answers."""
    return tuple(None if part.startswith("{") else part for part in path.split("/"))


class Dispatch:
    """Sends a request to the route of its method and shape: the parts of its path, with None for whatever is as long
    as an id. What has no such route (another method, no id, a file, the lifespan) goes to the router, which tries
    one after the other. Where an address without ids takes other methods, those are told here: the router would take
    its last part for an id that is none.
    """

    def __init__(self, router: ASGIApp, routes: Iterable[APIRoute]) -> None:
        self._router = router
        self._routes: dict[tuple[str, Shape], tuple[ASGIApp, dict[str, int]]] = {}
        self._methods: dict[str, set[str]] = {}
        for route in routes:
            parts = route.path.split("/")
            places = {part[1:-1]: place for place, part in enumerate(parts) if part.startswith("{")}
            shape = shape_of_route(route.path)
            if not places:
                self._methods.setdefault(route.path, set()).update(route.methods or ())
            for method in route.methods or ():
                self._routes.setdefault((method, shape), (route.app, places))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            parts = scope["path"].split("/")
            found = self._routes.get((scope["method"], shape_of(parts)))
            if found is not None:
                app, places = found
                scope["path_params"] = {name: parts[place] for name, place in places.items()}
                await app(scope, receive, send)
                return
            if scope["path"] in self._methods:
                raise MethodNotAllowed(headers={"Allow": ", ".join(sorted(self._methods[scope["path"]]))})
        await self._router(scope, receive, send)
