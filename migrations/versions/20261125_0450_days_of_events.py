"""days of events."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_events"
down_revision: str | None = "20261125_search"
AT_ONCE = 1_000
OF_AN_EVENT = sa.text("event_on IS NOT NULL")
ENCOUNTERS = sa.table(
    "encounters",
    sa.column("owner_id", sa.String),
    sa.column("id", sa.String),
    sa.column("occurred_at", sa.DateTime(timezone=True)),
    sa.column("timezone", sa.String),
    sa.column("event_folded", sa.String),
    sa.column("event_on", sa.Date),
)
PROFILES = sa.table("profiles", sa.column("owner_id", sa.String), sa.column("day_boundary", sa.Time))


def upgrade() -> None:
    op.add_column("encounters", sa.Column("event_on", sa.Date(), nullable=True))
    _fill(op.get_bind())
    op.create_index(
        "ix_encounters_events",
        "encounters",
        ["owner_id", "event_on", "event_folded"],
        sqlite_where=OF_AN_EVENT,
        postgresql_where=OF_AN_EVENT,
    )


def _fill(conn: sa.Connection) -> None:
    known = (
        sa.select(ENCOUNTERS, PROFILES.c.day_boundary)
        .join(PROFILES, PROFILES.c.owner_id == ENCOUNTERS.c.owner_id)
        .where(ENCOUNTERS.c.event_folded.is_not(None))
    )
    rows = [
        {"b_owner": row.owner_id, "b_id": row.id, "on": _day(row.occurred_at, row.timezone, row.day_boundary)}
        for row in conn.execute(known)
    ]
    change = (
        sa.update(ENCOUNTERS)
        .where(ENCOUNTERS.c.owner_id == sa.bindparam("b_owner"), ENCOUNTERS.c.id == sa.bindparam("b_id"))
        .values(event_on=sa.bindparam("on"))
    )
    for start in range(0, len(rows), AT_ONCE):
        conn.execute(change, rows[start : start + AT_ONCE])


def _day(at: datetime, timezone: str, boundary: time) -> date:
    utc = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    local = utc.astimezone(ZoneInfo(timezone))
    return local.date() if local.time() >= boundary else local.date() - timedelta(days=1)


def downgrade() -> None:
    op.drop_index("ix_encounters_events", "encounters")
    op.drop_column("encounters", "event_on")
