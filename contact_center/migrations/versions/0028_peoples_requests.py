"""People's requests to have what is held of them exported or erased, and the one way to take their words from timelines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

_WORDS = ("inbox_messages", "outbox_messages")
_DECIDED = "state IN ('approved', 'refused', 'done')"
_REDACT_ONLY = """
CREATE FUNCTION refuse_to_change_more_than_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text IS NULL AND NEW.idempotency_key IS NULL AND NEW.data <@ OLD.data
        AND (NEW.id, NEW.case_id, NEW.at, NEW.kind, NEW.actor, NEW.public)
            IS NOT DISTINCT FROM (OLD.id, OLD.case_id, OLD.at, OLD.kind, OLD.actor, OLD.public)
        AND EXISTS (
            SELECT FROM privacy_requests
            WHERE id = nullif(current_setting('tawasul.erasing', true), '')::uuid
                AND kind = 'erasure' AND state = 'approved'
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the timeline of a case is only ever added to' USING ERRCODE = 'check_violation';
END $$
"""
_NO_WORD_AFTERWARDS = """
CREATE FUNCTION refuse_words_after_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erased timestamptz;
BEGIN
    SELECT erased_at INTO erased FROM conversations WHERE id = NEW.conversation_id FOR KEY SHARE;
    IF erased IS NOT NULL THEN
        RAISE EXCEPTION 'this conversation has been erased' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    for table in ("citizens", "conversations", "cases"):
        op.add_column(table, sa.Column("erased_at", MOMENT, nullable=True))
    op.create_index(
        "ix_conversations_caller_phone",
        "conversations",
        ["caller_phone"],
        postgresql_where=sa.text("caller_phone IS NOT NULL"),
    )
    _requests()
    op.execute(_REDACT_ONLY)
    op.execute("DROP TRIGGER only_added_to ON case_events")
    op.execute(
        "CREATE TRIGGER only_added_to BEFORE DELETE OR TRUNCATE ON case_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past()"
    )
    op.execute(
        "CREATE TRIGGER only_redacted BEFORE UPDATE ON case_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_more_than_erasure()"
    )
    op.execute(_NO_WORD_AFTERWARDS)
    for table in _WORDS:
        op.execute(
            f"CREATE TRIGGER not_after_erasure BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_words_after_erasure()"
        )


def _requests() -> None:
    op.create_table(
        "privacy_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recognised_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("traces", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("decided_by <> asked_by", name=op.f("ck_privacy_requests_two_people")),
        sa.CheckConstraint(
            f"({_DECIDED}) = (decided_by IS NOT NULL) AND (decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_privacy_requests_decided_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizens.id"], name=op.f("fk_privacy_requests_citizen_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["accounts.username"], name=op.f("fk_privacy_requests_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.username"], name=op.f("fk_privacy_requests_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_requests")),
    )
    op.create_index(op.f("ix_privacy_requests_citizen_id"), "privacy_requests", ["citizen_id"])
    op.create_index(
        "uq_privacy_requests_open",
        "privacy_requests",
        ["citizen_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )


def downgrade() -> None:
    for table in _WORDS:
        op.execute(f"DROP TRIGGER not_after_erasure ON {table}")
    op.execute("DROP FUNCTION refuse_words_after_erasure")
    op.execute("DROP TRIGGER only_redacted ON case_events")
    op.execute("DROP FUNCTION refuse_to_change_more_than_erasure")
    op.execute("DROP TRIGGER only_added_to ON case_events")
    op.execute(
        "CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON case_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past()"
    )
    op.drop_table("privacy_requests")
    op.drop_index("ix_conversations_caller_phone", "conversations")
    for table in ("cases", "conversations", "citizens"):
        op.drop_column(table, "erased_at")
