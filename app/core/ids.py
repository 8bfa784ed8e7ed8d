"""Identifiers: RFC 9562 UUIDs as lower-case text, ours sorting by time (version 7)."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MICROSECOND = timedelta(microseconds=1)


def new_id(now: datetime) -> str:
    """A version 7 UUID for the instant `now`, its sub-millisecond part in rand_a (RFC 9562, section 6.2, method 3)."""
    milliseconds, microseconds = divmod((now - EPOCH) // MICROSECOND, 1000)
    high = (milliseconds & 0xFFFF_FFFF_FFFF) << 16 | 0x7000 | microseconds * 4096 // 1000
    low = 0b10 << 62 | secrets.randbits(62)
    digits = f"{high << 64 | low:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def derived_id(parent: str, words: str) -> str:
    """The same id for the same words under the same parent (RFC 9562, version 5)."""
    return str(uuid5(UUID(parent), words))


def parse_id(text: str) -> str:
    """Canonical lower-case form of any RFC 9562 UUID written with hyphens; ValueError for anything else."""
    if _UUID.fullmatch(text) is None:
        raise ValueError(text)
    return text.lower()
