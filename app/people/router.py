"""Contacts over HTTP."""

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.contacts.schemas import ContactCreate, ContactUpdate, Tier
from app.core.answers import made, nothing, one
from app.core.documented import After, Limit, problems, there_already
from app.core.pagination import DEFAULT_LIMIT
from app.core.problems import Invalid
from app.core.schemas import Line, Name
from app.people import service
from app.people.schemas import ContactPage, ContactRead, Sort

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["contacts"])


@router.get(
    "/contacts/{contact_id}",
    operation_id="get_contact",
    summary="One person",
    response_model=ContactRead,
    responses=problems(404, 410),
)
async def get_contact(call: Caller, contact_id: str) -> Response:
    """With the last touch and the task to act on first. 410 for someone merged into another: `into` is who."""
    return await call.read(service.get, contact_id, answer=one)


@router.get(
    "/contacts",
    operation_id="list_contacts",
    summary="People",
    response_model=ContactPage,
    responses=problems(),
)
async def list_contacts(
    call: Caller,
    limit: Limit = DEFAULT_LIMIT,
    after: After = None,
    q: Line | None = None,
    tag: Name | None = None,
    tier: Tier | None = None,
    sort: Sort = "name",
) -> Response:
    """By name, or the ones changed last first (`sort=recent`).

    With `q` the best 50 on one page, whatever `sort` says: every word typed is there, the last may be the beginning
    of one, without regard to case, accents and punctuation. It searches what people are called, their cards, and the
    notes, topics, events and promises of the meetings with them.
    """
    if q is not None and q.strip():
        if after is not None:
            raise Invalid.at("?after", "A search has one page; leave out `after`, or `q`.")
        return await call.page(service.search, q, limit=limit, tag=tag, tier=tier, bounded=False)
    return await call.page(service.list_page, limit=limit, after=after, tag=tag, tier=tier, sort=sort)


@router.post(
    "/contacts",
    operation_id="create_contact",
    summary="Add a person",
    status_code=201,
    response_model=ContactRead,
    responses=there_already(ContactRead) | problems(410, body=True),
)
async def create_contact(call: Caller, data: ContactCreate) -> Response:
    """A name or a descriptor is enough. 200 where the chosen `id` is there already."""
    return await call.write(service.create, data.model_dump(), answer=made)


@router.patch(
    "/contacts/{contact_id}",
    operation_id="update_contact",
    summary="Change a person",
    response_model=ContactRead,
    responses=problems(404, 410, 412, body=True),
)
async def update_contact(call: Caller, contact_id: str, data: ContactUpdate) -> Response:
    """A merge patch (RFC 7396). `do_not_contact` ends every open task and keeps history."""
    changes = data.model_dump(exclude_unset=True)
    return await call.write(service.update_fields, contact_id, changes, if_match=call.if_match, answer=one)


@router.delete(
    "/contacts/{contact_id}",
    operation_id="delete_contact",
    summary="Delete a person and what is about them",
    status_code=204,
    responses=problems(404, 410, 412),
)
async def delete_contact(call: Caller, contact_id: str) -> Response:
    """Their tasks, touches and promises go; an encounter left with nobody goes too."""
    return await call.write(service.remove, contact_id, if_match=call.if_match, answer=nothing)
