"""Captures over HTTP."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.captures import service
from app.captures.schemas import AnyCapture, CaptureCreate
from app.core.answers import made, nothing
from app.core.documented import problems, there_already

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["captures"])


@router.post(
    "/captures",
    operation_id="create_capture",
    summary="Log a card note",
    status_code=201,
    response_model=AnyCapture,
    responses=there_already(AnyCapture) | problems(410, body=True),
)
async def create_capture(call: Caller, data: CaptureCreate) -> Response:
    """One text becomes a person, an encounter and due tasks. The text is kept byte for byte.

    A token of scope `capture` is told ids and due times only.
    """
    return await call.write(service.create, data.model_dump(), answer=made)


@router.delete(
    "/captures/{capture_id}",
    operation_id="undo_capture",
    summary="Undo a capture",
    status_code=204,
    responses=problems(404),
)
async def undo_capture(call: Caller, capture_id: str) -> Response:
    """Removes what the capture alone created."""
    return await call.write(service.undo, capture_id, answer=nothing)
