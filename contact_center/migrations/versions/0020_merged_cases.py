"""The case that another was merged into, and who came to follow it through that."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("duplicate_of", sa.Uuid(), nullable=True))
    op.create_foreign_key("fk_cases_duplicate_of", "cases", "cases", ["duplicate_of"], ["id"])
    op.create_check_constraint(op.f("ck_cases_no_duplicate_of_itself"), "cases", "duplicate_of <> id")
    op.create_index("ix_cases_duplicate_of", "cases", ["duplicate_of"], postgresql_where=sa.text("duplicate_of IS NOT NULL"))
    op.add_column("case_followers", sa.Column("brought_by", sa.Uuid(), nullable=True))
    op.create_foreign_key("fk_case_followers_brought_by", "case_followers", "cases", ["brought_by"], ["id"])


def downgrade() -> None:
    op.drop_column("case_followers", "brought_by")
    op.drop_column("cases", "duplicate_of")
