"""Whether an answer is what the OpenAPI document says, to the last byte."""

from typing import Any

import httpx
import jsonschema
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from app.core.problems import MEDIA_TYPE

TOLD_HEADERS = {"etag", "link", "location", "retry-after", "www-authenticate"}
BEGINNINGS = {
    "image/jpeg": b"\xff\xd8",
    "image/svg+xml": b"<svg ",
    "text/vcard; charset=utf-8": b"BEGIN:VCARD\r\nVERSION:3.0\r\n",
}
MEMBERS = ("type", "title", "status", "detail")


def check_problem(answer: httpx.Response, status: int | None = None) -> dict[str, Any]:
    """The members of a problem (RFC 9457); fails for anything else."""
    assert answer.headers["content-type"] == MEDIA_TYPE, answer.text
    problem = answer.json()
    assert problem.keys() >= set(MEMBERS)
    assert problem["status"] == answer.status_code
    assert problem["type"].startswith("/problems/")
    assert all(isinstance(problem[name], str) and problem[name] for name in ("type", "title", "detail"))
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY and "errors" in problem:
        assert problem["errors"]
        assert all(error.keys() == {"pointer", "detail"} and error["detail"] for error in problem["errors"])
    if status is not None:
        assert answer.status_code == status, answer.text
    return problem


def pointers(answer: httpx.Response) -> list[str]:
    return [error["pointer"] for error in answer.json().get("errors", [])]


def check_answer(answer: httpx.Response, route: APIRoute, document: dict[str, Any]) -> None:
    """The bytes fit the response model and the documented schema; the status is a documented one."""
    method = min(route.methods or ())
    operation = document["paths"][route.path][method.lower()]
    documented = operation["responses"].get(str(answer.status_code))
    assert documented is not None, f"{route.operation_id} does not document {answer.status_code}: {answer.text}"
    headers = document["components"]["headers"]
    check_headers(answer, {name: headers[name] for name in documented.get("headers", {})})
    if answer.status_code == httpx.codes.NO_CONTENT:
        assert answer.content == b""
        return
    (media_type,) = documented["content"]
    assert answer.headers["content-type"] == media_type
    if "json" not in media_type:
        assert answer.content.startswith(BEGINNINGS[media_type])
        return
    schema = {**documented["content"][media_type]["schema"], "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.json())
    if answer.is_success:
        TypeAdapter(route.response_model).validate_json(answer.content)
    else:
        check_problem(answer)


def check_headers(answer: httpx.Response, documented: dict[str, Any]) -> None:
    """Those that say something of the answer are the documented ones, and read as documented."""
    assert TOLD_HEADERS & answer.headers.keys() <= {name.lower() for name in documented}
    for name, header in documented.items():
        if name not in answer.headers:
            assert not header.get("required"), name
            continue
        text = answer.headers[name]
        jsonschema.Draft202012Validator(header["schema"]).validate(
            int(text) if header["schema"]["type"] == "integer" else text
        )
