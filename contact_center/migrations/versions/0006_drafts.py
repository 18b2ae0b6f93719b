"""Messages that are handled as one, reminders of drafts, and cases without a name."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox_messages", sa.Column("gathered_into", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_inbox_messages_gathered_into"), "inbox_messages", ["gathered_into"], unique=False)
    op.create_foreign_key(
        op.f("fk_inbox_messages_gathered_into"),
        "inbox_messages",
        "inbox_messages",
        ["gathered_into"],
        ["id"],
    )
    op.add_column("conversations", sa.Column("draft_reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_conversations_with_a_draft",
        "conversations",
        ["last_inbound_at"],
        unique=False,
        postgresql_where="draft <> '{}'::jsonb",
    )
    op.add_column("cases", sa.Column("anonymous", sa.Boolean(), server_default="false", nullable=False))


def downgrade() -> None:
    op.drop_column("cases", "anonymous")
    op.drop_index("ix_conversations_with_a_draft", table_name="conversations")
    op.drop_column("conversations", "draft_reminded_at")
    op.drop_constraint(op.f("fk_inbox_messages_gathered_into"), "inbox_messages", type_="foreignkey")
    op.drop_index(op.f("ix_inbox_messages_gathered_into"), table_name="inbox_messages")
    op.drop_column("inbox_messages", "gathered_into")
