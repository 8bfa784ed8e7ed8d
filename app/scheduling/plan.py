"""From an encounter and a playbook to the tasks good manners ask for: a pure function (R1 to R20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.scheduling import wording
from app.scheduling.almanac import mail_hint
from app.scheduling.due import due_at
from app.scheduling.facts import Occasion, Person, Preferences
from app.scheduling.places import Place, place_of, principal_place
from app.scheduling.playbook import BUILT_IN, Playbook
from app.scheduling.rules import Rule

PROMISED, THOUGHT = "You promised this.", "It came to mind in your talk and may be useful to them."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """One next action for one person. `requires` is what it asks for before it can go out."""

    contact_id: UUID
    rule: str
    item_id: UUID | None
    action: str
    channel: str
    title: str
    why: str
    start_at: datetime
    due_at: datetime
    timezone: str
    because: str
    by: str
    minutes: int
    requires: tuple[str, ...]
    mail_hint: str | None

    @property
    def key(self) -> tuple[UUID, str, UUID | None]:
        """Identity within an encounter (product.md, 2.9)."""
        return self.contact_id, self.rule, self.item_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a rule is applied to once: a person, and perhaps a promise or requested thing."""

    person: Person
    id: UUID | None = None
    what: str | None = None
    named: date | None = None
    why: str | None = None


def plan(occasion: Occasion, preferences: Preferences, playbook: Playbook = BUILT_IN) -> tuple[PlannedTask, ...]:
    """The tasks of an encounter, by due instant, then as the people are listed, then by rule."""
    place = place_of(occasion.timezone, occasion.latitude, occasion.longitude, preferences)
    order = {person.contact_id: number for number, person in enumerate(occasion.people)}
    tasks: dict[tuple[UUID, str, UUID | None], PlannedTask] = {}
    for rule in playbook.rules:
        if not rule.on or not _fits(rule, occasion):
            continue
        for item in _items(rule, occasion):
            if _applies(rule, item.person):
                task = _task(rule, item, occasion, place, preferences)
                tasks.setdefault(task.key, task)
    return tuple(sorted(tasks.values(), key=lambda task: (task.due_at, order[task.contact_id], task.rule)))


def _fits(rule: Rule, occasion: Occasion) -> bool:
    if rule.kind is not None and occasion.kind != rule.kind:
        return False
    low, high = rule.rounds or (0, 20)
    return occasion.round is None or low <= occasion.round <= high


def _items(rule: Rule, occasion: Occasion) -> Iterator[Item]:
    people = {person.contact_id: person for person in occasion.people}
    first = occasion.people[0]
    if rule.each == "person":
        yield from (Item(person=person) for person in occasion.people)
    elif rule.each == "requested":
        for thing in occasion.requested:
            if not thing.ready:
                yield Item(person=first, id=thing.id, what=thing.what)
    else:
        by = "mine" if rule.each == "promise" else "theirs"
        for promise in occasion.promises:
            if promise.by == by and not promise.kept:
                person = people.get(promise.contact_id, first) if promise.contact_id else first
                why = None if by == "theirs" or promise.promised else THOUGHT
                yield Item(person=person, id=promise.id, what=promise.what, named=promise.due_on, why=why)


def _applies(rule: Rule, person: Person) -> bool:
    if person.do_not_contact or (rule.role is not None and person.role != rule.role):
        return False
    if rule.courtesy and (person.follow_up == "none" or person.no_follow_up_because):
        return False
    if rule.courtesy and person.follow_up == "light" and rule.light == "drop":
        return False
    match rule.only:
        case "first_interview":
            return person.first_interview
        case "benefit":
            return bool(person.benefit)
        case "thin":
            return person.thin
        case "not_connected":
            return person.linkedin_state == "none" and not person.linkedin_asked
        case _:
            return True


def _task(rule: Rule, item: Item, occasion: Occasion, place: Place, preferences: Preferences) -> PlannedTask:
    person = item.person
    theirs = principal_place(person.timezone) if person.timezone else place
    when = due_at(rule.due, occasion.end, place, preferences, theirs, item.named)
    short = rule.light == "email" and person.follow_up == "light"
    spot = theirs if rule.action == "phone_call" else place
    home = principal_place(preferences.timezone).country
    return PlannedTask(
        contact_id=person.contact_id,
        rule=rule.number,
        item_id=item.id,
        action="email_thank_you" if short else rule.action,
        channel="email" if short else rule.channel,
        title="Send one short message" if short else wording.titled(rule.title, item.what) if item.what else rule.title,
        why=item.why or rule.why,
        start_at=when.start_at,
        due_at=when.due_at,
        timezone=spot.timezone,
        because=when.because,
        by=when.by,
        minutes=8 if short else rule.minutes,
        requires=("name", "email") if short else rule.needs,
        mail_hint=mail_hint(when.due_at, place, home) if rule.channel == "letter" and not short else None,
    )
