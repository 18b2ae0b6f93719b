"""Who has opened which escalated case, and the index by which a person's are found."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "escalations_seen",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_number", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_escalations_seen_case_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_escalations_seen_account_id")),
        sa.PrimaryKeyConstraint(
            "case_id", "account_id", "deadline_number", "level", name=op.f("pk_escalations_seen")
        ),
    )
    op.execute(
        "CREATE INDEX ix_cases_escalated ON cases (agency, due_at) "
        "WHERE status IN ('assigned', 'in_progress', 'received', 'reopened', 'transferred', 'waiting') "
        "AND marks ?| array['officer', 'supervisor', 'head']"
    )


def downgrade() -> None:
    op.drop_index("ix_cases_escalated", "cases")
    op.drop_table("escalations_seen")
