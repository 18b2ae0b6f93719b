"""Which transitions a case may make, a timeline that is only ever added to, and what a deadline's clock needs."""

import sqlalchemy as sa
from alembic import op

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
    op.execute("DROP TRIGGER only_added_to ON case_events")
    op.execute("DROP FUNCTION refuse_to_change_the_past")
    op.execute("DROP TRIGGER possible_transitions ON cases")
    op.execute("DROP FUNCTION refuse_impossible_transition")
    op.drop_table("case_transitions")
