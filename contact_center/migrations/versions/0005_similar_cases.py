"""Similar cases are found by place, people follow a case of somebody else's, and guessing numbers is slowed down."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cases_category_block_created_at", "cases", ["category", "block", "created_at"])
    op.create_index("ix_cases_category_area_created_at", "cases", ["category", "area", "created_at"])
    op.create_index(
        "ix_cases_category_lat", "cases", ["category", "lat"], postgresql_where=sa.text("lat IS NOT NULL")
    )
    op.create_table(
        "case_followers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_followers_case_id")),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["channel_identities.id"], name=op.f("fk_case_followers_identity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_followers")),
        sa.UniqueConstraint("case_id", "identity_id", name=op.f("uq_case_followers_case_id_identity_id")),
    )
    op.create_index(op.f("ix_case_followers_identity_id"), "case_followers", ["identity_id"])
    op.create_index(op.f("ix_case_followers_conversation_id"), "case_followers", ["conversation_id"])
    op.create_table(
        "reference_guesses",
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_for", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pauses", sa.Integer(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["channel_identities.id"], name=op.f("fk_reference_guesses_identity_id")
        ),
        sa.PrimaryKeyConstraint("identity_id", name=op.f("pk_reference_guesses")),
    )


def downgrade() -> None:
    op.drop_table("reference_guesses")
    op.drop_index(op.f("ix_case_followers_conversation_id"), table_name="case_followers")
    op.drop_index(op.f("ix_case_followers_identity_id"), table_name="case_followers")
    op.drop_table("case_followers")
    op.drop_index("ix_cases_category_lat", table_name="cases")
    op.drop_index("ix_cases_category_area_created_at", table_name="cases")
    op.drop_index("ix_cases_category_block_created_at", table_name="cases")
