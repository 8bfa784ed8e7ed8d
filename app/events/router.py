"""Events over HTTP: who was met there, how far the follow-ups are, and the sort pass."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import plain
from app.core.documented import problems
from app.events import sorting
from app.events.schemas import Sort, Sorted

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["events"])


@router.post(
    "/encounters/sort",
    operation_id="sort_encounters",
    summary="By hand, one short message, or not this one",
    response_model=Sorted,
    responses=problems(body=True),
)
async def sort_encounters(call: Caller, data: Sort) -> Response:
    """What up to 100 people shall get (`follow_up` full, light or none), in one transaction; each meeting is planned
    again by its own rules. Sorting twice changes nothing, and another sort undoes it.

    A person or meeting deleted in the meantime is passed over and listed in `gone`.
    """
    items = data.model_dump()["items"]
    return await call.write(sorting.sort, items, answer=plain)
