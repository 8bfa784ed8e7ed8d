"""Pictures as a phone takes them, drawn here."""

import random
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from PIL import Image

from tests.support.factories import API

JPEG, PNG, WEBP = ({"Content-Type": f"image/{kind}"} for kind in ("jpeg", "png", "webp"))
ORIENTATION, MAKER, ARTIST = 0x0112, 0x010F, 0x013B


def card(width: int = 320, height: int = 200, *, kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """A white card with a dark upper left quarter."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("black", (0, 0, max(1, width // 2), max(1, height // 2)))
    return encoded(image.convert(mode), kind, **options)


def noise(width: int, height: int) -> bytes:
    """What compresses worst."""
    return encoded(Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3)), "JPEG")


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def taken_sideways() -> bytes:
    """A card photographed with the phone on its side: the file lies, and says so in its metadata."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKER], exif[ARTIST] = "Phone", "Ana"
    return card(exif=exif, comment=b"shot by Ana")


CARD = card()


async def put(client: httpx.AsyncClient, encounter_id: str, number: int = 1, raw: bytes = CARD) -> dict[str, Any]:
    """Keep a picture under an id of this number."""
    answer = await client.put(address(encounter_id, number), content=raw, headers=JPEG)
    assert answer.status_code == httpx.codes.CREATED, answer.text
    return answer.json()


def address(encounter_id: str, number: int = 1) -> str:
    return f"{API}/encounters/{encounter_id}/pictures/{id_of(encounter_id, number)}"


def id_of(encounter_id: str, number: int) -> str:
    """Another for each encounter, as a client would choose."""
    return str(UUID(int=UUID(encounter_id).int ^ number))
