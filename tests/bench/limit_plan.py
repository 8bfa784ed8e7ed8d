"""What a mixer asks for next, written out for the limit app: a note, what was promised, an invitation to connect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

import orjson

from app.core.folding import fold
from app.core.ids import new_id
from app.scheduling.almanac import day_of, following_day, sundown_of, wall_time
from app.scheduling.due import EVENING
from app.scheduling.places import principal_place
from app.scheduling.playbook import BUILT_IN
from app.scheduling.wording import sundown_sentence, titled
from app.tasks.needs import ORDER
from tests.bench.limit_sql import stored

NOTE, SEND, INVITE = (next(rule for rule in BUILT_IN.rules if rule.id == name) for name in ("R8", "R9", "R13"))
NOTHING = "[]"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A posted meeting as rows: those of the encounter, of its one person and of its promises."""

    id: str
    contact_id: str
    at: datetime
    timezone: str
    event: str
    event_folded: str
    topic: str | None
    encounter: tuple[Any, ...]
    person: tuple[Any, ...]
    promises: list[tuple[Any, ...]]

    @classmethod
    def of(cls, data: dict[str, Any], now: datetime) -> "Meeting":
        at, told = datetime.fromisoformat(data["occurred_at"]), data.get
        contact_id, row_id, received = data["contact_ids"][0], told("id") or new_id(now), stored(now)
        encounter = (
            *(row_id, data["kind"], None, told("mode"), stored(at), None, data["timezone"], None, None),
            *(told("place"), data["event"], told("position"), told("card_note"), told("talked_about")),
            *(told("benefit"), "full", None, NOTHING, NOTHING, None, None, BUILT_IN.version, None),
            *(received, received, received),
        )
        promises = [
            (new_id(now), promise["what"], promise.get("url"), promise.get("why"), contact_id, "mine", True, None, None)
            for promise in told("promises", ())
        ]
        return cls(
            id=row_id,
            contact_id=contact_id,
            at=at,
            timezone=data["timezone"],
            event=data["event"],
            event_folded=fold(data["event"]),
            topic=told("talked_about"),
            encounter=encounter,
            person=(contact_id, None, None, None, None, None),
            promises=promises,
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """A task's row in the order of limit_sql.TASK, and its columns that are not shown."""

    row: tuple[Any, ...]
    hidden: tuple[Any, ...]


def tasks_of(met: Meeting, boundary: time, facts: tuple[Any, ...], *, asked: bool, now: datetime) -> Iterator[Planned]:
    """The plan as rows; `facts` are name, e-mails, postal address, state on LinkedIn and "do not contact"."""
    name, emails, address, linkedin, hands_off = facts
    if hands_off:
        return
    has = {"name": name, "email": emails != NOTHING, "postal_address": address, "topic": met.topic}
    day = day_of(met.at, met.timezone, boundary)
    evening = max(met.at, wall_time(day, EVENING, met.timezone))
    wanted: list[Any] = [(NOTE, "", NOTE.title, evening, 1)]
    wanted += [(SEND, promise[0], titled(SEND.title, promise[1]), met.at, 1) for promise in met.promises]
    if linkedin == "none" and not asked:
        wanted.append((INVITE, "", INVITE.title, met.at, 2))
    for rule, item_id, title, opens, days in wanted:
        sundown, due, because = sundown_after(day, days, met.timezone)
        start, written = stored(min(opens, sundown)), stored(now)
        needs, requires = lacking(rule.needs, tuple(need for need in rule.needs if not has[need]))
        row = (
            *(new_id(now), met.contact_id, met.id, rule.action, rule.channel, title, rule.why, rule.number, start),
            *(due, due, met.timezone, because, rule.minutes, needs, "open", None, None, False),
            *(stack(rule.action, met.event_folded, day), None, None, None, None, written, written),
        )
        yield Planned(row, (item_id, "sundown", requires))


@lru_cache(1024)
def sundown_after(day: date, days: int, timezone: str) -> tuple[datetime, str, str]:
    """The sundown some days after a day: the instant, as stored, and the sentence to check it by."""
    for _ in range(days):
        day = following_day(day, timezone)
    place = principal_place(timezone)
    sundown = sundown_of(day, place)
    return sundown.at, stored(sundown.at), sundown_sentence(sundown, day, place)


@lru_cache(1024)
def lacking(requires: tuple[str, ...], missing: tuple[str, ...]) -> tuple[str, str]:
    """Both as they are stored; the needs in the order a person would supply them."""
    return orjson.dumps(sorted(missing, key=ORDER.index)).decode(), orjson.dumps(requires).decode()


@lru_cache(1024)
def stack(action: str, event: str, day: date) -> str:
    return f"{action}:{uuid5(UUID(int=0), f'{event} {day}').hex[:16]}"
