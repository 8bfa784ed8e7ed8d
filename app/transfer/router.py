"""Export and import over HTTP."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import plain
from app.core.documented import problems
from app.transfer import checking, exporting, importing, reading
from app.transfer.schemas import ArchiveRead, Imported
from app.transfer.turns import Turns

router = APIRouter(prefix="/api/v1", route_class=GatedRoute, tags=["me"])
Included = Annotated[bool, Query(description="false leaves the pictures out, which are most of an archive.")]
ARCHIVE_BODY = {
    "requestBody": {
        "required": True,
        "description": "An archive as it was exported (docs/export.schema.json); at most 64 MiB.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["format", "version", "account", "rows"],
                    "properties": {
                        "format": {"const": "sundown-archive"},
                        "version": {"const": 1},
                        "exported_at": {"type": "string", "format": "date-time"},
                        "account": {"type": "object"},
                        "rows": {
                            "type": "object",
                            "additionalProperties": {"type": "array", "items": {"type": "object"}},
                        },
                        "access": {"type": "object"},
                    },
                    "additionalProperties": False,
                }
            }
        },
    }
}


@router.get(
    "/me/export",
    operation_id="export_me",
    summary="Everything about the account in one archive",
    response_model=ArchiveRead,
    responses=problems(429),
)
async def export_me(call: Caller, pictures: Included = True) -> Response:
    """One JSON document, to keep or to import into another Sundown; it holds no password and no token.

    Twelve exports and imports an hour.
    """
    _turns(call).take(call.me.owner_id, call.now)
    archive = await call.db.scan(exporting.export, call.me, pictures=pictures, now=call.now)
    name = f"sundown-{call.now:%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(archive, headers=headers, media_type="application/json")


@router.post(
    "/me/import",
    operation_id="import_me",
    summary="Take an archive over into this account",
    response_model=Imported,
    responses=problems(409, 429, body=True),
    openapi_extra=ARCHIVE_BODY,
)
async def import_me(call: Caller) -> Response:
    """Into an account that has no people, encounters or tasks yet: all of the archive or, with pointers, nothing.

    The settings become the archive's. The e-mail address and password to sign in with, sessions and tokens stay as
    they are here.
    """
    _turns(call).take(call.me.owner_id, call.now)
    raw = await call.request.body()
    async with _turns(call).import_alone():
        content = await asyncio.to_thread(_readable, raw)
        return await call.write(importing.apply, content, answer=plain)


def _readable(raw: bytes) -> reading.Content:
    content = reading.read(raw)
    checking.check(content)
    return content


def _turns(call: Caller) -> Turns:
    return call.request.app.state.turns
