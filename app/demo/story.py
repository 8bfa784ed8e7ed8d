"""A job seeker's year, lived through the same ops as the API, so that every plan, due time and reason is real."""

from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.accounts.me import Me
from app.agenda import service as agenda_service
from app.captures import service as capture_service
from app.captures.schemas import CaptureCreate
from app.contacts.schemas import ContactCreate
from app.demo.cast import HOME, Met, Touched, card, year
from app.demo.habits import Habits
from app.encounters import service as encounter_service
from app.encounters.schemas import EncounterCreate
from app.people import service as people_service
from app.people import touches as touch_service
from app.people.history_schemas import TouchCreate
from app.scheduling.almanac import day_of
from app.tasks import queries as task_queries
from app.tasks import service as task_service
from app.tasks.schemas import TaskCreate

THURSDAY, SATURDAY = 3, 5
DAY_BEGINS = time(4)
GUILD = "Civic Data Guild night"
# The last days stand as they are told; before them the seed moves a meeting a little.
SETTLED = 14
SETTINGS: dict[str, Any] = {
    "phone": "+1 212-555-0199",
    "best_hours": "weekdays after four",
    "postal_address": "48 Sailmakers Row\nNew York, NY",
    "linkedin_url": "https://linkedin.example/in/ines-duarte",
    "quiet_hours": {"from": "22:00", "to": "07:00"},
    "minutes_an_evening": 40,
}
# What no meeting asks for: who, action, title, due in so many hours, and why.
BY_HAND = (
    ("imogen", "phone_call", "Call Imogen about the ceramics evening", 50, "She asked for the date."),
    ("hamish", "custom", "Bring Hamish the prints of the slip", 14 * 24, "He has an empty wall."),
    ("marguerite", "custom", "Ask Marguerite about the autumn programme", 21 * 24, "She plans it in spring."),
    ("nkechi", "custom", "Send Nkechi the soil temperature series", 5 * 24, "It came up in her kitchen."),
)


def tell(conn: Connection, me: Me, *, seed: int, now: datetime) -> None:
    """Fill an empty account with a year that ends at `now`; a seed draws what became of each task."""
    agenda_service.update_me(conn, me, SETTINGS, now=now - timedelta(days=366))
    teller = _Teller(conn, me, seed, now)
    meetings, touches = year()
    for touched in touches:
        teller.habits.intend(min(_local(now, touched.days, touched.at), now), teller.touch, touched)
    for at, met in sorted(((_when(met, seed, now), met) for met in meetings), key=lambda pair: pair[0]):
        teller.habits.follow(min(at, now))
        teller.meet(met, at)
    teller.habits.follow(now)
    teller.end()


def _local(now: datetime, days: int, at: str) -> datetime:
    day = day_of(now, HOME, DAY_BEGINS) - timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(at), ZoneInfo(HOME)).astimezone(UTC)


def _when(met: Met, seed: int, now: datetime) -> datetime:
    """The instant, on a day of the week such a meeting has."""
    day = day_of(now, HOME, DAY_BEGINS) - timedelta(days=met.days)
    minutes = 0
    if met.days > SETTLED:
        drawn = Random(f"{seed} {met.days}")  # noqa: S311 - moves invented meetings, guards nothing
        day += timedelta(days=drawn.randint(-2, 2))
        minutes = drawn.randint(0, 9)
        if met.event == GUILD:
            day -= timedelta(days=(day.weekday() - THURSDAY) % 7)
        elif met.kind in ("interview", "other") and day.weekday() >= SATURDAY:
            day -= timedelta(days=day.weekday() - SATURDAY + 1)
    local = datetime.combine(day, time.fromisoformat(met.at), ZoneInfo(met.timezone))
    return (local + timedelta(minutes=minutes)).astimezone(UTC)


