"""Telephone calls, whom to call back, and where agents are rung."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "phone_calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("waiting_since", MOMENT, nullable=True),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.Column("times_taken", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("wrapped_up_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_phone_calls_conversation_id")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["accounts.username"], name=op.f("fk_phone_calls_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_calls")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_phone_calls_conversation_id")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_phone_calls_provider_id")),
    )
    op.create_index(
        "ix_phone_calls_waiting", "phone_calls", ["waiting_since"], postgresql_where=sa.text("state = 'waiting'")
    )
    op.create_index("ix_phone_calls_began_at_id", "phone_calls", ["began_at", "id"])
    op.create_index("ix_phone_calls_phone_began_at", "phone_calls", ["phone", "began_at"])
    op.create_table(
        "callbacks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("wanted_at", MOMENT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("promised_by", sa.String(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["phone_calls.id"], name=op.f("fk_callbacks_call_id")),
        sa.ForeignKeyConstraint(["promised_by"], ["accounts.username"], name=op.f("fk_callbacks_promised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
        sa.UniqueConstraint("call_id", name=op.f("uq_callbacks_call_id")),
    )
    open_ones = sa.text("settled_at IS NULL")
    op.create_index("ix_callbacks_open", "callbacks", ["wanted_at", "id"], postgresql_where=open_ones)
    op.create_index("ix_callbacks_phone", "callbacks", ["phone"], postgresql_where=open_ones)
    op.create_table(
        "agent_lines",
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["accounts.username"], name=op.f("fk_agent_lines_username")),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_agent_lines")),
    )


def downgrade() -> None:
    op.drop_table("agent_lines")
    op.drop_table("callbacks")
    op.drop_table("phone_calls")
