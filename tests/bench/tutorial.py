"""What people would write: FastAPI with `def` endpoints, an ORM session as a dependency, and `response_model`."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from app.accounts.models import Profile, Token
from app.contacts.models import Contact
from app.core.clock import SystemClock
from app.core.db_sqlite import sqlite_engine
from app.core.folding import fold
from app.core.ids import MICROSECOND, new_id
from app.core.problems import Invalid, NotFound, Unauthenticated
from app.encounters.models import Encounter, EncounterPerson, Picture, Promise
from app.encounters.schemas import EncounterCreate, EncounterRead
from app.followups.models import StoredPlaybook
from app.followups.service import stack_of
from app.people.schemas import ContactRead
from app.scheduling import facts
from app.scheduling.almanac import day_of
from app.scheduling.codec import decode_playbook
from app.scheduling.plan import plan
from app.scheduling.playbook import BUILT_IN, Playbook
from app.tasks.models import Task, Touch
from app.tasks.needs import missing, required
from app.tasks.schemas import Status, TaskPage
from tests.bench.tutorial_words import keep_words

clock = SystemClock()
SAME = (
    *("action", "channel", "title", "why", "rule", "start_at", "due_at", "timezone", "because", "by", "minutes"),
    "mail_hint",
)


def from_environment() -> FastAPI:
    """For a server that imports it: the file is named by SUNDOWN_TEST_TUTORIAL."""
    return create(Path(os.environ["SUNDOWN_TEST_TUTORIAL"]))


def create(path: Path) -> FastAPI:
    """The application over a migrated SQLite file."""
    app = FastAPI()
    app.state.reading = sessionmaker(sqlite_engine(f"sqlite:///{path}", "BEGIN"))
    app.state.writing = sessionmaker(sqlite_engine(f"sqlite:///{path}", "BEGIN IMMEDIATE"))
    app.include_router(router)
    return app


router = APIRouter()


def get_reader(request: Request) -> Iterator[Session]:
    with request.app.state.reading() as db:
        yield db


def get_writer(request: Request) -> Iterator[Session]:
    with request.app.state.writing() as db:
        yield db


Reader = Annotated[Session, Depends(get_reader)]
Writer = Annotated[Session, Depends(get_writer)]


def get_owner(db: Reader, authorization: Annotated[str, Header()]) -> str:
    digest = hashlib.sha256(authorization.removeprefix("Bearer ").encode()).hexdigest()
    token = db.get(Token, digest)
    if token is None or (token.expires_at is not None and token.expires_at <= clock.now()):
        raise Unauthenticated
    return token.owner_id


Owner = Annotated[str, Depends(get_owner)]


@router.get("/api/v1/contacts/{contact_id}", response_model=ContactRead)
def get_contact(contact_id: str, db: Reader, owner_id: Owner) -> Any:
    contact: Any = db.get(Contact, (owner_id, contact_id))
    if contact is None:
        raise NotFound
    of_contact = (Touch.owner_id == owner_id, Touch.contact_id == contact_id)
    following = (Task.owner_id == owner_id, Task.contact_id == contact_id, Task.status == "open")
    contact.last_touch_at = db.scalar(select(func.max(Touch.at)).where(*of_contact))
    contact.next_task = db.scalar(select(Task).where(*following).order_by(Task.act_at, Task.id).limit(1))
    return contact


@router.get("/api/v1/tasks", response_model=TaskPage)
def list_tasks(db: Reader, owner_id: Owner, status: Status, limit: int = 50) -> Any:
    mine = select(Task).where(Task.owner_id == owner_id, Task.status == status)
    found = db.scalars(mine.order_by(Task.act_at, Task.id).limit(limit)).all()
    return {"items": found, "next": None}


@router.get("/api/v1/encounters/{encounter_id}", response_model=EncounterRead)
def get_encounter(encounter_id: str, db: Reader, owner_id: Owner) -> Any:
    return _whole(db, owner_id, encounter_id)


@router.post("/api/v1/encounters", response_model=EncounterRead, status_code=201)
def create_encounter(data: EncounterCreate, owner_id: Owner, db: Writer) -> Any:
    now = clock.now()
    profile = db.get_one(Profile, owner_id)
    given = data.model_dump(exclude={"id", "contact_ids", "people", "promises"})
    given |= {"created_at": now, "updated_at": now, "received_at": now, "version": 1}
    playbook = _playbook(db, owner_id)
    encounter = Encounter(
        **given,
        owner_id=owner_id,
        id=new_id(now),
        event_folded=fold(data.event) if data.event else None,
        event_on=day_of(data.occurred_at, data.timezone, profile.day_boundary) if data.event else None,
        playbook_version=playbook.version,
    )
    contacts = [_contact(db, owner_id, contact_id) for contact_id in data.contact_ids or ()]
    key = {"owner_id": owner_id, "encounter_id": encounter.id}
    people = [EncounterPerson(**key, contact_id=one.id, position=place) for place, one in enumerate(contacts)]
    promises = [
        Promise(
            **key,
            **promise.model_dump(exclude={"id", "contact_id"}),
            id=new_id(now),
            contact_id=promise.contact_id or contacts[0].id,
            position=place,
        )
        for place, promise in enumerate(data.promises or ())
    ]
    db.add(encounter)
    db.flush()
    db.add_all([*people, *promises])
    db.add_all(_tasks(db, profile, playbook, encounter, contacts, promises, now))
    db.flush()
    for contact in contacts:
        keep_words(db, contact)
    db.commit()
    return _whole(db, owner_id, encounter.id)


@router.get("/readyz")
def readyz() -> str:
    return "ready"


def _playbook(db: Session, owner_id: str) -> Playbook:
    newest = select(StoredPlaybook).where(StoredPlaybook.owner_id == owner_id).order_by(StoredPlaybook.number.desc())
    stored = db.scalars(newest.limit(1)).first()
    return BUILT_IN if stored is None else decode_playbook(orjson.loads(stored.document))


def _contact(db: Session, owner_id: str, contact_id: str) -> Contact:
    contact = db.get(Contact, (owner_id, contact_id))
    if contact is None:
        raise Invalid.at("#/contact_ids", "There is no such person in this account.")
    return contact


def _tasks(
    db: Session,
    profile: Profile,
    playbook: Playbook,
    encounter: Encounter,
    contacts: list[Contact],
    promises: list[Promise],
    now: Any,
) -> Iterator[Task]:
    asked = (
        select(Task.contact_id)
        .where(Task.owner_id == encounter.owner_id, Task.contact_id.in_([contact.id for contact in contacts]))
        .where(Task.action == "linkedin_invite", Task.status != "cancelled")
    )
    invited = set(db.scalars(asked))
    met = facts.Occasion(
        id=UUID(encounter.id),
        kind=encounter.kind,
        round=encounter.round,
        occurred_at=encounter.occurred_at,
        ends_at=encounter.ends_at,
        timezone=encounter.timezone,
        latitude=encounter.latitude,
        longitude=encounter.longitude,
        event=encounter.event,
        position=encounter.position,
        people=tuple(
            facts.Person(
                contact_id=UUID(contact.id),
                talked_about=encounter.talked_about,
                benefit=encounter.benefit,
                timezone=contact.timezone,
                has_address=bool(contact.postal_address),
                linkedin_state=contact.linkedin_state,
                do_not_contact=contact.do_not_contact,
                linkedin_asked=contact.id in invited,
            )
            for contact in contacts
        ),
        promises=tuple(
            facts.Promise(id=UUID(item.id), what=item.what, contact_id=UUID(item.contact_id)) for item in promises
        ),
        requested=(),
    )
    preferences = facts.Preferences(timezone=profile.timezone, day_boundary=profile.day_boundary)
    for number, planned in enumerate(plan(met, preferences, playbook)):
        contact = next(contact for contact in contacts if contact.id == str(planned.contact_id))
        yield Task(
            **{name: getattr(planned, name) for name in SAME},
            owner_id=encounter.owner_id,
            id=new_id(now + number * MICROSECOND),
            contact_id=contact.id,
            encounter_id=encounter.id,
            item_id=str(planned.item_id or ""),
            act_at=planned.due_at,
            requires=list(planned.requires),
            needs=missing(required(planned.requires, planned.channel), _lacking(profile, encounter, contact)),
            stack=stack_of(met, preferences, planned.action),
            status="open",
            pinned=False,
            draft_edited=False,
            created_at=now,
            updated_at=now,
            version=1,
        )


def _lacking(profile: Profile, encounter: Encounter, contact: Contact) -> frozenset[str]:
    known = {
        "topic": encounter.talked_about,
        "position": encounter.position,
        "benefit": encounter.benefit,
        "number": profile.phone,
        "name": contact.name,
        "email": contact.emails,
        "phone": contact.phones,
        "postal_address": contact.postal_address,
    }
    return frozenset(need for need, value in known.items() if not value)


def _whole(db: Session, owner_id: str, encounter_id: str) -> Any:
    encounter: Any = db.get(Encounter, (owner_id, encounter_id))
    if encounter is None:
        raise NotFound

    def of_encounter(kind: Any, *order: Any) -> Any:
        mine = select(kind).where(kind.owner_id == owner_id, kind.encounter_id == encounter_id)
        return db.scalars(mine.order_by(*order)).all()

    encounter.people = of_encounter(EncounterPerson, EncounterPerson.position)
    encounter.contact_ids = [person.contact_id for person in encounter.people]
    encounter.promises = of_encounter(Promise, Promise.position)
    encounter.pictures = of_encounter(Picture, Picture.position)
    encounter.tasks = of_encounter(Task, Task.act_at, Task.id)
    return encounter
