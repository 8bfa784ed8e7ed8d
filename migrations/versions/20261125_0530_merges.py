"""merges."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_merges"
down_revision: str | None = "20261125_open"


def upgrade() -> None:
    op.create_table(
        "merges",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("into_id", sa.String(length=36), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "into_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_merges_owner_id_into_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_merges_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_owner_id_contact_id"), "merges", ["owner_id", "contact_id"])
    op.create_index(op.f("ix_merges_owner_id_into_id"), "merges", ["owner_id", "into_id"])


def downgrade() -> None:
    op.drop_table("merges")
