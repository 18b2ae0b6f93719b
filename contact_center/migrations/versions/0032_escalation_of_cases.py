"""The highest level that a case went to is a column, so that the most urgent are read in order."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_OPEN = "status IN ('assigned', 'in_progress', 'received', 'reopened', 'transferred', 'waiting')"
_HIGHEST = "CASE WHEN marks ? 'head' THEN 3 WHEN marks ? 'supervisor' THEN 2 WHEN marks ? 'officer' THEN 1 ELSE 0 END"
_WENT = f"{_OPEN} AND marks ?| array['officer', 'supervisor', 'head']"
_INDEX = "ix_cases_escalated"


def upgrade() -> None:
    op.add_column(
        "cases", sa.Column("escalation", sa.SmallInteger(), sa.Computed(_HIGHEST, persisted=True), nullable=False)
    )
    op.drop_index(_INDEX, table_name="cases")
    in_order = ["agency", sa.text("escalation DESC"), "due_at", "id"]
    op.create_index(_INDEX, "cases", in_order, postgresql_where=sa.text(f"{_OPEN} AND escalation > 0"))


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="cases")
    op.create_index(_INDEX, "cases", ["agency", "due_at"], postgresql_where=sa.text(_WENT))
    op.drop_column("cases", "escalation")
