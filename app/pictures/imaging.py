"""What is sent as a picture, decoded, turned upright, made small and encoded anew; nothing of the file itself is kept.

Pillow is imported when the first picture comes, since a server starts more often than that.
"""

import asyncio
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from app.core.problems import Invalid, Unavailable

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"
# What the camera of a phone takes; one that is decoded as a whole then needs some 200 MB.
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 80
AT_ONCE, WAITING = 2, 16
# What Pillow's readers fail with on bytes that are cut off, changed or made up.
UNREADABLE = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError),
    *(struct.error, zlib.error),
)


class NoPicture(Invalid):
    slug, title = "no-picture", "This is no picture"
    text = "This cannot be read as a picture. JPEG, PNG and WebP are taken."


class TooManyPixels(Invalid):
    slug, title = "too-many-pixels", "The picture is too large"
    text = f"Pictures of at most {MOST_PIXELS // 1_000_000} megapixels are taken. Make it smaller and send it again."


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as it is kept and shown: a JPEG of these sides without metadata."""

    width: int
    height: int
    content: bytes


class Darkroom:
    """A few pictures at once, each in a thread, with a bounded queue before them."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def develop(self, raw: bytes) -> Shown:
        """`raw` made fit to keep. Raises NoPicture, TooManyPixels, and Unavailable when too many are waiting."""
        if self._waiting >= WAITING:
            raise Unavailable("Too many pictures are coming in at once. Please try again in a moment.", retry_after=5)
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(shown, raw)
        finally:
            self._waiting -= 1


def shown(raw: bytes) -> Shown:
    """Raises NoPicture, TooManyPixels."""
    from PIL import ImageOps

    try:
        with _opened(raw) as image:
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = _on_white(ImageOps.exif_transpose(image))
    except UNREADABLE as error:
        raise NoPicture from error
    out = BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Shown(upright.width, upright.height, out.getvalue())


def check_shown(content: bytes, width: int, height: int) -> None:
    """Raise NoPicture unless the bytes are what `shown` could have made: for those that were kept somewhere else."""
    try:
        with _opened(content) as image:
            known = image.format == "JPEG" and image.size == (width, height) and not image.getexif()
            image.load()
    except UNREADABLE as error:
        raise NoPicture from error
    if not known or max(width, height) > LONGEST_SIDE:
        raise NoPicture


def _opened(raw: bytes) -> "Image":
    """The image with its sides known and its pixels not read yet."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit only warns
    image = Image.open(BytesIO(raw), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    return image


def _on_white(image: "Image") -> "Image":
    """Its pixels alone, in the colours of a JPEG; what shone through is white, as paper is."""
    from PIL import Image

    paper = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper.paste(seen, mask=seen.getchannel("A"))
    else:
        paper.paste(image.convert("RGB"))
    return paper
