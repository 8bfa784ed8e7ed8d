"""What is not the API: the page from `frontend/`, its precache list, health, and the problem pages."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

import orjson
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from app.core.migrate import stands_at_head
from app.core.problems import MethodNotAllowed, NotFound, Problem, Unavailable

FRONTEND = Path(__file__).resolve().parents[1] / "frontend"
DOCS = Path(__file__).resolve().parent / "docs_page"
SHELL = ("css", "js", "templates", "vendor", "icons")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types sw"
# A phone in a basement fetches the page over whatever bars are left; the answers of the API stay as they are.
SMALL = [Middleware(GZipMiddleware, minimum_size=500)]
# What is for those who read the page's source, and a quarter of it: a comment that has its lines to itself.
FOR_READERS = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)$", re.DOTALL | re.MULTILINE)
HEADERS = {
    "Content-Security-Policy": POLICY + TRUSTED_TYPES,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(self)",
}


async def healthz(_request: Request) -> Response:
    """Liveness: the process answers."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """Readiness: the database can be reached and its schema is this code's."""
    if not await request.app.state.db.read(stands_at_head):
        raise Unavailable("The database's schema is not the one this version needs.", retry_after=5)
    return PlainTextResponse("ready\n")


async def share(_request: Request) -> Response:
    """What another app shares is taken by the page's service worker; here it arrives while there is none yet."""
    return RedirectResponse("/log?shared=lost", 303)


async def openapi(request: Request) -> Response:
    """The contract as OpenAPI 3.1."""
    return Response(orjson.dumps(request.app.openapi()), media_type="application/json")


async def docs(_request: Request) -> Response:
    """The contract to read and try, from our own files; Swagger UI writes HTML, so no trusted types here."""
    return FileResponse(DOCS / "index.html", headers={"Content-Security-Policy": POLICY})


class UnknownApi:
    """Whatever no operation answers, of any method: 405 where the address takes other methods, else 404."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        request = Request(scope, receive)
        takes = {
            method
            for route in request.app.router.routes
            if isinstance(route, APIRoute) and route.path_regex.match(request.url.path)
            for method in route.methods or ()
        }
        if takes:
            raise MethodNotAllowed(headers={"Allow": ", ".join(sorted(takes))})
        raise NotFound("There is no such address in the API; /api/v1/openapi.json lists the ones there are.")


async def problem_page(request: Request) -> Response:
    """A problem's `type` leads here: its title and what it means, in plain text."""
    slug = request.path_params["slug"]
    found = next((kind for kind in _subclasses(Problem) if kind.slug == slug), None)
    if found is None:
        raise NotFound
    return PlainTextResponse(f"{found.title} ({found.status})\n\n{found.text}\n")


def _subclasses(kind: type) -> list[type]:
    return [kind, *(deeper for child in kind.__subclasses__() for deeper in _subclasses(child))]


def shell_files(frontend: Path) -> dict[str, str]:
    """Every file of the page by its address, with the SHA-256 of its bytes."""
    found = {
        f"/{path.relative_to(frontend).as_posix()}": path
        for folder in SHELL
        for path in sorted((frontend / folder).rglob("*"))
        if path.is_file() and path.suffix != ".json"
    }
    for address, name in (("/", "index.html"), ("/manifest.webmanifest", "manifest.webmanifest")):
        if (frontend / name).is_file():
            found[address] = frontend / name
    return {address: hashlib.sha256(path.read_bytes()).hexdigest() for address, path in found.items()}


def precache(frontend: Path) -> bytes:
    """The service worker's list, with one version for the whole shell."""
    files = shell_files(frontend)
    version = hashlib.sha256(orjson.dumps(sorted(files.items()))).hexdigest()[:16]
    return b"self.PRECACHE = " + orjson.dumps({"version": version, "files": sorted(files)}) + b";\n"


def install(app: FastAPI, frontend: Path = FRONTEND) -> None:
    listed = precache(frontend)

    async def index(_request: Request) -> Response:
        return FileResponse(frontend / "index.html", headers={"Cache-Control": "no-cache"})

    async def precache_js(_request: Request) -> Response:
        return Response(listed, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    async def top_level(request: Request) -> Response:
        """A file beside index.html, or the page itself for an address of its own such as /log."""
        path = request.path_params["path"]
        file = frontend / path
        if (
            "/" not in path
            and "." in path
            and file.is_file()
            and file.suffix in (".js", ".webmanifest", ".ico", ".txt")
        ):
            return FileResponse(file, headers={"Cache-Control": "no-cache"})
        if "." in path.rpartition("/")[2] and not path.startswith("events/"):  # "Web 2.0 meetup" has a page, too
            raise NotFound
        return await index(request)

    app.router.routes += [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/problems/{slug}", problem_page),
        Route("/api/v1/openapi.json", openapi),
        Route("/api", UnknownApi()),
        Route("/api/{path:path}", UnknownApi()),
        Route("/log", share, methods=["POST"]),
        Route("/precache.js", precache_js, middleware=SMALL),
    ]
    app.router.routes.append(Route("/docs", docs))
    app.router.mount("/docs", Revalidated(directory=DOCS))
    for folder in SHELL:
        if (frontend / folder).is_dir():
            kind = Scripts if folder == "js" else Revalidated
            files = Mount(f"/{folder}", kind(directory=frontend / folder), middleware=SMALL)
            app.router.routes.append(files)
    pages = (("/", index), ("/{path:path}", top_level))
    app.router.routes += [Route(path, endpoint, middleware=SMALL) for path, endpoint in pages]


class Revalidated(StaticFiles):
    """Static files that are asked about before they are used again; the service worker keeps the shell."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # pyright: ignore[reportArgumentType]
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class Scripts(Revalidated):
    """The page's own modules, without what a phone does not run; each line stays where it stands."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)
        if not isinstance(response, FileResponse):  # nothing but "not modified"
            return response
        told = {name: response.headers[name] for name in ("etag", "last-modified", "cache-control")}
        path = Path(response.path)
        return Response(as_sent(path, path.stat().st_mtime_ns), headers=told, media_type="text/javascript")


@lru_cache
def as_sent(script: Path, _changed: int) -> str:
    """A module as phones get it, since it was changed last."""
    return FOR_READERS.sub(lambda comment: "\n" * comment[0].count("\n"), script.read_text(encoding="utf-8"))
