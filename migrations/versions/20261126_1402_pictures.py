"""Keep pictures of cards beside the meeting they came from."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261126_pictures"
down_revision: str | None = "20261126_by_sundown"


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("encounter_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "encounter_id"],
            ["encounters.owner_id", "encounters.id"],
            name="fk_pictures_owner_id_encounter_id_encounters",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name="pk_pictures"),
    )
    op.create_index("ix_pictures_owner_id_encounter_id", "pictures", ["owner_id", "encounter_id"])


def downgrade() -> None:
    op.drop_table("pictures")
