"""Column types that read the same from SQLite and PostgreSQL, and the declarative base."""

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import DateTime, Dialect, ForeignKeyConstraint, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC: timestamptz on PostgreSQL, sortable text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        return _instant_as_text if dialect.name == "sqlite" else _instant_in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        del coltype
        return _instant_of_text if dialect.name == "sqlite" else _instant_in_utc

    def literal_processor(self, dialect: Dialect) -> Any:
        bound = self.bind_processor(dialect)
        return lambda value: f"'{bound(value)}'"


def _instant_in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def _instant_as_text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes a datetime without a zone."""
    return None if value is None else value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _instant_of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


class Json(TypeDecorator[Any]):
    """A JSON document kept as text, so that both databases hold the same bytes."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        del dialect
        return _json_as_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        del dialect, coltype
        return _json_of_text


def _json_as_text(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def _json_of_text(value: str | None) -> Any:
    return None if value is None else orjson.loads(value)


Id = String(36)
Folded = String(400).with_variant(String(400, collation="C"), "postgresql")


def where(predicate: Any) -> dict[str, Any]:
    """The predicate of a partial index, for either database."""
    return {"sqlite_where": predicate, "postgresql_where": predicate}


def owned_by(table: str, *columns: str, refers_to: str = "id") -> ForeignKeyConstraint:
    """A composite foreign key inside one owner's rows: no row can point at another user's."""
    return ForeignKeyConstraint(
        ["owner_id", *columns], [f"{table}.owner_id", f"{table}.{refers_to}"], ondelete="CASCADE"
    )
