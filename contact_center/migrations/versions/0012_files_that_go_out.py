"""Messages may carry files, and staff add files to cases; how much of a message in several parts has arrived."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outbox_messages",
        sa.Column("attachments", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")),
    )
    op.add_column("outbox_messages", sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("attachments", "conversation_id", nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM attachments WHERE conversation_id IS NULL")
    op.alter_column("attachments", "conversation_id", nullable=False)
    op.drop_column("outbox_messages", "parts_sent")
    op.drop_column("outbox_messages", "attachments")
