"""How often a case was reopened, and which earlier case a new one follows."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("times_reopened", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE cases SET times_reopened = counted.times FROM (SELECT case_id, count(*) AS times FROM case_events "
        "WHERE data ->> 'after' = 'reopened' GROUP BY case_id) AS counted WHERE counted.case_id = cases.id"
    )
    op.add_column("cases", sa.Column("follows", sa.String(), nullable=True))
    op.create_foreign_key(op.f("fk_cases_follows"), "cases", "cases", ["follows"], ["reference"])


def downgrade() -> None:
    op.drop_constraint(op.f("fk_cases_follows"), "cases")
    op.drop_column("cases", "follows")
    op.drop_column("cases", "times_reopened")
