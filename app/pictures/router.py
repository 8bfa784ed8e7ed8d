"""Pictures over HTTP: bytes in and out."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import PICTURE_TYPES, GatedRoute
from app.accounts.me import Caller
from app.core.answers import Reply, etag, made, nothing
from app.core.documented import ETAG, problems, there_already
from app.pictures import service
from app.pictures.imaging import MEDIA_TYPE
from app.pictures.schemas import PictureRead

ADDRESS = "/api/v1/encounters/{encounter_id}/pictures/{picture_id}"
BYTES = {"schema": {"type": "string", "format": "binary"}}
PICTURE_BODY = {
    "requestBody": {
        "required": True,
        "description": f"The file as it is, at most 10 MiB and 50 megapixels: {', '.join(PICTURE_TYPES)}.",
        # One of the types, since generators make a parameter of each.
        "content": {MEDIA_TYPE: BYTES},
    }
}
PICTURE_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture.", "content": {MEDIA_TYPE: BYTES}, "headers": ETAG},
    304: {"description": "It is the one named by If-None-Match."},
}
router = APIRouter(route_class=GatedRoute, tags=["pictures"])


@router.put(
    ADDRESS,
    operation_id="put_picture",
    summary="Keep a picture of the card",
    status_code=201,
    response_model=PictureRead,
    responses=there_already(PictureRead) | problems(404, 409, 410, body=True),
    openapi_extra=PICTURE_BODY,
)
async def put_picture(call: Caller, encounter_id: str, picture_id: str) -> Response:
    """The client chooses the id; 200 where it is there already, since a picture never changes.

    JPEG, PNG or WebP. It is decoded, turned upright, scaled to at most 1,600 pixels on its long side and kept as a JPEG
    without metadata: no place, no camera, no time. A meeting has at most four.
    """
    found = await call.db.read(service.there_already, call.me, encounter_id, picture_id)
    if found is not None:
        return made((found, False)).response()
    shown = await call.request.app.state.darkroom.develop(await call.request.body())
    return await call.write(service.add, encounter_id, picture_id, shown, answer=made)


@router.get(
    ADDRESS,
    operation_id="get_picture",
    summary="A picture of the card",
    response_class=Response,
    responses=PICTURE_ANSWERS | problems(404),
)
async def get_picture(call: Caller, encounter_id: str, picture_id: str) -> Response:
    """The picture itself."""
    tag = etag(picture_id)
    headers = {"Content-Type": MEDIA_TYPE, "Content-Disposition": "inline", "ETag": tag}

    def answer(found: dict[str, Any]) -> Reply:
        if call.request.headers.get("if-none-match") == tag:
            return Reply(304, headers={"ETag": tag})
        return Reply(200, found["content"], headers)

    return await call.scan(service.get, encounter_id, picture_id, answer=answer)


@router.delete(
    ADDRESS,
    operation_id="delete_picture",
    summary="Remove a picture",
    status_code=204,
    responses=problems(404),
)
async def delete_picture(call: Caller, encounter_id: str, picture_id: str) -> Response:
    """It is gone for good."""
    return await call.write(service.remove, encounter_id, picture_id, answer=nothing)
