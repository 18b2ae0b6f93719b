"""Cases that wait to be routed on, since when and for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("routing_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("meant_for", sa.String(), nullable=True))
    op.create_foreign_key(op.f("fk_cases_meant_for"), "cases", "agencies", ["meant_for"], ["code"])
    op.create_index(
        "ix_cases_routing_since", "cases", ["routing_since"], postgresql_where=sa.text("routing_since IS NOT NULL")
    )
    op.create_index("ix_case_events_routed", "case_events", ["at"], postgresql_where=sa.text("kind = 'routed'"))


def downgrade() -> None:
    op.drop_index("ix_case_events_routed", "case_events")
    op.drop_index("ix_cases_routing_since", "cases")
    op.drop_constraint(op.f("fk_cases_meant_for"), "cases")
    op.drop_column("cases", "meant_for")
    op.drop_column("cases", "routing_since")
