"""Who sent STOP, and codes that prove a telephone number."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channel_identities", sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "phone_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_try", sa.String(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["channel_identities.id"], name=op.f("fk_phone_codes_identity_id_channel_identities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_codes")),
        sa.UniqueConstraint("cause", name=op.f("uq_phone_codes_cause")),
    )
    op.create_index("ix_phone_codes_identity_id_created_at", "phone_codes", ["identity_id", "created_at"])
    op.create_index("ix_phone_codes_phone_created_at", "phone_codes", ["phone", "created_at"])


def downgrade() -> None:
    op.drop_table("phone_codes")
    op.drop_column("channel_identities", "opted_out_at")
