"""What agents can hold and speak, what became of a conversation, notes about it, and news of who waits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION announce_handoffs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('tawasul_changes', 'handoffs');
    RETURN NULL;
END $$
"""
_TRIGGERS = {
    "handoffs": "AFTER INSERT OR UPDATE ON handoffs FOR EACH STATEMENT",
    "accounts": "AFTER UPDATE OF on_duty, capacity, speaks ON accounts FOR EACH STATEMENT",
}


def upgrade() -> None:
    added = {"nullable": False}
    op.add_column("accounts", sa.Column("capacity", sa.Integer(), server_default="4", **added))
    languages = sa.Column("speaks", JSONB(), server_default='["ar", "en"]', **added)
    op.add_column("accounts", languages)
    op.add_column("handoffs", sa.Column("outcome", sa.String(), nullable=True))
    op.create_index("ix_handoffs_agent", "handoffs", ["agent"], postgresql_where=sa.text("status = 'active'"))
    op.create_table(
        "conversation_notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["accounts.username"], name=op.f("fk_conversation_notes_author")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_conversation_notes_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_notes")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_conversation_notes_dedupe_key")),
    )
    op.create_index("ix_conversation_notes_conversation_id_id", "conversation_notes", ["conversation_id", "id"])
    op.execute(_FUNCTION)
    for when in _TRIGGERS.values():
        op.execute(f"CREATE TRIGGER announce_handoffs {when} EXECUTE FUNCTION announce_handoffs()")


def downgrade() -> None:
    for table in _TRIGGERS:
        op.execute(f"DROP TRIGGER announce_handoffs ON {table}")
    op.execute("DROP FUNCTION announce_handoffs")
    op.drop_table("conversation_notes")
    op.drop_index("ix_handoffs_agent", "handoffs")
    op.drop_column("handoffs", "outcome")
    op.drop_column("accounts", "speaks")
    op.drop_column("accounts", "capacity")
