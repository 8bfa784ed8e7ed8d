"""read open tasks alone."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_open"
down_revision: str | None = "20261125_events"
OPEN = sa.text("status = 'open'")
KEY = ["owner_id", "act_at", "id"]


def upgrade() -> None:
    _index_again([*KEY, "action", "due_at", "snoozed_until", "minutes", "status"])


def downgrade() -> None:
    _index_again(KEY)


def _index_again(columns: list[str]) -> None:
    op.drop_index("ix_tasks_open", "tasks")
    op.create_index("ix_tasks_open", "tasks", columns, sqlite_where=OPEN, postgresql_where=OPEN)
