"""How long one request keeps all others waiting: the longest time in which the event loop runs nothing else."""

import asyncio
import time
from pathlib import Path

from fastapi import FastAPI

from tests.bench import large
from tests.bench.calls import API, Call, ask
from tests.bench.table import Row

ROUNDS = 15
ALLOWED, WANTED = 0.005, 0.002


async def measure(account: large.Account, folder: Path) -> Row:
    """The worst of the reads a page makes, as a share of the 5 milliseconds that are allowed."""
    person, met = account.contacts[50], account.encounters[50]
    paths = {
        f"{API}/upcoming": "",
        f"{API}/contacts": "limit=200",
        f"{API}/contacts/{person}": "",
        f"{API}/encounters": "limit=200",
        f"{API}/encounters/{met}": "",
        f"{API}/tasks": "limit=200",
        f"{API}/sky": "",
        f"{API}/playbook": "",
    }
    blocked: dict[str, float] = {}
    async with large.running(account.url, folder) as app:
        for path, query in paths.items():
            call = Call("GET", path, account.token, query)
            blocked[path] = min([await longest_block(app, call) for _ in range(ROUNDS)])
    worst = max(blocked, key=lambda path: blocked[path])
    name = worst.removeprefix(API)
    share = blocked[worst] / ALLOWED
    return Row(f"longest block of the event loop, of what is allowed ({name})", share, 1, WANTED / ALLOWED)


async def longest_block(app: FastAPI, call: Call) -> float:
    """Seconds between two turns of the loop while the request is answered."""
    answered = asyncio.ensure_future(ask(app, call))
    longest, last = 0.0, time.perf_counter()
    while not answered.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    assert (await answered).status == 200
    return longest
