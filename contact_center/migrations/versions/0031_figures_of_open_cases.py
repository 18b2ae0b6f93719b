"""The open cases of an agency are counted, and listed from the newest, by an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_OPEN = "status IN ('assigned', 'in_progress', 'received', 'reopened', 'transferred', 'waiting')"


def upgrade() -> None:
    op.create_index(
        "ix_cases_open",
        "cases",
        ["agency", "created_at", "id", "due_at", "clock_stopped_at"],
        postgresql_where=sa.text(_OPEN),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_open", table_name="cases")
