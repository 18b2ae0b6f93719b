"""How staff sign in: a second factor, an identity provider; when keys were used; and an audit trail that stays."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_KEEP_TRAIL = """
CREATE FUNCTION refuse_to_change_audit_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'check_violation';
END $$
"""
_TRAIL_INDEXES = ("actor", "action", "subject")


def upgrade() -> None:
    flag = {"nullable": False, "server_default": "false"}
    op.add_column("accounts", sa.Column("password_temporary", sa.Boolean(), **flag))
    op.add_column("accounts", sa.Column("two_factor_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("accounts", sa.Column("external_id", sa.String(), nullable=True))
    op.create_unique_constraint(op.f("uq_accounts_external_id"), "accounts", ["external_id"])
    op.add_column("staff_sessions", sa.Column("half", sa.Boolean(), **flag))
    op.add_column("api_keys", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "second_factors",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.String(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_second_factors_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id")),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    for column in _TRAIL_INDEXES:
        op.create_index(f"ix_audit_entries_{column}_at", "audit_entries", [column, "at"])
    op.execute(_KEEP_TRAIL)
    op.execute(
        "CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit_trail()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER only_added_to ON audit_entries")
    op.execute("DROP FUNCTION refuse_to_change_audit_trail")
    for column in _TRAIL_INDEXES:
        op.drop_index(f"ix_audit_entries_{column}_at", "audit_entries")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    op.drop_column("api_keys", "last_used_at")
    op.execute("DELETE FROM staff_sessions WHERE half")
    op.drop_column("staff_sessions", "half")
    for column in ("external_id", "two_factor_since", "password_temporary"):
        op.drop_column("accounts", column)
