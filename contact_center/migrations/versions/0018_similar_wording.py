"""Open cases about the same are found by what is nearest, newest and worded alike, however many there are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from contact_center.cases.wording import signature

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OPEN = (
    "type = 'complaint' AND status IN ('assigned', 'in_progress', 'received', 'reopened', 'transferred', 'waiting')"
)
_COMPARED = "SELECT id, description FROM cases WHERE created_at > now() - interval '30 days'"


def upgrade() -> None:
    op.add_column("cases", sa.Column("wording", postgresql.BIT(512), nullable=True))
    connection = op.get_bind()
    rows = [{"id": row.id, "wording": signature(row.description)} for row in connection.execute(sa.text(_COMPARED))]
    if rows:
        connection.execute(sa.text("UPDATE cases SET wording = CAST(:wording AS bit(512)) WHERE id = :id"), rows)
    op.drop_index("ix_cases_category_lat", table_name="cases")
    op.drop_index("ix_cases_category_area_created_at", table_name="cases")
    op.drop_index("ix_cases_category_block_created_at", table_name="cases")
    op.create_index(
        "ix_cases_open_block", "cases", ["category", "block", "created_at"], postgresql_where=sa.text(_OPEN)
    )
    op.create_index(
        "ix_cases_open_area",
        "cases",
        ["category", "area", "created_at"],
        postgresql_where=sa.text(f"{_OPEN} AND block IS NULL"),
    )
    op.create_index(
        "ix_cases_open_pin",
        "cases",
        [sa.text("point(lon * 0.8984, lat)")],
        postgresql_using="gist",
        postgresql_where=sa.text(f"{_OPEN} AND lat IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_open_pin", table_name="cases")
    op.drop_index("ix_cases_open_area", table_name="cases")
    op.drop_index("ix_cases_open_block", table_name="cases")
    op.drop_column("cases", "wording")
    op.create_index("ix_cases_category_block_created_at", "cases", ["category", "block", "created_at"])
    op.create_index("ix_cases_category_area_created_at", "cases", ["category", "area", "created_at"])
    op.create_index(
        "ix_cases_category_lat", "cases", ["category", "lat"], postgresql_where=sa.text("lat IS NOT NULL")
    )
