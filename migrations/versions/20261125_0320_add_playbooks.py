"""add playbooks."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_playbooks"
down_revision: str | None = "20261125a"


def upgrade() -> None:
    op.create_table(
        "playbooks",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_playbooks_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "number", name=op.f("pk_playbooks")),
    )


def downgrade() -> None:
    op.drop_table("playbooks")
