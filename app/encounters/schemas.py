"""Request and answer shapes of encounters."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PlainSerializer, model_validator

from app.core.schemas import (
    Answer,
    Day,
    Filled,
    Flag,
    FollowUp,
    Kind,
    Line,
    Moment,
    Note,
    Placed,
    PlacedPatch,
    Role,
    Schema,
    Url,
    Uuid,
    Zone,
    otherwise,
    whole,
)
from app.followups.schemas import PlaybookWrite
from app.tasks.schemas import TaskRead

Mode = Literal["in_person", "video", "phone"]
Outcome = Literal["waiting", "next_round", "offer", "rejected", "withdrawn"]
Round = whole(0, 20)
Rating = whole(1, 5)
WrittenDay = Annotated[Day, PlainSerializer(date.isoformat)]


class PromiseWrite(Schema):
    id: Uuid | None = None
    what: Filled = Field(examples=["the trunk-based article"])
    url: Url | None = None
    why: Note | None = None
    contact_id: Uuid | None = None
    by: Annotated[Literal["mine", "theirs"] | None, otherwise("mine")] = "mine"
    promised: Annotated[Flag | None, otherwise(True)] = True
    due_on: Day | None = None
    kept_at: Moment | None = None


class PersonWrite(Schema):
    contact_id: Uuid
    role: Role | None = None
    talked_about: Note | None = None
    benefit: Note | None = None
    follow_up: FollowUp | None = None
    no_follow_up_because: Note | None = None


class Gap(Schema):
    asked: Filled
    answered: Note | None = None
    better: Note | None = None
    use: Annotated[Flag | None, otherwise(False)] = False


class Requested(Schema):
    what: Filled = Field(examples=["references"])
    ready: Annotated[Flag | None, otherwise(False)] = False
    detail: Note | None = None
    due_on: WrittenDay | None = Field(default=None, description="The date that was named, if one was.")


def _once_each(people: list[PersonWrite]) -> list[PersonWrite]:
    if len({person.contact_id for person in people}) < len(people):
        raise ValueError("Each person stands in an encounter once.")
    return people


def _distinct(ids: list[str]) -> list[str]:
    if len(set(ids)) < len(ids):
        raise ValueError("Each person stands in an encounter once.")
    return ids


ContactIds = Annotated[list[Uuid], Field(min_length=1, max_length=100), AfterValidator(_distinct)]
People = Annotated[list[PersonWrite], Field(min_length=1, max_length=100), AfterValidator(_once_each)]
Promises = Annotated[Annotated[list[PromiseWrite], Field(max_length=50)] | None, otherwise([])]
Gaps = Annotated[Annotated[list[Gap], Field(max_length=50)] | None, otherwise([])]
RequestedItems = Annotated[Annotated[list[Requested], Field(max_length=50)] | None, otherwise([])]
MostlyFull = Annotated[FollowUp | None, otherwise("full")]


class _Fields(Placed):
    mode: Mode | None = None
    ends_at: Moment | None = None
    place: Line | None = None
    event: Line | None = Field(default=None, examples=["PyData mixer"])
    position: Line | None = None
    card_note: Note | None = None
    talked_about: Note | None = None
    benefit: Note | None = None
    no_follow_up_because: Note | None = None
    self_rating: Rating | None = None  # pyright: ignore[reportInvalidTypeForm]
    outcome: Outcome | None = None
    round: Round | None = None  # pyright: ignore[reportInvalidTypeForm]

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if {"contact_ids", "people"} <= self.model_fields_set:
            raise ValueError("Give `contact_ids` or `people`, not both.")
        return self


class _Meeting(_Fields):
    id: Uuid | None = None
    contact_ids: ContactIds | None = None
    people: People | None = None
    kind: Kind
    occurred_at: Moment
    timezone: Zone
    follow_up: MostlyFull = "full"
    gaps: Gaps = Field(default_factory=list)
    requested: RequestedItems = Field(default_factory=list)
    promises: Promises = Field(default_factory=list)


class EncounterCreate(_Meeting):
    """At least one person, in `contact_ids` or, each with their own topic and role, in `people`."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.contact_ids and not self.people:
            raise ValueError("At least one person is needed, in `contact_ids` or in `people`.")
        return self


class EncounterPreview(_Meeting):
    """An encounter as it would be created, and perhaps rules it would be planned under.

    Without people it is with somebody new, of whom nothing is known yet.
    """

    playbook: PlaybookWrite | None = None


class EncounterReplan(Schema):
    """`current` rules, or the ones `kept` from when it was planned last."""

    playbook: Literal["current", "kept"] = "current"


class EncounterUpdate(_Fields, PlacedPatch):
    """A merge patch (RFC 7396): what is left out stays; a list given replaces the whole list."""

    contact_ids: ContactIds = None  # pyright: ignore[reportAssignmentType]
    people: People = None  # pyright: ignore[reportAssignmentType]
    kind: Kind = None  # pyright: ignore[reportAssignmentType]
    occurred_at: Moment = None  # pyright: ignore[reportAssignmentType]
    timezone: Zone = None  # pyright: ignore[reportAssignmentType]
    follow_up: MostlyFull = None
    gaps: Gaps = None
    requested: RequestedItems = None
    promises: Promises = None


class PersonRead(Answer):
    contact_id: Uuid
    role: Role | None
    talked_about: str | None
    benefit: str | None
    follow_up: FollowUp | None
    no_follow_up_because: str | None


class PromiseRead(Answer):
    id: Uuid
    what: str
    url: str | None
    why: str | None
    contact_id: Uuid | None
    by: Literal["mine", "theirs"]
    promised: bool
    due_on: Day | None
    kept_at: Moment | None


class GapRead(Answer):
    asked: str
    answered: str | None
    better: str | None
    use: bool


class RequestedRead(Answer):
    what: str
    ready: bool
    detail: str | None
    due_on: Day | None


class PictureShown(Answer):
    """A picture that an encounter has; its bytes are at `/encounters/{encounter_id}/pictures/{id}`."""

    id: Uuid
    width: int
    height: int


class EncounterSummary(Answer):
    id: Uuid
    contact_ids: list[Uuid]
    people: list[PersonRead]
    kind: Kind
    round: int | None
    mode: Mode | None
    occurred_at: Moment
    ends_at: Moment | None
    timezone: str
    latitude: float | None
    longitude: float | None
    place: str | None
    event: str | None
    position: str | None
    card_note: str | None
    talked_about: str | None
    benefit: str | None
    follow_up: FollowUp
    no_follow_up_because: str | None
    gaps: list[GapRead]
    requested: list[RequestedRead]
    promises: list[PromiseRead]
    pictures: list[PictureShown]
    self_rating: int | None
    outcome: Outcome | None
    playbook_version: str
    captured_at: Moment | None = Field(description="The phone's clock, for an encounter that came as a capture.")
    received_at: Moment
    created_at: Moment
    updated_at: Moment


class EncounterRead(EncounterSummary):
    tasks: list[TaskRead]


class EncounterPage(Answer):
    items: list[EncounterSummary]
    next: str | None


class PlannedTaskRead(Answer):
    """What an encounter would give, before it is stored."""

    contact_id: Uuid
    action: str
    channel: str
    title: str
    why: str
    rule: str
    start_at: Moment
    due_at: Moment
    timezone: str
    because: str
    minutes: int
    needs: list[str]
    mail_hint: str | None


class Preview(Answer):
    tasks: list[PlannedTaskRead]
