"""Request and answer shapes of the playbook."""

from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from app.core.schemas import Answer, Channel, Flag, Hour, Kind, Line, Name, Role, Schema, whole
from app.scheduling.proposal import MOST_RULES
from app.tasks.schemas import Action, Minutes

Need = Literal["name", "topic", "position", "benefit", "postal_address", "email", "phone", "number"]
Each = Literal["person", "promise", "their_promise", "requested"]
Only = Literal["first_interview", "later_interview", "benefit", "thin", "not_connected"]
DueType = Literal["end_of_day", "sundown", "at", "after_date"]
RuleId = Annotated[
    str,
    Field(
        strict=True,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$",
        description="Ids such as R8 and R13.social are kept for built-in rules.",
        examples=["R8"],
    ),
]


def _one_or_both(value: Any) -> Any:
    return [value, value] if isinstance(value, int) and not isinstance(value, bool) else value


ROUND = {"type": "integer", "minimum": 0, "maximum": 20}
Rounds = Annotated[
    list[whole(0, 20)],
    Field(min_length=2, max_length=2),
    BeforeValidator(_one_or_both),
    WithJsonSchema(
        {"anyOf": [{"type": "array", "items": ROUND, "minItems": 2, "maxItems": 2}, ROUND]},
        mode="validation",
    ),
]
WrittenHour = Annotated[Hour, PlainSerializer(lambda hour: f"{hour:%H:%M}" if isinstance(hour, time) else hour)]


class DueWrite(Schema):
    """What is left out has its usual value; a field belongs to the types that list it in the answer."""

    type: DueType
    days: whole(0, 90) | None = None  # pyright: ignore[reportInvalidTypeForm]
    evening: Flag | None = None
    hour: WrittenHour | None = None
    working: Flag | None = None
    opens: WrittenHour | None = None
    theirs: Flag | None = None
    working_days: whole(0, 90) | None = None  # pyright: ignore[reportInvalidTypeForm]


class ElseWrite(Schema):
    """What becomes of the task where it cannot or shall not be done in full."""

    light: Literal["keep", "drop", "email"] | None = None
    no_address: Literal["keep", "email"] | None = None


class RuleWrite(Schema):
    """A built-in rule by its id with what is changed, or a rule of one's own in full."""

    id: RuleId
    on: Flag | None = None
    kind: Kind | None = None
    round: Rounds | None = None
    role: Role | None = None
    each: Each | None = None
    only: Only | None = None
    courtesy: Flag | None = None
    action: Action | None = None
    channel: Channel | None = None
    due: DueWrite | None = None
    needs: Annotated[list[Need], Field(max_length=8)] | None = None
    else_: ElseWrite | None = Field(default=None, alias="else")
    minutes: Minutes | None = None  # pyright: ignore[reportInvalidTypeForm]
    title: Name | None = None
    why: Name | None = None


class NothingForWrite(Schema):
    kind: Kind
    round: Rounds | None = None


class PlaybookWrite(Schema):
    """A whole playbook: a built-in rule that is not in it is off.

    `version` and `nothing_for` may come along as they were shown; neither is read.
    """

    version: Line | None = None
    write_by_email: Flag = False
    rules: Annotated[list[RuleWrite], Field(max_length=MOST_RULES)]
    nothing_for: Annotated[list[NothingForWrite], Field(max_length=MOST_RULES)] | None = None


FromTo = Annotated[list[int], Field(min_length=2, max_length=2)]


class EndOfDayRead(Answer):
    type: Literal["end_of_day"]
    days: int


class SundownRead(Answer):
    type: Literal["sundown"]
    days: int = Field(description="Sundown that many days after the encounter's day.")
    evening: bool = Field(description="Begun no earlier than the evening before that sundown.")


class AtRead(Answer):
    type: Literal["at"]
    hour: str = Field(examples=["16:00"])
    days: int
    working: bool = Field(description="Whether `days` counts working days only.")
    opens: str | None = Field(description="When it may first be done.")
    theirs: bool = Field(description="At the person's place, not where the encounter was.")


class AfterDateRead(Answer):
    type: Literal["after_date"]
    working_days: int = Field(description="That many after the date they named.")


DueRead = Annotated[EndOfDayRead | SundownRead | AtRead | AfterDateRead, Field(discriminator="type")]


class ElseRead(Answer):
    light: Literal["keep", "drop", "email"] = Field(description="Where one short message is wanted.")
    no_address: Literal["keep", "email"] = Field(description="While a note by hand lacks a postal address.")


class RuleRead(Answer):
    id: str
    on: bool
    kind: Kind | None
    round: FromTo | None = Field(description="[from, to], both included.")
    role: Role | None
    each: Each = Field(description="What it is applied to once.")
    only: Only | None = Field(description="What has to hold for the person.")
    courtesy: bool = Field(description="Whether it stops with `follow_up: none` or a reason against following up.")
    action: Action
    channel: Channel
    due: DueRead
    needs: list[Need]
    else_: ElseRead = Field(alias="else")
    minutes: int
    title: str
    why: str


class NothingFor(Answer):
    kind: Kind
    round: FromTo | None


class PlaybookRead(Answer):
    version: str = Field(examples=["built-in-1", "mine-3"])
    write_by_email: bool = Field(description="Whether every note by hand is an e-mail instead, by the same deadline.")
    rules: list[RuleRead]
    nothing_for: list[NothingFor] = Field(description="Meetings after which somebody of no special role gets no task.")
