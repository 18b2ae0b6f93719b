"""Which agencies work here themselves, and for how long and how often their cases may be reopened."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agencies", sa.Column("joined", sa.Boolean(), nullable=False, server_default="true"))
    op.add_column("agencies", sa.Column("reopen_days", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("agencies", sa.Column("reopen_times", sa.Integer(), nullable=False, server_default="2"))


def downgrade() -> None:
    for column in ("reopen_times", "reopen_days", "joined"):
        op.drop_column("agencies", column)
