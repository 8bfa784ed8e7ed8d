"""Phones that post notes to a real server, and a ledger of what each of them was told."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import httpx

from tests.support import factories as make
from tests.support.server import Server

WRITERS = 64
PATIENCE = 60.0
PAUSE = 0.05
NO_ANSWER = "no answer"
TLS = ssl.create_default_context()  # not needed here, but dear to make 64 times


@dataclass
class Ledger:
    """Every note that was sent, by its text, which is its Idempotency-Key too; and what was answered how often."""

    token: str
    sent: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    problems: set[str] = field(default_factory=set)

    @property
    def unanswered(self) -> list[str]:
        return [note for note in self.sent if note not in self.acknowledged]

    def told(self) -> str:
        """What the clients saw: `640 × 201, 12 × 503, 4 × no answer`."""
        seen = sorted(self.answers.items(), key=lambda item: (not item[0].startswith("2"), item[0]))
        return ", ".join(f"{times:,} × {answer}" for answer, times in seen)


def newcomer(server: Server) -> Ledger:
    """Somebody with an account and a token."""
    with server.client() as client:
        client.timeout = PATIENCE
        client.post("/api/v1/accounts", json=make.account()).raise_for_status()
        made = client.post("/api/v1/tokens", json={"name": "Phones", "scope": "write"}).raise_for_status()
    return Ledger(made.json()["token"])


def phone(server: Server, ledger: Ledger) -> httpx.AsyncClient:
    """A client with a connection of its own: a pool shared by 64 costs more than the requests."""
    headers = {"Authorization": f"Bearer {ledger.token}"}
    return httpx.AsyncClient(base_url=server.url, headers=headers, verify=TLS, timeout=PATIENCE, trust_env=False)


async def post(client: httpx.AsyncClient, ledger: Ledger, note: str) -> str:
    """Send one note and write down what was answered."""
    try:
        answer = await client.post(
            "/api/v1/captures", json=make.capture(text=note), headers={"Idempotency-Key": note.replace(" ", "-")}
        )
    except httpx.TransportError:
        ledger.answers[NO_ANSWER] += 1
        return NO_ANSWER
    ledger.answers[str(answer.status_code)] += 1
    if answer.status_code == httpx.codes.CREATED:
        ledger.acknowledged.add(note)
    else:
        ledger.problems.add(answer.json().get("type", answer.text))
    return str(answer.status_code)


@dataclass
class Storm:
    """Writers at work; `acknowledgements(n)` waits until they were told so often that a note is saved."""

    ledger: Ledger
    over: bool = False
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def acknowledgements(self, wanted: int) -> None:
        await self.until(lambda: len(self.ledger.acknowledged) >= wanted)

    async def until(self, happened: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE * 5), self.news:
            await self.news.wait_for(happened)


@asynccontextmanager
async def storm(
    *servers: Server, ledger: Ledger, writers: int = WRITERS, insist: bool = False, name: str = "note"
) -> AsyncIterator[Storm]:
    """Keep `writers` posting inside the block, spread over the servers.

    With `insist` a note is sent again, under its key, until it is acknowledged, as a phone does.
    """
    going = Storm(ledger)
    numbers = count()

    async def write(server: Server) -> None:
        async with phone(server, ledger) as client:
            while not going.over:
                note = f"{name} {next(numbers)}"
                ledger.sent.append(note)
                while await post(client, ledger, note) != "201":
                    async with going.news:
                        going.news.notify_all()
                    await asyncio.sleep(PAUSE)
                    if going.over or not insist:
                        break
                async with going.news:
                    going.news.notify_all()

    tasks = [asyncio.create_task(write(servers[number % len(servers)])) for number in range(writers)]
    try:
        yield going
    finally:
        going.over = True
        await asyncio.gather(*tasks)


async def stored(server: Server, ledger: Ledger) -> Counter[str]:
    """How often each note is there, read through the API."""
    found: Counter[str] = Counter()
    async with phone(server, ledger) as client:
        after: str | None = ""
        while after is not None:
            query = {"limit": "200", **({"after": after} if after else {})}
            page = (await client.get("/api/v1/encounters", params=query)).raise_for_status().json()
            found.update(item["card_note"] for item in page["items"])
            after = page["next"]
    return found


async def send_again(server: Server, ledger: Ledger) -> None:
    """Every note that was ever sent, under its key: what a phone does that never saw an answer, and one that did."""
    waiting = iter(ledger.sent)

    async def insist() -> None:
        async with phone(server, ledger) as client:
            for note in waiting:
                answer = NO_ANSWER
                while answer == NO_ANSWER:  # the server may have closed a connection that was idle
                    answer = await post(client, Ledger(ledger.token), note)
                assert answer == "201", answer

    await asyncio.gather(*(insist() for _ in range(WRITERS)))
