"""find old idempotency keys."""

from alembic import op

revision: str = "20261125k"
down_revision: str | None = "20261125_playbooks"

NAME = "ix_idempotency_keys_owner_id_created_at"


def upgrade() -> None:
    op.create_index(NAME, "idempotency_keys", ["owner_id", "created_at"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="idempotency_keys")
