"""What somebody conscientious, and no more than that, does about a task: mostly in time, now and then late or not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import Connection

from app.accounts.me import Me
from app.contacts.schemas import ContactUpdate
from app.demo.cast import Met
from app.encounters import service as encounter_service
from app.encounters.schemas import EncounterUpdate
from app.people import service as people_service
from app.tasks import queries as task_queries
from app.tasks import service as task_service

SKIPPED = ("They are between addresses.", "We spoke again the next morning.", "It would be one message too many.")
SENT = (None, None, None, "With the drawing.", "Shorter than the draft.", "Written on the train.")
# Of a hundred tasks: in time, late, put off first, left out.
IN_TIME, LATE, PUT_OFF = 80, 88, 94
# Tasks of the last days are still to be done, or there would be nothing to look at.
FRESH = timedelta(days=2)


class Habits:
    """Intentions in the order of time, carried out as the year goes on; those after `now` stay intentions."""

    def __init__(self, conn: Connection, me: Me, seed: int, now: datetime) -> None:
        self.conn, self.me, self.seed, self.now = conn, me, seed, now
        self._intended: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._number = count()
        self._expected: set[str] = set()

    def follow(self, until: datetime) -> None:
        """Do what was meant to be done by then."""
        while self._intended and self._intended[0][0] <= until:
            at, _, do = heappop(self._intended)
            do(at)

    def intend(self, at: datetime, do: Callable[..., None], *given: Any) -> None:
        """Call `do(*given, at)` when its time comes."""
        heappush(self._intended, (at, next(self._number), lambda at: do(*given, at)))

    def expect(self, encounter_id: str, met: Met, now: datetime) -> None:
        """Decide what becomes of each task an encounter has given so far."""
        for task in self._tasks(encounter_id):
            if task["id"] not in self._expected and not met.left:
                self._expected.add(task["id"])
                self._decide(task, met, now)
        for promise in met.promises:
            if "kept" in promise:
                self.intend(now + timedelta(days=promise["kept"]), self._keep, encounter_id, promise["what"])

    def answer(self, task_id: str, at: datetime) -> None:
        self.intend(at, self._complete, task_id, None)

    def type_in(self, contact_id: str, encounter_id: str, details: dict[str, Any], at: datetime) -> None:
        """Finish a card at home, and see what else that asks for."""

        def do(at: datetime) -> None:
            for task in self._tasks(encounter_id):
                if task["action"] == "finish_card_note":
                    task_service.complete(self.conn, self.me, task["id"], now=at)
            changes = ContactUpdate(**details).model_dump(exclude_unset=True)
            people_service.update_fields(self.conn, self.me, contact_id, changes, now=at)

        self.intend(at, do)

    def _tasks(self, encounter_id: str) -> list[dict[str, Any]]:
        """In an order that does not depend on ids, which differ each time."""
        found = task_queries.of_encounter(self.conn, self.me, encounter_id)
        return sorted(found, key=lambda task: (task["act_at"], task["rule"], task["title"], task["why"]))

    def _decide(self, task: dict[str, Any], met: Met, now: datetime) -> None:
        drawn = Random(f"{self.seed} {met.days} {met.at} {task['rule']} {task['title']}")  # noqa: S311 - no secret
        begin, due = max(task["start_at"], now), task["due_at"]
        if due > self.now - FRESH or task["action"] == "finish_card_note":
            return
        chance, moment = drawn.randrange(100), begin + (due - begin) * drawn.uniform(0.1, 0.9)
        if chance < IN_TIME:
            self.intend(moment, self._complete, task["id"], drawn.choice(SENT))
        elif chance < LATE:
            self.intend(due + timedelta(hours=drawn.uniform(8, 50)), self._complete, task["id"], None)
        elif chance < PUT_OFF:
            until = due + timedelta(hours=drawn.uniform(20, 40))
            self.intend(moment, self._snooze, task["id"], until)
            self.intend(until + timedelta(hours=2), self._complete, task["id"], None)
        else:
            self.intend(moment, self._skip, task["id"], drawn.choice(SKIPPED))

    def _open(self, task_id: str) -> bool:
        """A replanning may have taken it back."""
        return task_queries.get(self.conn, self.me, task_id)["status"] == "open"

    def _complete(self, task_id: str, note: str | None, at: datetime) -> None:
        if self._open(task_id):
            done = task_service.complete(self.conn, self.me, task_id, note=note, now=at)
            if done["action"] == "linkedin_invite":
                invited = {"linkedin_state": "invited"}
                people_service.update_fields(self.conn, self.me, done["contact_id"], invited, now=at)

    def _snooze(self, task_id: str, until: datetime, at: datetime) -> None:
        if self._open(task_id):
            task_service.snooze(self.conn, self.me, task_id, until=until, now=at)

    def _skip(self, task_id: str, reason: str, at: datetime) -> None:
        if self._open(task_id):
            task_service.skip(self.conn, self.me, task_id, reason=reason, now=at)

    def _keep(self, encounter_id: str, what: str, at: datetime) -> None:
        """Send what was promised, and say so on the promise."""
        for task in self._tasks(encounter_id):
            if what in task["title"]:
                self._complete(task["id"], "As promised.", at)
        promises = encounter_service.get(self.conn, self.me, encounter_id)["promises"]
        kept = [promise | ({"kept_at": at} if promise["what"] == what else {}) for promise in promises]
        changes = EncounterUpdate(promises=kept).model_dump(exclude_unset=True)
        encounter_service.update_fields(self.conn, self.me, encounter_id, changes, now=at)
