"""first schema."""

import sqlalchemy as sa
from alembic import op

revision: str = "20261124a"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_folded", sa.String(length=320), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email_folded", name=op.f("uq_accounts_email_folded")),
    )
    op.create_table(
        "instance",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )
    op.execute("INSERT INTO instance (id) VALUES (1)")
    op.create_table(
        "invites",
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_invites")),
    )
    op.create_table(
        "profiles",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("day_boundary", sa.Time(), nullable=False),
        sa.Column("sundown_at", sa.Time(), nullable=True),
        sa.Column("phone", sa.String(length=200), nullable=True),
        sa.Column("best_hours", sa.String(length=200), nullable=True),
        sa.Column("contact_email", sa.String(length=320), nullable=True),
        sa.Column("linkedin_url", sa.String(length=2000), nullable=True),
        sa.Column("website", sa.String(length=2000), nullable=True),
        sa.Column("postal_address", sa.Text(), nullable=True),
        sa.Column("quiet_hours", sa.Text(), nullable=True),
        sa.Column("minutes_an_evening", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_profiles")),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_failures_subject_failed_at"), ["subject", "failed_at"], unique=False
        )

    op.create_table(
        "contacts",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("descriptor", sa.String(length=200), nullable=True),
        sa.Column("salutation", sa.String(length=200), nullable=True),
        sa.Column("company", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("emails", sa.Text(), nullable=False),
        sa.Column("phones", sa.Text(), nullable=False),
        sa.Column("postal_address", sa.Text(), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=True),
        sa.Column("linkedin_url", sa.String(length=2000), nullable=True),
        sa.Column("linkedin_state", sa.String(length=10), nullable=False),
        sa.Column("website", sa.String(length=2000), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("how_met", sa.Text(), nullable=True),
        sa.Column("how_i_can_help", sa.Text(), nullable=True),
        sa.Column("about_company", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("tier", sa.String(length=1), nullable=True),
        sa.Column("keep_in_touch_days", sa.Integer(), nullable=True),
        sa.Column("new_year_card", sa.Boolean(), nullable=True),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column(
            "sort_name",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "linkedin_state in ('none', 'invited', 'connected')", name=op.f("ck_contacts_linkedin_state")
        ),
        sa.CheckConstraint("tier in ('A', 'B', 'C')", name=op.f("ck_contacts_tier")),
        sa.CheckConstraint("name is not null or descriptor is not null", name=op.f("ck_contacts_called_something")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_contacts_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contacts_owner_id_sort_name_id"), ["owner_id", "sort_name", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contacts_owner_id_updated_at_id"), ["owner_id", "updated_at", "id"], unique=False
        )

    op.create_table(
        "encounters",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("event", sa.String(length=200), nullable=True),
        sa.Column(
            "event_folded",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("position", sa.String(length=200), nullable=True),
        sa.Column("card_note", sa.Text(), nullable=True),
        sa.Column("talked_about", sa.Text(), nullable=True),
        sa.Column("benefit", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.String(length=5), nullable=False),
        sa.Column("no_follow_up_because", sa.Text(), nullable=True),
        sa.Column("gaps", sa.Text(), nullable=False),
        sa.Column("requested", sa.Text(), nullable=False),
        sa.Column("self_rating", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("playbook_version", sa.String(length=40), nullable=False),
        sa.Column("made_contact", sa.Boolean(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'interview') = (round is not null)", name=op.f("ck_encounters_round")),
        sa.CheckConstraint("kind in ('interview', 'networking', 'social', 'other')", name=op.f("ck_encounters_kind")),
        sa.CheckConstraint("(latitude is null) = (longitude is null)", name=op.f("ck_encounters_coordinates")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_encounters_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_encounters")),
    )
    with op.batch_alter_table("encounters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_encounters_owner_id_event_folded_occurred_at"),
            ["owner_id", "event_folded", "occurred_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_encounters_owner_id_occurred_at_id"), ["owner_id", "occurred_at", "id"], unique=False
        )

    op.create_table(
        "idempotency_keys",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_idempotency_keys_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_table(
        "sessions",
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["accounts.id"], name=op.f("fk_sessions_owner_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_owner_id_id"), ["owner_id", "id"], unique=False)

    op.create_table(
        "tokens",
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("scope in ('capture', 'read', 'write')", name=op.f("ck_tokens_scope")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["accounts.id"], name=op.f("fk_tokens_owner_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_tokens")),
    )
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tokens_owner_id_id"), ["owner_id", "id"], unique=False)

    op.create_table(
        "tombstones",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_tombstones_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_tombstones")),
    )
    op.create_table(
        "contact_tags",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("tag", sa.String(length=200), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_contact_tags_owner_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "tag", "contact_id", name=op.f("pk_contact_tags")),
    )
    with op.batch_alter_table("contact_tags", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_tags_owner_id_contact_id"), ["owner_id", "contact_id"], unique=False
        )

    op.create_table(
        "encounter_people",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("encounter_id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("talked_about", sa.Text(), nullable=True),
        sa.Column("benefit", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.String(length=5), nullable=True),
        sa.Column("no_follow_up_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_encounter_people_owner_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "encounter_id"],
            ["encounters.owner_id", "encounters.id"],
            name=op.f("fk_encounter_people_owner_id_encounter_id_encounters"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "encounter_id", "contact_id", name=op.f("pk_encounter_people")),
    )
    with op.batch_alter_table("encounter_people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_encounter_people_owner_id_contact_id_encounter_id"),
            ["owner_id", "contact_id", "encounter_id"],
            unique=False,
        )

    op.create_table(
        "promises",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("encounter_id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("by", sa.String(length=6), nullable=False),
        sa.Column("promised", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("by in ('mine', 'theirs')", name=op.f("ck_promises_by")),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_promises_owner_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "encounter_id"],
            ["encounters.owner_id", "encounters.id"],
            name=op.f("fk_promises_owner_id_encounter_id_encounters"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_promises")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_owner_id_contact_id"), ["owner_id", "contact_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_promises_owner_id_encounter_id_position"),
            ["owner_id", "encounter_id", "position"],
            unique=False,
        )

    op.create_table(
        "tasks",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("encounter_id", sa.String(length=36), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=True),
        sa.Column("item_id", sa.String(length=36), server_default="", nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("requires", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("draft_edited", sa.Boolean(), nullable=False),
        sa.Column("stack", sa.String(length=64), nullable=True),
        sa.Column("mail_hint", sa.Text(), nullable=True),
        sa.Column("skip_reason", sa.Text(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("status in ('open', 'done', 'skipped', 'cancelled')", name=op.f("ck_tasks_status")),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_tasks_owner_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "encounter_id"],
            ["encounters.owner_id", "encounters.id"],
            name=op.f("fk_tasks_owner_id_encounter_id_encounters"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_tasks_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tasks_open",
            ["owner_id", "act_at", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.create_index(batch_op.f("ix_tasks_owner_id_act_at_id"), ["owner_id", "act_at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_contact_id_act_at_id"),
            ["owner_id", "contact_id", "act_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_tasks_owner_id_encounter_id"), ["owner_id", "encounter_id"], unique=False)
        batch_op.create_index(
            "ix_tasks_replies",
            ["owner_id", "act_at", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'open' AND action = 'reply'"),
            postgresql_where=sa.text("status = 'open' AND action = 'reply'"),
        )
        batch_op.create_index(
            "ix_tasks_snoozed",
            ["owner_id", "act_at", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'open' AND snoozed_until IS NOT NULL"),
            postgresql_where=sa.text("status = 'open' AND snoozed_until IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_tasks_identity",
            ["owner_id", "encounter_id", "contact_id", "rule", "item_id"],
            unique=True,
            sqlite_where=sa.text("encounter_id IS NOT NULL AND rule IS NOT NULL"),
            postgresql_where=sa.text("encounter_id IS NOT NULL AND rule IS NOT NULL"),
        )

    op.create_table(
        "touches",
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("needs_answer", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("direction in ('in', 'out')", name=op.f("ck_touches_direction")),
        sa.ForeignKeyConstraint(
            ["owner_id", "contact_id"],
            ["contacts.owner_id", "contacts.id"],
            name=op.f("fk_touches_owner_id_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["profiles.owner_id"], name=op.f("fk_touches_owner_id_profiles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_touches")),
    )
    with op.batch_alter_table("touches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_touches_owner_id_contact_id_at"), ["owner_id", "contact_id", "at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_touches_owner_id_task_id"), ["owner_id", "task_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("touches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_touches_owner_id_task_id"))
        batch_op.drop_index(batch_op.f("ix_touches_owner_id_contact_id_at"))

    op.drop_table("touches")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tasks_identity",
            sqlite_where=sa.text("encounter_id IS NOT NULL AND rule IS NOT NULL"),
            postgresql_where=sa.text("encounter_id IS NOT NULL AND rule IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_tasks_snoozed",
            sqlite_where=sa.text("status = 'open' AND snoozed_until IS NOT NULL"),
            postgresql_where=sa.text("status = 'open' AND snoozed_until IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_tasks_replies",
            sqlite_where=sa.text("status = 'open' AND action = 'reply'"),
            postgresql_where=sa.text("status = 'open' AND action = 'reply'"),
        )
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_encounter_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_contact_id_act_at_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_owner_id_act_at_id"))
        batch_op.drop_index(
            "ix_tasks_open", sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'")
        )

    op.drop_table("tasks")
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promises_owner_id_encounter_id_position"))
        batch_op.drop_index(batch_op.f("ix_promises_owner_id_contact_id"))

    op.drop_table("promises")
    with op.batch_alter_table("encounter_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_encounter_people_owner_id_contact_id_encounter_id"))

    op.drop_table("encounter_people")
    with op.batch_alter_table("contact_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_tags_owner_id_contact_id"))

    op.drop_table("contact_tags")
    op.drop_table("tombstones")
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tokens_owner_id_id"))

    op.drop_table("tokens")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_owner_id_id"))

    op.drop_table("sessions")
    op.drop_table("idempotency_keys")
    with op.batch_alter_table("encounters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_encounters_owner_id_occurred_at_id"))
        batch_op.drop_index(batch_op.f("ix_encounters_owner_id_event_folded_occurred_at"))

    op.drop_table("encounters")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_owner_id_updated_at_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_owner_id_sort_name_id"))

    op.drop_table("contacts")
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failures_subject_failed_at"))

    op.drop_table("sign_in_failures")
    op.drop_table("profiles")
    op.drop_table("invites")
    op.drop_table("instance")
    op.drop_table("accounts")
