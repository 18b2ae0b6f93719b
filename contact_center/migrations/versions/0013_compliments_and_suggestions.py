"""Compliments have no deadline and are passed on to the person they praise; suggestions have an outcome."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_CHECKS = {
    "deadline_unless_compliment": "(due_at IS NULL) = (type = 'compliment') AND (term IS NULL) = (type = 'compliment') "
    "AND (type <> 'compliment' OR next_mark_at IS NULL)",
    "outcome_of_suggestion": "outcome IS NULL OR type = 'suggestion' "
    "AND outcome IN ('accepted', 'under_study', 'not_possible', 'done')",
    "praise_in_compliment": "type = 'compliment' OR praised IS NULL AND passed_on_at IS NULL",
}


def upgrade() -> None:
    op.add_column("cases", sa.Column("outcome", sa.String(), nullable=True))
    op.add_column("cases", sa.Column("praised", sa.String(), nullable=True))
    op.add_column("cases", sa.Column("passed_on_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("cases", "due_at", nullable=True)
    op.alter_column("cases", "term", nullable=True)
    op.execute(
        "UPDATE cases SET due_at = NULL, term = NULL, next_mark_at = NULL, clock_stopped_at = NULL, promised_at = NULL "
        "WHERE type = 'compliment'"
    )
    for name, check in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_cases_{name}"), "cases", check)
    op.create_index(
        "ix_cases_compliments", "cases", ["agency", "created_at"], postgresql_where=sa.text("type = 'compliment'")
    )


def downgrade() -> None:
    op.drop_index("ix_cases_compliments", "cases")
    for name in _CHECKS:
        op.drop_constraint(op.f(f"ck_cases_{name}"), "cases")
    op.execute(
        "UPDATE cases SET due_at = cases.created_at, term = coalesce(categories.term, agencies.term) "
        "FROM categories, agencies WHERE categories.code = cases.category AND agencies.code = cases.agency "
        "AND type = 'compliment'"
    )
    op.alter_column("cases", "term", nullable=False)
    op.alter_column("cases", "due_at", nullable=False)
    for column in ("passed_on_at", "praised", "outcome"):
        op.drop_column("cases", column)
