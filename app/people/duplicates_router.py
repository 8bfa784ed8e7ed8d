"""People who may be there twice, and that they are not, over HTTP."""

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import nothing, page
from app.core.documented import Limit, problems
from app.core.pagination import DEFAULT_LIMIT
from app.people import duplicates, not_duplicates
from app.people.duplicates_schemas import DuplicatePage, DuplicatePairPage

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["contacts"])


@router.get(
    "/contacts/{contact_id}/duplicates",
    operation_id="list_duplicates_of_contact",
    summary="Who may be the same person",
    response_model=DuplicatePage,
    responses=problems(404, 410),
)
async def list_duplicates_of_contact(call: Caller, contact_id: str, limit: Limit = DEFAULT_LIMIT) -> Response:
    """The likeliest 50 on one page: by e-mail address, telephone number, LinkedIn profile, or a name that is alike.

    Nothing is merged: see `merge_contact`, and `mark_not_duplicate` for who is somebody else.
    """
    account = await call.db.scan(duplicates.gather, call.me, contact_id)
    found = await asyncio.to_thread(duplicates.of_contact, account, contact_id, limit)
    return page(found, call.request).response()


@router.get(
    "/duplicates",
    operation_id="list_duplicates",
    summary="Pairs of people who may be one",
    response_model=DuplicatePairPage,
    responses=problems(),
)
async def list_duplicates(call: Caller, limit: Limit = DEFAULT_LIMIT) -> Response:
    """Of the whole account the likeliest 50 on one page; merge a pair or say that they are two, and others follow."""
    account = await call.db.scan(duplicates.gather, call.me)
    found = await asyncio.to_thread(duplicates.of_account, account, limit)
    return page(found, call.request).response()


@router.put(
    "/contacts/{contact_id}/not-duplicates/{other_id}",
    operation_id="mark_not_duplicate",
    summary="Say that two people are two",
    status_code=204,
    responses=problems(404, 410),
)
async def mark_not_duplicate(call: Caller, contact_id: str, other_id: str) -> Response:
    """The pair is not suggested any more, from either side; saying it again changes nothing."""
    return await call.write(not_duplicates.say, contact_id, other_id, answer=nothing)


@router.delete(
    "/contacts/{contact_id}/not-duplicates/{other_id}",
    operation_id="unmark_not_duplicate",
    summary="Take back that two people are two",
    status_code=204,
    responses=problems(404, 410),
)
async def unmark_not_duplicate(call: Caller, contact_id: str, other_id: str) -> Response:
    """The pair may be suggested again; it does not matter whether it was said."""
    return await call.write(not_duplicates.take_back, contact_id, other_id, answer=nothing)
