"""What there was with a person, over HTTP: the timeline, and touches logged by hand."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import made, nothing
from app.core.documented import After, Limit, problems, there_already
from app.core.pagination import DEFAULT_LIMIT
from app.people import timeline, touches
from app.people.history_schemas import TimelinePage, TouchCreate, TouchPage, TouchRead

router = APIRouter(prefix="/api/v1/contacts/{contact_id}", route_class=GatedRoute, tags=["contacts"])


@router.get(
    "/timeline",
    operation_id="get_timeline",
    summary="What there was with a person, the latest first",
    response_model=TimelinePage,
    responses=problems(404, 410),
)
async def get_timeline(call: Caller, contact_id: str, limit: Limit = DEFAULT_LIMIT, after: After = None) -> Response:
    """Meetings, touches in either direction, and tasks done or skipped; a done task stands for its touch."""
    return await call.page(timeline.list_page, contact_id, limit=limit, after=after)


@router.get(
    "/touches",
    operation_id="list_touches",
    summary="Touches of a person, the latest first",
    response_model=TouchPage,
    responses=problems(404, 410),
)
async def list_touches(call: Caller, contact_id: str, limit: Limit = DEFAULT_LIMIT, after: After = None) -> Response:
    """Contacts that really took place, logged by hand or recorded by a task done."""
    return await call.page(touches.list_page, contact_id, limit=limit, after=after)


@router.post(
    "/touches",
    operation_id="create_touch",
    summary="Log a touch by hand",
    status_code=201,
    response_model=TouchRead,
    responses=there_already(TouchRead) | problems(404, 410, body=True),
)
async def create_touch(call: Caller, contact_id: str, data: TouchCreate) -> Response:
    """They wrote, or you did. What came in and `needs_answer` arms a reply due in 24 hours, over a weekend or holiday
    by noon of the next working day where they are. 200 where the chosen `id` is there already.
    """
    return await call.write(touches.create, contact_id, data.model_dump(), answer=made)


@router.delete(
    "/touches/{touch_id}",
    operation_id="delete_touch",
    summary="Take back a touch logged by hand",
    status_code=204,
    responses=problems(404, 409, 410),
)
async def delete_touch(call: Caller, contact_id: str, touch_id: str) -> Response:
    """The reply it armed goes along unless that is done. 409 for one a task recorded: reopen the task instead."""
    return await call.write(touches.remove, contact_id, touch_id, answer=nothing)
