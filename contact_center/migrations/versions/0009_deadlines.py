"""Which transitions a case may make, a timeline that is only ever added to, and what a deadline's clock needs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

_OPEN = ("received", "assigned", "in_progress", "waiting", "reopened", "transferred")
_ENDED = ("answered", "closed", "withdrawn", "duplicate")
_WAYS = [
    *((before, after) for before in _OPEN for after in ("assigned", "transferred", "duplicate")),
    *((before, after) for before in _OPEN for after in ("in_progress", "waiting") if before != after),
    *((before, after) for before in (*_OPEN, "answered") for after in ("answered", "closed", "withdrawn")),
    *((before, "reopened") for before in _ENDED),
]
_REFUSE_TRANSITION = """
CREATE FUNCTION refuse_impossible_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM case_transitions WHERE before = OLD.status AND after = NEW.status) THEN
        RAISE EXCEPTION 'a case that is % cannot become %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
_KEEP_TIMELINE = """
CREATE FUNCTION refuse_to_change_the_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the timeline of a case is only ever added to' USING ERRCODE = 'check_violation';
END $$
"""


def upgrade() -> None:
    _life()
    _terms()
    _clocks()


def _terms() -> None:
    """Working days or hours; and when an agency's cases go higher up."""
    for table, is_empty in (("agencies", False), ("categories", True)):
        op.add_column(table, sa.Column("term", sa.String(), nullable=True))
        op.execute(f"UPDATE {table} SET term = response_days::text")
        op.alter_column(table, "term", nullable=is_empty)
        op.drop_column(table, "response_days")
    op.add_column(
        "agencies",
        sa.Column("escalate_at", postgresql.JSONB(), nullable=False, server_default=sa.text("'[80, 100, 150]'")),
    )
    op.alter_column("agencies", "escalate_at", server_default=None)


def _clocks() -> None:
    op.add_column("cases", sa.Column("term", sa.String(), nullable=True))
    op.execute(
        "UPDATE cases SET term = coalesce(categories.term, agencies.term) FROM categories, agencies "
        "WHERE categories.code = cases.category AND agencies.code = cases.agency"
    )
    op.alter_column("cases", "term", nullable=False)
    op.add_column("cases", sa.Column("deadline_number", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("cases", sa.Column("clock_stopped_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("transferred_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("marks", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("cases", sa.Column("next_mark_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE cases SET next_mark_at = created_at WHERE status IN ('received', 'assigned', 'in_progress', 'reopened', 'transferred')")
    op.execute("UPDATE cases SET clock_stopped_at = now() WHERE status = 'waiting'")
    op.create_index("ix_cases_next_mark_at", "cases", ["next_mark_at"], postgresql_where=sa.text("next_mark_at IS NOT NULL"))


def _life() -> None:
    ways = op.create_table(
        "case_transitions",
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("before", "after", name=op.f("pk_case_transitions")),
    )
    op.bulk_insert(ways, [{"before": before, "after": after} for before, after in _WAYS])
    op.execute(_REFUSE_TRANSITION)
    op.execute(
        "CREATE TRIGGER possible_transitions BEFORE UPDATE OF status ON cases FOR EACH ROW "
        "WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION refuse_impossible_transition()"
    )
    op.execute(_KEEP_TIMELINE)
    op.execute(
        "CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON case_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past()"
    )


def downgrade() -> None:
    op.drop_index("ix_cases_next_mark_at", "cases")
    for column in ("next_mark_at", "marks", "promised_at", "transferred_at", "clock_stopped_at", "deadline_number", "term"):
        op.drop_column("cases", column)
    op.drop_column("agencies", "escalate_at")
    for table, is_empty in (("agencies", False), ("categories", True)):
        op.add_column(table, sa.Column("response_days", sa.Integer(), nullable=True))
        op.execute(f"UPDATE {table} SET response_days = CASE WHEN term LIKE '%h' THEN 1 ELSE term::int END")
        op.alter_column(table, "response_days", nullable=is_empty)
        op.drop_column(table, "term")
    op.execute("DROP TRIGGER only_added_to ON case_events")
    op.execute("DROP FUNCTION refuse_to_change_the_past")
    op.execute("DROP TRIGGER possible_transitions ON cases")
    op.execute("DROP FUNCTION refuse_impossible_transition")
    op.drop_table("case_transitions")
