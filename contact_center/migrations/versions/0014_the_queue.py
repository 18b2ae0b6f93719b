"""Open cases by their deadline, those whose clock is stopped last."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_cases_open_by_deadline ON cases ((clock_stopped_at IS NOT NULL), due_at, id) "
        "WHERE status IN ('assigned', 'in_progress', 'received', 'reopened', 'transferred', 'waiting')"
    )


def downgrade() -> None:
    op.drop_index("ix_cases_open_by_deadline", "cases")