class _Teller:
    def __init__(self, conn: Connection, me: Me, seed: int, now: datetime) -> None:
        self.conn, self.me, self.now = conn, me, now
        self.contacts: dict[str, str] = {}
        self.habits = Habits(conn, me, seed, now)

    def meet(self, met: Met, at: datetime) -> None:
        """One meeting: a note thumbed on the way out, or an encounter entered with everybody in it."""
        now = min(at, self.now)
        alone = met.kind in ("networking", "social") and len(met.who) == 1 and met.follow_up == "full"
        made = self._capture(met, at, now) if alone else self._encounter(met, at, now)
        self.habits.expect(made["id"], met, now)

    def _capture(self, met: Met, at: datetime, now: datetime) -> dict[str, Any]:
        (key,) = met.who
        known, details = self.contacts.get(key), card(key)
        named = known is None and not met.unnamed
        told: dict[str, Any] = {
            "text": met.note,
            "captured_at": at,
            "timezone": met.timezone,
            "kind": met.kind,
            "event": met.event,
            "contact_id": known,
            "name": details["name"] if named else None,
            "company": details["company"] if named else None,
            "talked_about": met.topic,
            "benefit": met.benefit,
            "promises": _promises(met, at),
        }
        made, _ = capture_service.create(self.conn, self.me, CaptureCreate(**told).model_dump(), now=now)
        if known is None:
            self.contacts[key] = made["contact"]["id"]
            if not met.left:
                self.habits.type_in(made["contact"]["id"], made["id"], details, now + timedelta(hours=1, minutes=30))
        return made

    def _encounter(self, met: Met, at: datetime, now: datetime) -> dict[str, Any]:
        for key in met.who:
            if key not in self.contacts:
                person = ContactCreate(**card(key), how_met=met.event).model_dump()
                self.contacts[key] = people_service.create(self.conn, self.me, person, now=now)[0]["id"]
        first, *others = met.who
        told: dict[str, Any] = {
            "people": [
                {"contact_id": self.contacts[first], "role": met.role},
                *({"contact_id": self.contacts[key], "role": "interviewer" if met.role else None} for key in others),
            ],
            "kind": met.kind,
            "round": met.round,
            "mode": met.mode,
            "occurred_at": at,
            "ends_at": at + timedelta(minutes=met.minutes) if met.minutes else None,
            "timezone": met.timezone,
            "event": met.event,
            "place": met.place,
            "position": met.position,
            "card_note": met.note or None,
            "talked_about": met.topic,
            "benefit": met.benefit,
            "follow_up": met.follow_up,
            "no_follow_up_because": met.no_follow_up_because,
            "gaps": list(met.gaps),
            "requested": list(met.requested),
            "promises": _promises(met, at),
            "self_rating": met.rating,
            "outcome": met.outcome,
        }
        return encounter_service.create(self.conn, self.me, EncounterCreate(**told).model_dump(), now=now)[0]

    def touch(self, touched: Touched, at: datetime) -> None:
        """They wrote, or I called; what needs an answer gets one, unless it came today."""
        contact_id = self.contacts[touched.who]
        told = TouchCreate(
            channel=touched.channel,  # pyright: ignore[reportArgumentType]
            direction=touched.direction,  # pyright: ignore[reportArgumentType]
            at=at,
            note=touched.note,
            needs_answer=touched.needs_answer,
        )
        made, _ = touch_service.create(self.conn, self.me, contact_id, told.model_dump(), now=at)
        if touched.answered is not None:
            self.habits.answer(made["reply"]["id"], at + timedelta(hours=touched.answered))

    def end(self) -> None:
        """How things stand today: tasks of one's own, one put off, two meant for tonight, one person left alone."""
        for key, action, title, hours, why in BY_HAND:
            told = TaskCreate(
                contact_id=self.contacts[key],
                action=action,  # pyright: ignore[reportArgumentType]
                title=title,
                due_at=self.now + timedelta(hours=hours),
                timezone=HOME,
                why=why,
            )
            task_service.create(self.conn, self.me, told.model_dump(), now=self.now - timedelta(hours=3))
        today = day_of(self.now, HOME, DAY_BEGINS)
        for key in ("wanjiru", "emeric"):
            note = self._open(key, "handwritten_note")
            task_service.plan_on(self.conn, self.me, note["id"], planned_on=today, now=self.now)
        evening = datetime.combine(today + timedelta(days=1), time(19), ZoneInfo(HOME)).astimezone(UTC)
        late = self._open("osei", "handwritten_note")
        task_service.snooze(self.conn, self.me, late["id"], until=evening, now=self.now)
        alone = {"do_not_contact": True}
        people_service.update_fields(self.conn, self.me, self.contacts["lorcan"], alone, now=self.now)

    def _open(self, key: str, action: str) -> dict[str, Any]:
        """The one open task of this action with a person."""
        filters = {"contact_id": self.contacts[key], "status": "open"}
        tasks = task_queries.list_page(self.conn, self.me, limit=50, after=None, filters=filters).items
        return next(task for task in tasks if task["action"] == action)


def _promises(met: Met, at: datetime) -> list[dict[str, Any]]:
    """Mine with the days they were promised for, and what they offered."""
    day = at.astimezone(ZoneInfo(met.timezone)).date()
    mine = [
        {"what": promise["what"], "due_on": day + timedelta(days=promise["due"]) if "due" in promise else None}
        for promise in met.promises
    ]
    theirs = [{"what": met.theirs, "by": "theirs", "due_on": day + timedelta(days=7)}] if met.theirs else []
    return [*mine, *theirs]
