"""Who of its agency works on a case."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("assignee", sa.String(), nullable=True))
    op.create_foreign_key("fk_cases_assignee", "cases", "accounts", ["assignee"], ["username"])
    op.create_index("ix_cases_assignee", "cases", ["assignee"], postgresql_where=sa.text("assignee IS NOT NULL"))


def downgrade() -> None:
    op.drop_column("cases", "assignee")
