"""Upcoming, tasks, sky and playbook over HTTP."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from app.accounts.gate import COOKIE, GatedRoute
from app.accounts.me import Caller
from app.accounts.schemas import MeRead, MeUpdate
from app.agenda import service
from app.agenda.schemas import GroupName, Sky, Upcoming
from app.core.answers import made, nothing, one, plain
from app.core.documented import After, Limit, problems, there_already
from app.core.pagination import DEFAULT_LIMIT
from app.core.problems import Invalid
from app.core.schemas import Moment, Schema, Uuid, Zone, counted
from app.tasks import batch
from app.tasks import queries as task_queries
from app.tasks import service as task_service
from app.tasks.schemas import (
    Status,
    TaskBatch,
    TaskComplete,
    TaskCreate,
    TaskList,
    TaskPage,
    TaskRead,
    TaskSkip,
    TaskSnooze,
    TaskUpdate,
)

Days = Annotated[counted(1, 400), Query(description="How many, from today on.")]

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["tasks"])


@router.get(
    "/upcoming",
    operation_id="get_upcoming",
    summary="What is due, by group",
    response_model=Upcoming,
    responses=problems(),
)
async def get_upcoming(
    call: Caller,
    timezone: Zone | None = None,
    group: GroupName | None = None,
    after: After = None,
) -> Response:
    """Every open task stands in exactly one group. With `group` that group alone, `after` its `next`."""
    if after is not None and group is None:
        raise Invalid.at("?after", "`after` goes with the `group` it came from.")
    return await call.scan(service.upcoming, timezone=timezone, group=group, after=after, now=call.now, answer=plain)


@router.get(
    "/tasks/{task_id}",
    operation_id="get_task",
    summary="One task",
    response_model=TaskRead,
    responses=problems(404),
)
async def get_task(call: Caller, task_id: str) -> Response:
    """With when it is due, why, and what it still needs."""
    return await call.read(task_queries.get, task_id, answer=one)


@router.get(
    "/tasks",
    operation_id="list_tasks",
    summary="Tasks by `act_at`",
    response_model=TaskPage,
    responses=problems(),
)
async def list_tasks(
    call: Caller,
    limit: Limit = DEFAULT_LIMIT,
    after: After = None,
    status: Status | None = None,
    contact_id: Uuid | None = None,
    encounter_id: Uuid | None = None,
    due_before: Moment | None = None,
    due_after: Moment | None = None,
) -> Response:
    """Of every status unless one is named; `due_before` and `due_after` are not included."""
    filters: dict[str, Any] = {
        "status": status,
        "contact_id": contact_id,
        "encounter_id": encounter_id,
        "due_before": due_before,
        "due_after": due_after,
    }
    return await call.page(task_queries.list_page, limit=limit, after=after, filters=filters)


@router.post(
    "/tasks",
    operation_id="create_task",
    summary="Add a task by hand",
    status_code=201,
    response_model=TaskRead,
    responses=there_already(TaskRead) | problems(410, body=True),
)
async def create_task(call: Caller, data: TaskCreate) -> Response:
    """200 where the chosen `id` is there already."""
    return await call.write(task_service.create, data.model_dump(), answer=made)


@router.patch(
    "/tasks/{task_id}",
    operation_id="update_task",
    summary="Change a task",
    response_model=TaskRead,
    responses=problems(404, 412, body=True),
)
async def update_task(call: Caller, task_id: str, data: TaskUpdate) -> Response:
    """A merge patch (RFC 7396). A new `due_at` pins the task; `pinned: false` gives it back to the plan."""
    changes = data.model_dump(exclude_unset=True)
    return await call.write(service.update_task, task_id, changes, if_match=call.if_match, answer=one)


@router.post(
    "/tasks/batch",
    operation_id="batch_tasks",
    summary="One verb for many tasks",
    response_model=TaskList,
    responses=problems(409, body=True),
)
async def batch_tasks(call: Caller, data: TaskBatch) -> Response:
    """In one transaction: all of them or, with the position that was refused, none."""
    words = data.model_dump(exclude_unset=True, exclude={"ids", "do"})
    return await call.write(batch.run, data.ids, data.do, words, answer=plain)


def _given(data: Schema | None) -> dict[str, Any]:
    return {} if data is None else data.model_dump(exclude_unset=True)


@router.post(
    "/tasks/{task_id}/complete",
    operation_id="complete_task",
    summary="Done",
    response_model=TaskRead,
    responses=problems(404, 409, body=True),
)
async def complete_task(call: Caller, task_id: str, data: Annotated[TaskComplete | None, Body()] = None) -> Response:
    """Records one touch. Doing it twice answers the same task and no second touch; 409 for a skipped one."""
    return await call.write(task_service.complete, task_id, **_given(data), answer=one)


@router.post(
    "/tasks/{task_id}/skip",
    operation_id="skip_task",
    summary="Not this one",
    response_model=TaskRead,
    responses=problems(404, 409, body=True),
)
async def skip_task(call: Caller, task_id: str, data: Annotated[TaskSkip | None, Body()] = None) -> Response:
    """Kept with its reason; 409 for a done one."""
    return await call.write(task_service.skip, task_id, **_given(data), answer=one)


@router.post(
    "/tasks/{task_id}/snooze",
    operation_id="snooze_task",
    summary="Out of sight until then",
    response_model=TaskRead,
    responses=problems(404, 409, body=True),
)
async def snooze_task(call: Caller, task_id: str, data: TaskSnooze) -> Response:
    """Never changes `due_at`."""
    return await call.write(task_service.snooze, task_id, until=data.until, answer=one)


@router.post(
    "/tasks/{task_id}/reopen",
    operation_id="reopen_task",
    summary="Undo done, snoozed or skipped",
    response_model=TaskRead,
    responses=problems(404),
)
async def reopen_task(call: Caller, task_id: str) -> Response:
    """Takes back exactly the touch that done recorded."""
    return await call.write(task_service.reopen, task_id, answer=one)


@router.get(
    "/sky",
    operation_id="get_sky",
    summary="The sundowns ahead",
    tags=["me"],
    response_model=Sky,
    responses=problems(),
)
async def get_sky(call: Caller, days: Days = 400) -> Response:
    """One sundown a day at the user's place, from today on."""
    preferences = await call.db.read(service.preferences, call.me)
    return plain(await asyncio.to_thread(service.sky, preferences, days, call.now)).response()


@router.patch(
    "/me",
    operation_id="update_me",
    summary="Change the settings",
    tags=["me"],
    response_model=MeRead,
    responses=problems(409, 412, body=True),
)
async def update_me(call: Caller, data: MeUpdate) -> Response:
    """A merge patch (RFC 7396). Tasks already planned keep their due times; replan an encounter to move them."""
    changes = data.model_dump(exclude_unset=True, by_alias=True)
    if changes.get("quiet_hours") is not None:
        changes["quiet_hours"] = {name: f"{hour:%H:%M}" for name, hour in changes["quiet_hours"].items()}
    return await call.write(service.update_me, changes, if_match=call.if_match, answer=one)


@router.delete(
    "/me",
    operation_id="delete_me",
    summary="Delete the account and everything in it",
    tags=["me"],
    status_code=204,
    responses=problems(),
)
async def delete_me(call: Caller) -> Response:
    """At once and for good: nothing of the account is kept. The cookie is cleared."""
    response = await call.write(service.delete_me, answer=nothing)
    response.delete_cookie(COOKIE)
    return response
