"""Who may come in (directory tables, found without an owner) and the profile every owned row hangs from."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, Time, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import Base, Id, Instant, Json
from app.core.prepared import Prepared


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_folded: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Profile(Base):
    __tablename__ = "profiles"
    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    timezone: Mapped[str] = mapped_column(String(64))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    day_boundary: Mapped[time] = mapped_column(Time)
    sundown_at: Mapped[time | None] = mapped_column(Time)
    phone: Mapped[str | None] = mapped_column(String(200))
    best_hours: Mapped[str | None] = mapped_column(String(200))
    contact_email: Mapped[str | None] = mapped_column(String(320))
    linkedin_url: Mapped[str | None] = mapped_column(String(2000))
    website: Mapped[str | None] = mapped_column(String(2000))
    postal_address: Mapped[str | None] = mapped_column(Text)
    quiet_hours: Mapped[dict[str, str] | None] = mapped_column(Json)
    minutes_an_evening: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int]


class Session(Base):
    __tablename__ = "sessions"
    __table_args__ = (Index(None, "owner_id", "id"),)
    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(Id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    user_agent: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_used_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Token(Base):
    __tablename__ = "tokens"
    __table_args__ = (
        Index(None, "owner_id", "id"),
        CheckConstraint("scope in ('capture', 'read', 'write')", "scope"),
    )
    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(Id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    scope: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInFailure(Base):
    """One row a failed try and what it was counted against: an account's e-mail or a network address, hashed."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index(None, "subject", "failed_at"),)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime] = mapped_column(Instant)


class Invite(Base):
    __tablename__ = "invites"
    code_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Instance(Base):
    """One row for the whole installation, locked to decide what is nobody's own: who is first, addresses, tries."""

    __tablename__ = "instance"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Tombstone(Base):
    """The id of a deleted row, so that a phone that was offline never brings it back."""

    __tablename__ = "tombstones"
    owner_id: Mapped[str] = mapped_column(ForeignKey("profiles.owner_id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    deleted_at: Mapped[datetime] = mapped_column(Instant)


ACCOUNTS: Any = Account.__table__
PROFILES: Any = Profile.__table__
SESSIONS: Any = Session.__table__
TOKENS: Any = Token.__table__
FAILURES: Any = SignInFailure.__table__
INVITES: Any = Invite.__table__
INSTANCE: Any = Instance.__table__
TOMBSTONES: Any = Tombstone.__table__
LOCK_OWNER = Prepared(
    select(PROFILES.c.owner_id).where(PROFILES.c.owner_id == bindparam("owner_id")).with_for_update(key_share=True)
)
LOCK_INSTANCE = Prepared(select(INSTANCE.c.id).with_for_update())
