"""Whoever watches cases is told when something happens to one."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE FUNCTION announce_case_events() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('tawasul_changes', topic) FROM (
                SELECT 'cases:'
                UNION SELECT 'case:' || case_id FROM added
                UNION SELECT 'cases:' || cases.agency FROM added JOIN cases ON cases.id = added.case_id
                UNION SELECT 'cases:' || (data #>> '{agency,0}') FROM added WHERE kind = 'transferred'
            ) AS topics (topic);
            RETURN NULL;
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER announce_case_events AFTER INSERT ON case_events
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION announce_case_events()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER announce_case_events ON case_events")
    op.execute("DROP FUNCTION announce_case_events")
