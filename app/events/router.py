"""Events over HTTP: who was met there, how far the follow-ups are, and the sort pass."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import plain
from app.core.documented import After, Limit, problems
from app.core.pagination import DEFAULT_LIMIT
from app.core.schemas import Day, Line
from app.events import service, sorting
from app.events.schemas import EventPage, MetPage, Sort, Sorted

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["events"])


@router.get(
    "/events",
    operation_id="list_events",
    summary="Events, the latest first, and how far their follow-ups are",
    response_model=EventPage,
    responses=problems(),
)
async def list_events(call: Caller, limit: Limit = DEFAULT_LIMIT, after: After = None) -> Response:
    """An event is what encounters of one day name alike, without regard to case and accents."""
    return await call.page(service.list_page, limit=limit, after=after, bounded=False)


@router.get(
    "/events/people",
    operation_id="list_event_people",
    summary="Everyone from an event",
    response_model=MetPage,
    responses=problems(),
)
async def list_event_people(
    call: Caller, event: Line, on: Day | None = None, limit: Limit = DEFAULT_LIMIT, after: After = None
) -> Response:
    """In the order they were met, with what the sort pass asks about; `on` one day of an event that comes again."""
    return await call.page(service.people, event=event, on=on, limit=limit, after=after)


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
