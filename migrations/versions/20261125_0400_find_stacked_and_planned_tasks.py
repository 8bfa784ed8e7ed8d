"""find stacked and planned tasks."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_load"
down_revision: str | None = "20261125k"
PLANNED = sa.text("status = 'open' AND planned_on IS NOT NULL")
STACKED = sa.text("status = 'open' AND stack IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_tasks_planned", "tasks", ["owner_id", "planned_on"], sqlite_where=PLANNED, postgresql_where=PLANNED
    )
    op.create_index("ix_tasks_stacked", "tasks", ["owner_id", "stack"], sqlite_where=STACKED, postgresql_where=STACKED)


def downgrade() -> None:
    op.drop_index("ix_tasks_stacked", "tasks")
    op.drop_index("ix_tasks_planned", "tasks")
