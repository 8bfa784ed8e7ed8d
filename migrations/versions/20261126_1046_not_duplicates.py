"""not duplicates."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261126_not_duplicates"
down_revision: str | None = "20261125_merges"


def upgrade() -> None:
    op.create_table(
        "not_duplicates",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("one_id", sa.String(length=36), nullable=False),
        sa.Column("other_id", sa.String(length=36), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_not_duplicates_in_order")),
        sa.ForeignKeyConstraint(
            ["owner_id", "one_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_not_duplicates_owner_id_one_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "other_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_not_duplicates_owner_id_other_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "one_id", "other_id", name=op.f("pk_not_duplicates")),
    )
    op.create_index(op.f("ix_not_duplicates_owner_id_other_id"), "not_duplicates", ["owner_id", "other_id"])


def downgrade() -> None:
    op.drop_table("not_duplicates")
