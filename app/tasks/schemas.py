"""Request and answer shapes of tasks."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.core.schemas import Answer, Channel, Day, Flag, Line, Moment, Name, Note, Schema, Uuid, Zone, otherwise, whole

Action = Literal[
    "email_thank_you",
    "handwritten_note",
    "send_link",
    "phone_call",
    "linkedin_invite",
    "requested_item",
    "their_promise",
    "finish_card_note",
    "keep_in_touch",
    "new_year_card",
    "reply",
    "custom",
]
Status = Literal["open", "done", "skipped", "cancelled"]
Minutes = whole(0, 1440)


class TaskCreate(Schema):
    id: Uuid | None = None
    contact_id: Uuid
    action: Action
    title: Name = Field(examples=["Send the trunk-based article"])
    due_at: Moment
    timezone: Zone
    channel: Channel | None = None
    encounter_id: Uuid | None = None
    why: Note | None = None
    start_at: Moment | None = None
    minutes: Minutes | None = None  # pyright: ignore[reportInvalidTypeForm]
    planned_on: Day | None = None


class TaskUpdate(Schema):
    """A merge patch (RFC 7396). A new `due_at` pins the task; `pinned: false` gives it back to the plan."""

    title: Name = None  # pyright: ignore[reportAssignmentType]
    why: Note | None = None
    channel: Channel | None = None
    due_at: Moment = None  # pyright: ignore[reportAssignmentType]
    start_at: Moment | None = None
    timezone: Zone = None  # pyright: ignore[reportAssignmentType]
    minutes: Minutes | None = None  # pyright: ignore[reportInvalidTypeForm]
    planned_on: Day | None = None
    pinned: Annotated[Flag | None, otherwise(False)] = None


class TaskComplete(Schema):
    """All optional: `at` may be back-dated, `channel` says how it really went out."""

    at: Moment | None = None
    channel: Channel | None = None
    outcome: Line | None = None
    note: Note | None = None


class TaskSkip(Schema):
    reason: Note | None = Field(default=None, examples=["They moved away"])


class TaskSnooze(Schema):
    until: Moment


class TaskBatch(TaskComplete):
    """One verb for up to 100 tasks, in one transaction; the verb's own fields beside it."""

    ids: Annotated[list[Uuid], Field(min_length=1, max_length=100)]
    do: Literal["complete", "skip", "snooze", "reopen", "plan"]
    reason: Note | None = None
    until: Moment | None = None
    planned_on: Day | None = None

    @model_validator(mode="after")
    def _fits_the_verb(self) -> Self:
        takes = {
            "complete": {"at", "channel", "outcome", "note"},
            "skip": {"reason"},
            "snooze": {"until"},
            "plan": {"planned_on"},
        }
        extra = self.model_fields_set - {"ids", "do"} - takes.get(self.do, set())
        if extra:
            raise ValueError(f"{self.do} does not take {', '.join(sorted(extra))}.")
        if self.do == "snooze" and self.until is None:
            raise ValueError("snooze needs `until`.")
        if self.do == "plan" and "planned_on" not in self.model_fields_set:
            raise ValueError("plan needs `planned_on`, a date or null.")
        return self


class TaskRead(Answer):
    id: Uuid
    contact_id: Uuid
    encounter_id: Uuid | None
    action: Action
    channel: Channel
    title: str
    why: str
    rule: str | None
    start_at: Moment
    due_at: Moment
    act_at: Moment = Field(description="`snoozed_until`, else `due_at`: what lists are ordered by.")
    timezone: str
    because: str = Field(examples=["sundown in Lisbon on Wednesday 4 March, 18:27"])
    minutes: int
    needs: list[str]
    status: Status
    snoozed_until: Moment | None
    planned_on: Day | None
    pinned: bool
    stack: str | None
    mail_hint: str | None
    skip_reason: str | None
    completed_at: Moment | None
    outcome: str | None
    created_at: Moment
    updated_at: Moment


class TaskPage(Answer):
    items: list[TaskRead]
    next: str | None


class TaskList(Answer):
    items: list[TaskRead]
