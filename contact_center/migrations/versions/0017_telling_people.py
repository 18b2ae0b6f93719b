"""Telling people: what a message is about, when it may go out, what it is sent instead of; wordings of one's own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_messages", sa.Column("case_event_id", sa.BigInteger(), nullable=True))
    op.add_column("outbox_messages", sa.Column("notification", JSONB(), nullable=True))
    op.add_column("outbox_messages", sa.Column("send_after", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox_messages", sa.Column("instead_of", sa.BigInteger(), nullable=True))
    for column, table in (("case_event_id", "case_events"), ("instead_of", "outbox_messages")):
        name = op.f(f"fk_outbox_messages_{column}_{table}")
        op.create_foreign_key(name, "outbox_messages", table, [column], ["id"])
        op.create_index(
            f"ix_outbox_messages_{column}",
            "outbox_messages",
            [column],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.create_index(
        "ix_outbox_messages_held", "outbox_messages", ["send_after"], postgresql_where=sa.text("send_after IS NOT NULL")
    )
    op.create_index(
        "ix_outbox_messages_failed", "outbox_messages", ["id"], postgresql_where=sa.text("status = 'failed'")
    )
    op.add_column("cases", sa.Column("told_identity_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_cases_told_identity_id_channel_identities"),
        "cases",
        "channel_identities",
        ["told_identity_id"],
        ["id"],
    )
    op.create_index(
        "ix_cases_told_identity_id",
        "cases",
        ["told_identity_id"],
        postgresql_where=sa.text("told_identity_id IS NOT NULL"),
    )
    op.add_column("case_followers", sa.Column("phone", sa.String(), nullable=True))
    op.create_table(
        "message_templates",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("content_sid", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("event", "audience", "channel", "language", name=op.f("pk_message_templates")),
    )


def downgrade() -> None:
    op.drop_table("message_templates")
    op.drop_column("case_followers", "phone")
    op.drop_column("cases", "told_identity_id")
    for column in ("instead_of", "send_after", "notification", "case_event_id"):
        op.drop_column("outbox_messages", column)
    op.drop_index("ix_outbox_messages_failed", "outbox_messages")
