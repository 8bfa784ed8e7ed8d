"""The user's own card over HTTP."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import service
from app.accounts.card import qr_code, vcard
from app.accounts.gate import GatedRoute
from app.accounts.me import Caller
from app.core.answers import Reply, etag
from app.core.documented import ETAG, problems

VCARD, SVG = "text/vcard; charset=utf-8", "image/svg+xml"
router = APIRouter(prefix="/api/v1/me", route_class=GatedRoute, tags=["me"])


def told(media_type: str, words: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"description": words, "content": content, "headers": ETAG}, **problems()}


def as_file(write: Callable[[dict[str, Any]], str | bytes], media_type: str, name: str) -> Callable[..., Reply]:
    def answer(me: dict[str, Any]) -> Reply:
        written = write(me)
        body = written.encode() if isinstance(written, str) else written
        disposition = f'inline; filename="{name}"'
        headers = {"Content-Type": media_type, "Content-Disposition": disposition, "ETag": etag(me["version"])}
        return Reply(200, body, headers)

    return answer


@router.get(
    "/card",
    operation_id="get_my_card",
    summary="Your card as a vCard",
    response_class=Response,
    responses=told(VCARD, "A vCard 3.0."),
)
async def get_my_card(call: Caller) -> Response:
    """Name, `phone`, `contact_email`, `linkedin_url`, `website` and `postal_address`, as far as they are set.

    The e-mail address to sign in with is not on it.
    """
    return await call.read(service.get_me, answer=as_file(vcard, VCARD, "card.vcf"))


@router.get(
    "/card.svg",
    operation_id="get_my_card_code",
    summary="Your card as a QR code",
    response_class=Response,
    responses=told(SVG, "A picture that scales to any size."),
)
async def get_my_card_code(call: Caller) -> Response:
    """The vCard for somebody's camera. What comes last is left out where the code would become too fine to read."""
    return await call.scan(service.get_me, answer=as_file(qr_code, SVG, "card.svg"))
