"""Request and answer shapes of accounts, sessions, me and tokens."""

from typing import Annotated, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field

from app.accounts.me import DAY_BOUNDARY
from app.core.schemas import (
    Answer,
    Flag,
    Hour,
    Line,
    Moment,
    Name,
    Note,
    PlacedPatch,
    Schema,
    Url,
    Uuid,
    Zone,
    otherwise,
    whole,
    writable,
)


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, allow_smtputf8=True, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("An e-mail address is needed, such as ana@mail.example.") from None


Email = Annotated[str, Field(strict=True, max_length=320, examples=["ana@mail.example"]), AfterValidator(_email)]
Typed = Annotated[str, Field(strict=True, max_length=320), AfterValidator(writable)]
Secret = Annotated[str, Field(strict=True, max_length=1000), AfterValidator(writable)]
Password = Annotated[Secret, Field(min_length=8)]
Scope = Literal["capture", "read", "write"]


class AccountCreate(Schema):
    email: Email
    password: Password
    name: Name
    timezone: Zone
    setup_code: Line | None = None
    invite: Line | None = None


class SessionCreate(Schema):
    email: Typed
    password: Secret


class PasswordChange(Schema):
    current: Secret
    new: Password


class QuietHours(Schema):
    """No notifications from one hour to the other, over midnight where `to` is the earlier."""

    from_: Hour = Field(alias="from")
    to: Hour


class QuietHoursPatch(Schema):
    from_: Hour = Field(default=None, alias="from")  # pyright: ignore[reportAssignmentType]
    to: Hour = None  # pyright: ignore[reportAssignmentType]


def _boundary(value: Hour) -> Hour:
    if value.hour * 60 + value.minute > 6 * 60:
        raise ValueError("A day may begin between 00:00 and 06:00.")
    return value


class MeUpdate(PlacedPatch):
    """A merge patch (RFC 7396): what is left out stays, null clears an optional field."""

    name: Name = None  # pyright: ignore[reportAssignmentType]
    email: Email = None  # pyright: ignore[reportAssignmentType]
    timezone: Zone = None  # pyright: ignore[reportAssignmentType]
    day_boundary: Annotated[Annotated[Hour, AfterValidator(_boundary)] | None, otherwise(DAY_BOUNDARY)] = None
    sundown_at: Hour | None = None
    phone: Line | None = None
    best_hours: Line | None = None
    contact_email: Email | None = None
    linkedin_url: Url | None = None
    website: Url | None = None
    postal_address: Note | None = None
    quiet_hours: QuietHoursPatch | None = None
    minutes_an_evening: whole(0, 1440) | None = None  # pyright: ignore[reportInvalidTypeForm]


class MeRead(Answer):
    id: Uuid
    email: str
    name: str
    timezone: str
    latitude: float | None
    longitude: float | None
    day_boundary: str
    sundown_at: str | None
    phone: str | None
    best_hours: str | None
    contact_email: str | None
    linkedin_url: str | None
    website: str | None
    postal_address: str | None
    quiet_hours: dict[str, str] | None
    minutes_an_evening: int | None
    created_at: Moment
    updated_at: Moment


class SessionRead(Answer):
    id: Uuid
    user_agent: str | None
    created_at: Moment
    last_used_at: Moment
    expires_at: Moment
    current: Flag


class SessionPage(Answer):
    items: list[SessionRead]
    next: str | None


class TokenCreate(Schema):
    name: Name
    scope: Scope
    expires_at: Moment | None = None


class TokenRead(Answer):
    id: Uuid
    name: str
    scope: Scope
    created_at: Moment
    expires_at: Moment | None
    last_used_at: Moment | None


class TokenCreated(TokenRead):
    token: str = Field(description="The secret, shown this once.")


class TokenPage(Answer):
    items: list[TokenRead]
    next: str | None
