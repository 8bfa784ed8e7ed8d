"""Merging people who are one, and undoing it, over HTTP."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import one, plain
from app.core.documented import ETAG, After, Limit, problems
from app.core.pagination import DEFAULT_LIMIT
from app.people import merging
from app.people.merge_schemas import ContactMergedRead, MergeInto, MergePage, Parted

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["contacts"])


@router.post(
    "/contacts/{contact_id}/merge",
    operation_id="merge_contact",
    summary="Merge a person into another",
    response_model=ContactMergedRead,
    responses=problems(404, 409, 410, body=True) | {200: {"headers": ETAG}},
)
async def merge_contact(call: Caller, contact_id: str, data: MergeInto) -> Response:
    """Tasks, touches, meetings and promises go over; what is empty on the card that stays is filled, lists are united,
    notes joined, and nothing is overwritten. The id that was merged answers 410 from then on; in the body of a note, a
    meeting or a task it means who stays, so that what a phone kept for later is not lost.
    """
    return await call.write(merging.merge, contact_id, data.into, answer=one)


@router.get(
    "/merges",
    operation_id="list_merges",
    summary="Merges that can be undone, the latest first",
    response_model=MergePage,
    responses=problems(),
)
async def list_merges(call: Caller, limit: Limit = DEFAULT_LIMIT, after: After = None) -> Response:
    """Each with the card that is gone, as it was."""
    return await call.page(merging.list_page, limit=limit, after=after)


@router.post(
    "/merges/{merge_id}/undo",
    operation_id="undo_merge",
    summary="Part two people again",
    response_model=Parted,
    responses=problems(404, 410),
)
async def undo_merge(call: Caller, merge_id: str) -> Response:
    """Both are as they were, as far as nothing that happened since contradicts it; what came after the merge stays
    with the one who stayed. 410 where it was undone before.
    """
    return await call.write(merging.undo, merge_id, answer=plain)
