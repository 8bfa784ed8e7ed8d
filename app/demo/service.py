"""`sundown demo`: an account of its own with a year in it, made in one transaction."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.accounts import service as account_service
from app.accounts.me import Me
from app.demo import story
from app.demo.cast import HOME

NAME, EMAIL = "Inês Duarte", "ines@sundown.example"


def afternoon_of(day: date) -> datetime:
    """An hour at which there is something in every group of upcoming."""
    return datetime.combine(day, time(15, 30), ZoneInfo(HOME)).astimezone(UTC)


def create(conn: Connection, _me: None, *, email: str, password_hash: str, seed: int, now: datetime) -> None:
    """An account and the year that ends at `now`. Raises EmailTaken where it exists; nothing of it is changed."""
    begun = now - timedelta(days=366)
    owner_id = account_service.create_account(
        conn, None, email=email, password_hash=password_hash, name=NAME, timezone=HOME, mode="open", now=begun
    )
    story.tell(conn, Me(owner_id), seed=seed, now=now)
