"""Encounters over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import made, nothing, one, plain
from app.core.documented import After, Limit, problems, there_already
from app.core.pagination import DEFAULT_LIMIT
from app.core.schemas import Kind, Line, Moment, Schema, Uuid
from app.encounters import queries, service
from app.encounters.schemas import (
    EncounterCreate,
    EncounterPage,
    EncounterPreview,
    EncounterRead,
    EncounterReplan,
    EncounterUpdate,
    Preview,
)

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["encounters"])


def changed(data: Schema) -> dict[str, Any]:
    """The fields a merge patch names, each with its defaults filled in below it."""
    full = data.model_dump()
    return {name: full[name] for name in data.model_fields_set}


@router.get(
    "/encounters/{encounter_id}",
    operation_id="get_encounter",
    summary="One encounter with its tasks",
    response_model=EncounterRead,
    responses=problems(404),
)
async def get_encounter(call: Caller, encounter_id: str) -> Response:
    """With its people, its promises and the tasks that were not cancelled."""
    return await call.read(service.get, encounter_id, answer=one)


@router.get(
    "/encounters",
    operation_id="list_encounters",
    summary="Encounters, the latest first",
    response_model=EncounterPage,
    responses=problems(),
)
async def list_encounters(
    call: Caller,
    limit: Limit = DEFAULT_LIMIT,
    after: After = None,
    contact_id: Uuid | None = None,
    event: Line | None = None,
    kind: Kind | None = None,
    from_: Annotated[Moment | None, Query(alias="from")] = None,
    to: Moment | None = None,
) -> Response:
    """`from` is included, `to` is not; `event` is matched without regard to case and accents."""
    filters = {"contact_id": contact_id, "event": event, "kind": kind, "from": from_, "to": to}
    return await call.page(queries.list_page, limit=limit, after=after, filters=filters)


@router.post(
    "/encounters",
    operation_id="create_encounter",
    summary="Log a meeting and plan its follow-ups",
    status_code=201,
    response_model=EncounterRead,
    responses=there_already(EncounterRead) | problems(410, body=True),
)
async def create_encounter(call: Caller, data: EncounterCreate) -> Response:
    """Answers the encounter with the tasks the playbook gives; 200 where the chosen `id` is there already."""
    return await call.write(service.create, data.model_dump(), answer=made)


@router.post(
    "/encounters/preview",
    operation_id="preview_encounter",
    summary="The tasks an encounter would give",
    response_model=Preview,
    responses=problems(body=True),
)
async def preview_encounter(call: Caller, data: EncounterPreview) -> Response:
    """Writes nothing. With `playbook` as it would be under those rules, which are checked as PUT /playbook would."""
    draft = None if data.playbook is None else data.playbook.model_dump(exclude_unset=True, by_alias=True)
    meeting = data.model_dump(exclude={"playbook"})
    return await call.read(service.preview, meeting, draft, now=call.now, answer=plain)


@router.patch(
    "/encounters/{encounter_id}",
    operation_id="update_encounter",
    summary="Change an encounter and plan again",
    response_model=EncounterRead,
    responses=problems(404, 412, body=True),
)
async def update_encounter(call: Caller, encounter_id: str, data: EncounterUpdate) -> Response:
    """A merge patch (RFC 7396). Moves open, untouched tasks, adds new ones, cancels what the rules no longer give."""
    return await call.write(service.update_fields, encounter_id, changed(data), if_match=call.if_match, answer=one)


@router.post(
    "/encounters/{encounter_id}/replan",
    operation_id="replan_encounter",
    summary="Plan an encounter again",
    response_model=EncounterRead,
    responses=problems(404, body=True),
)
async def replan_encounter(
    call: Caller, encounter_id: str, data: Annotated[EncounterReplan | None, Body()] = None
) -> Response:
    """With today's settings, and today's rules unless `playbook` is `kept`. Planning twice changes nothing.

    A changed playbook reaches an encounter that is there already in this way only.
    """
    playbook = "current" if data is None else data.playbook
    return await call.write(service.replan, encounter_id, playbook=playbook, answer=one)


@router.delete(
    "/encounters/{encounter_id}",
    operation_id="delete_encounter",
    summary="Delete an encounter and its open tasks",
    status_code=204,
    responses=problems(404, 412),
)
async def delete_encounter(call: Caller, encounter_id: str) -> Response:
    """Done tasks and their touches stay with the person."""
    return await call.write(service.remove, encounter_id, if_match=call.if_match, answer=nothing)
