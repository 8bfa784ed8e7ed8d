"""From an encounter and a playbook to the tasks good manners ask for: a pure function (R1 to R20)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.scheduling import wording
from app.scheduling.almanac import mail_hint
from app.scheduling.due import due_at
from app.scheduling.facts import Occasion, Person, Preferences
from app.scheduling.places import Place, place_of, principal_place
from app.scheduling.playbook import BUILT_IN, EMAIL_TITLE, Playbook
from app.scheduling.rules import Rule

THOUGHT = "It came to mind in your talk and may be useful to them."
AS_RULED, SHORT, BY_EMAIL = "as ruled", "short", "by e-mail"
SHORT_TITLE, NOTE_TOO = "Send one short message", "It stands for the note by hand, too."


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
    """What a rule is applied to once: a person, and perhaps a promise or requested thing.

    `courtesy` is what came to mind without being promised: it stops where courtesy stops.
    """

    person: Person
    id: UUID | None = None
    what: str | None = None
    named: date | None = None
    why: str | None = None
    courtesy: bool = False


def plan(occasion: Occasion, preferences: Preferences, playbook: Playbook = BUILT_IN) -> tuple[PlannedTask, ...]:
    """The tasks of an encounter, by due instant, what was promised first, then as people are listed, then by rule."""
    place = place_of(occasion.timezone, occasion.latitude, occasion.longitude, preferences)
    order = {person.contact_id: number for number, person in enumerate(occasion.people)}
    tasks: dict[tuple[UUID, str, UUID | None], tuple[str, PlannedTask]] = {}
    promised: set[tuple[UUID, str, UUID | None]] = set()
    invited: set[UUID] = set()
    items = _items(occasion)
    for rule in playbook.rules:
        if not rule.on or not _fits(rule, occasion):
            continue
        for item in items[rule.each]:
            if not _applies(rule, item) or (_invites(rule) and item.person.contact_id in invited):
                continue
            form = _form(rule, item.person, playbook)
            task = _task(rule, item, occasion, place, preferences, form)
            tasks.setdefault(task.key, (form, task))
            if not (rule.courtesy or item.courtesy):
                promised.add(task.key)
            if _invites(rule):
                invited.add(task.contact_id)
    return tuple(
        sorted(
            _merged(tasks.values()),
            key=lambda task: (task.due_at, task.key not in promised, order[task.contact_id], task.rule),
        )
    )


def _invites(rule: Rule) -> bool:
    return rule.action == "linkedin_invite"


def _form(rule: Rule, person: Person, playbook: Playbook) -> str:
    """Whether a note by hand goes as the rule says, as one short message, or by e-mail."""
    if rule.action != "handwritten_note":
        return AS_RULED
    if person.follow_up == "light" and rule.light == "email":
        return SHORT
    lacks_address = rule.no_address == "email" and not person.has_address
    return BY_EMAIL if playbook.write_by_email or lacks_address else AS_RULED


def _merged(tasks: Iterable[tuple[str, PlannedTask]]) -> Iterator[PlannedTask]:
    """A note that goes by e-mail is one with the thank-you e-mail the same meeting asks for, where it does."""
    found = list(tasks)
    by_email = {task.contact_id for form, task in found if form == BY_EMAIL}
    thanked = {task.contact_id for form, task in found if form == AS_RULED and task.action == "email_thank_you"}
    for form, task in found:
        both = task.contact_id in by_email & thanked
        if both and form == BY_EMAIL:
            continue
        stands_for_both = both and form == AS_RULED and task.action == "email_thank_you"
        yield replace(task, why=f"{task.why} {NOTE_TOO}") if stands_for_both else task


def _fits(rule: Rule, occasion: Occasion) -> bool:
    """An interview of no round is the first; nothing else has a round."""
    if rule.kind not in (None, occasion.kind):
        return False
    if rule.rounds is None:
        return True
    low, high = rule.rounds
    number = 1 if occasion.round is None else occasion.round
    return occasion.kind == "interview" and low <= number <= high


def _items(occasion: Occasion) -> dict[str, list[Item]]:
    """What a rule may be about, by its `each`."""
    people = {person.contact_id: person for person in occasion.people}
    first = next((person for person in occasion.people if not person.do_not_contact), occasion.people[0])
    items: dict[str, list[Item]] = {
        "person": [Item(person=person) for person in occasion.people],
        "requested": [
            Item(person=first, id=thing.id, what=thing.what, named=thing.due_on)
            for thing in occasion.requested
            if not thing.ready
        ],
        "promise": [],
        "their_promise": [],
    }
    for promise in occasion.promises:
        if promise.kept:
            continue
        thought = promise.by == "mine" and not promise.promised
        item = Item(
            person=people.get(promise.contact_id, first) if promise.contact_id else first,
            id=promise.id,
            what=promise.what,
            named=promise.due_on,
            why=THOUGHT if thought else None,
            courtesy=thought,
        )
        items["promise" if promise.by == "mine" else "their_promise"].append(item)
    return items


def _applies(rule: Rule, item: Item) -> bool:
    person = item.person
    if person.do_not_contact or (rule.role is not None and person.role != rule.role):
        return False
    if (rule.courtesy or item.courtesy) and _unwanted(rule, person):
        return False
    return _holds(rule, person)


def _unwanted(rule: Rule, person: Person) -> bool:
    """Whether a courtesy stops for this person, who is not followed up or gets one short message."""
    if person.follow_up == "none" or person.no_follow_up_because:
        return True
    return person.follow_up == "light" and rule.light == "drop"


def _holds(rule: Rule, person: Person) -> bool:
    match rule.only:
        case "first_interview":
            return person.first_interview
        case "later_interview":
            return not person.first_interview
        case "benefit":
            return bool(person.benefit)
        case "thin":
            return person.thin
        case "not_connected":
            return person.linkedin_state == "none" and not person.linkedin_asked
        case _:
            return True


def _task(rule: Rule, item: Item, occasion: Occasion, place: Place, preferences: Preferences, form: str) -> PlannedTask:
    person = item.person
    theirs = principal_place(person.timezone) if person.timezone else place
    when = due_at(rule.due, occasion.end, place, preferences, theirs, item.named)
    home = principal_place(preferences.timezone).country
    return _written(
        form,
        PlannedTask(
            contact_id=person.contact_id,
            rule=rule.number,
            item_id=item.id,
            action=rule.action,
            channel=rule.channel,
            title=wording.titled(rule.title, item.what) if item.what else rule.title,
            why=item.why or rule.why,
            start_at=when.start_at,
            due_at=when.due_at,
            timezone=when.timezone,
            because=when.because,
            by=when.by,
            minutes=rule.minutes,
            requires=rule.needs,
            mail_hint=mail_hint(when.due_at, place, home) if rule.channel == "letter" else None,
        ),
    )


def _written(form: str, task: PlannedTask) -> PlannedTask:
    """The task in its form: an e-mail has the note's due time and no post to catch."""
    if form == AS_RULED:
        return task
    email = replace(task, action="email_thank_you", channel="email", title=EMAIL_TITLE, minutes=8, mail_hint=None)
    if form == SHORT:
        return replace(email, title=SHORT_TITLE, requires=("name", "email"))
    return replace(email, requires=(*(need for need in task.requires if need != "postal_address"), "email"))
