"""tasks by sundown."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261126_by_sundown"
down_revision: str | None = "20261126_not_duplicates"
OPEN_BY_SUNDOWN = sa.text("status = 'open' AND \"by\" = 'sundown'")


def upgrade() -> None:
    op.create_index(
        "ix_tasks_by_sundown",
        "tasks",
        ["owner_id", "act_at", "id", "minutes", "planned_on"],
        sqlite_where=OPEN_BY_SUNDOWN,
        postgresql_where=OPEN_BY_SUNDOWN,
    )


def downgrade() -> None:
    op.drop_index("ix_tasks_by_sundown", "tasks")
