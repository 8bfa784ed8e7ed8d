"""The playbook over HTTP."""

from typing import Any

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import plain
from app.core.documented import problems
from app.core.schemas import Answer
from app.scheduling.codec import encode_playbook
from app.scheduling.playbook import BUILT_IN

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["playbook"])


class PlaybookRead(Answer):
    version: str
    rules: list[dict[str, Any]] = Field(description="The rules in force, each with its id, switch and due time.")


@router.get(
    "/playbook",
    operation_id="get_playbook",
    summary="The rules in force",
    response_model=PlaybookRead,
    responses=problems(),
)
async def get_playbook(call: Caller) -> Response:
    """What is asked for after which meeting, on which channel and by when."""
    del call
    return plain(encode_playbook(BUILT_IN)).response()
