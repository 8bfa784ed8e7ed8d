"""Secrets: argon2id for passwords, SHA-256 for random tokens, and the bounded place where hashing happens."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.core.problems import Unavailable

HASHING_AT_ONCE = 2
HASHING_WAITING = 32


def new_secret(prefix: str) -> str:
    """A token of 32 random bytes behind a readable prefix, such as `sundown_…`."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def new_code() -> str:
    """A short single-use code that can be typed from a screen: 50 bits in two groups."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    letters = "".join(secrets.choice(alphabet) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def digest(secret: str) -> str:
    """SHA-256 of a random secret, in hexadecimal: enough at rest, since nobody can guess 32 random bytes."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare in constant time."""
    return secrets.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


class Passwords:
    """argon2id, at most two at once in a thread (each takes 64 MB), with a bounded queue before it."""

    def __init__(self, cost: str) -> None:
        hasher = Argon2Hasher() if cost == "normal" else Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
        self._hash = PasswordHash((hasher,))
        self._turn = asyncio.Semaphore(HASHING_AT_ONCE)
        self._waiting = 0
        self._nobody = self._hash.hash(secrets.token_urlsafe(16))

    async def hash(self, password: str) -> str:
        """The hash to store. Raises Unavailable when too many are waiting."""
        return await self._in_turn(self._hash.hash, password)

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether the password fits; without a stored hash it takes the same time and is False."""
        fits = await self._in_turn(self._hash.verify, password, stored or self._nobody)
        return fits and stored is not None

    def hash_now(self, password: str) -> str:
        """For the command line, where nothing else waits."""
        return self._hash.hash(password)

    async def _in_turn(self, work: Callable[..., Any], *args: str) -> Any:
        if self._waiting >= HASHING_WAITING:
            raise Unavailable("Too many people are signing in at once. Please try again in a moment.", retry_after=2)
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(work, *args)
        finally:
            self._waiting -= 1
