"""person made by a capture."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261125a"
down_revision: str | None = "20261124a"

FIRST_PERSON = """
UPDATE encounters SET made_contact_id = (
    SELECT contact_id FROM encounter_people AS person
    WHERE person.owner_id = encounters.owner_id AND person.encounter_id = encounters.id AND person.position = 0
) WHERE made_contact
"""


def upgrade() -> None:
    with op.batch_alter_table("encounters") as batch_op:
        batch_op.add_column(sa.Column("made_contact_id", sa.String(length=36), nullable=True))
    op.execute(FIRST_PERSON)
    with op.batch_alter_table("encounters") as batch_op:
        batch_op.drop_column("made_contact")


def downgrade() -> None:
    with op.batch_alter_table("encounters") as batch_op:
        batch_op.add_column(sa.Column("made_contact", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE encounters SET made_contact = (made_contact_id IS NOT NULL)")
    with op.batch_alter_table("encounters") as batch_op:
        batch_op.alter_column("made_contact", server_default=None)
        batch_op.drop_column("made_contact_id")
