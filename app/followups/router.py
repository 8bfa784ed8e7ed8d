"""The playbook over HTTP."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import named
from app.core.documented import problems
from app.core.schemas import Line
from app.followups import playbooks
from app.followups.schemas import PlaybookRead, PlaybookWrite

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["playbook"])


@router.get(
    "/playbook",
    operation_id="get_playbook",
    summary="The rules in force",
    response_model=PlaybookRead,
    responses=problems(404),
)
async def get_playbook(call: Caller, version: Line | None = None) -> Response:
    """What is asked for after which meeting, on which channel and by when.

    With `version` the rules of an earlier one, such as an encounter's `playbook_version`.
    """
    return await call.read(playbooks.get, version=version, answer=named)


@router.put(
    "/playbook",
    operation_id="replace_playbook",
    summary="Change the rules",
    response_model=PlaybookRead,
    responses=problems(412, body=True),
)
async def replace_playbook(call: Caller, data: PlaybookWrite) -> Response:
    """A whole playbook, in the shape it is shown in: for the encounters to come, and an old one that is replanned.

    Of a built-in rule the switch, due time, minutes, needs, `else`, title and why may be changed; a rule of one's own
    is for each person of its kind, round and role. A playbook that would give nobody a task is refused. What changes
    nothing makes no new version.
    """
    document = data.model_dump(exclude_unset=True, by_alias=True)
    return await call.write(playbooks.replace, document, if_match=call.if_match, answer=named)
