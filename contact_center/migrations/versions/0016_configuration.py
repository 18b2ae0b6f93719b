"""What administrators configure: flags that stood in a file, hours of offices, a version, and a history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_FALLBACK = "iga"
_NAMED = (
    "power.connection utility.bill utility.subsidy mun.building-permit mun.fees agri.support health.appointment "
    "health.centre-appointment health.certificates edu.school-transfer edu.scholarship edu.degree-equivalence "
    "traffic.fine traffic.licence traffic.vehicle npra.passport npra.visa npra.residence npra.nationality "
    "customs.clearance police.certificate id.card id.address id.birth-registration eservice.ekey housing.unit-wait "
    "housing.loan housing.allowance housing.maintenance land.registration work.unpaid-wages work.dismissal "
    "work.job-seeker work.permit work.support-program social.pension social.contribution social.assistance "
    "social.disability trade.registration tax.vat money.government-payment justice.court justice.notary worship.hajj "
    "post.delivery"
).split()
_CONFIGURED = ("agencies", "governorates", "categories", "calendar_days", "working_hours")
_ANOTHER_NUMBER = """
CREATE FUNCTION give_configuration_another_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- From a sequence, so that a number that was rolled back never comes again: processes keep what they read by it.
    UPDATE configuration_version SET number = nextval('configuration_numbers');
    RETURN NULL;
END $$
"""
_KEEP_HISTORY = """
CREATE FUNCTION refuse_to_change_configuration_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of the configuration is only ever added to' USING ERRCODE = 'check_violation';
END $$
"""


def upgrade() -> None:
    _flags()
    _hours()
    _history()
    _version()


def _flags() -> None:
    for table, column in (("agencies", "fallback"), ("agencies", "retired"), ("categories", "named"), ("categories", "retired")):
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("categories", "position", type_=sa.Float())
    op.execute(sa.text("UPDATE agencies SET fallback = true WHERE code = :code").bindparams(code=_FALLBACK))
    op.execute(sa.text("UPDATE categories SET named = true WHERE code = ANY(:codes)").bindparams(codes=_NAMED))
    op.create_index("uq_agencies_fallback", "agencies", ["fallback"], unique=True, postgresql_where=sa.text("fallback"))


def _hours() -> None:
    op.create_table(
        "working_hours",
        sa.Column("code", sa.String(), nullable=False),
        *(sa.Column(name, postgresql.JSONB(), nullable=False) for name in ("ordinary", "ramadan", "declared")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_working_hours")),
    )


def _history() -> None:
    op.create_table(
        "configuration_changes",
        sa.Column("number", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("change_set", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("before", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_configuration_changes")),
        sa.ForeignKeyConstraint(
            ["undoes"], ["configuration_changes.number"], name=op.f("fk_configuration_changes_undoes_configuration_changes")
        ),
    )
    op.create_index("ix_configuration_changes_change_set", "configuration_changes", ["change_set"])
    op.create_index("ix_configuration_changes_kind_code_number", "configuration_changes", ["kind", "code", "number"])
    op.execute(_KEEP_HISTORY)
    op.execute(
        "CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON configuration_changes "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_configuration_history()"
    )


def _version() -> None:
    op.execute("CREATE SEQUENCE configuration_numbers")
    version = op.create_table(
        "configuration_version",
        sa.Column("single", sa.Boolean(), sa.CheckConstraint("single", name="one_row"), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_configuration_version")),
    )
    op.bulk_insert(version, [{"single": True, "number": 0}])
    op.execute(_ANOTHER_NUMBER)
    for table in _CONFIGURED:
        op.execute(
            f"CREATE TRIGGER another_number AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION give_configuration_another_number()"
        )


def downgrade() -> None:
    for table in _CONFIGURED:
        op.execute(f"DROP TRIGGER another_number ON {table}")
    op.execute("DROP FUNCTION give_configuration_another_number")
    op.drop_table("configuration_version")
    op.execute("DROP SEQUENCE configuration_numbers")
    op.drop_table("configuration_changes")
    op.execute("DROP FUNCTION refuse_to_change_configuration_history")
    op.drop_table("working_hours")
    op.drop_index("uq_agencies_fallback", "agencies")
    op.execute(
        "UPDATE categories SET position = ordered.position FROM "
        "(SELECT code, row_number() OVER (ORDER BY position, code) - 1 AS position FROM categories) AS ordered "
        "WHERE ordered.code = categories.code"
    )
    op.alter_column("categories", "position", type_=sa.Integer())
    for table, column in (("agencies", "fallback"), ("agencies", "retired"), ("categories", "named"), ("categories", "retired")):
        op.drop_column(table, column)
