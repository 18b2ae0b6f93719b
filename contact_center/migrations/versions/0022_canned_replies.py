"""Canned replies, and those that come with the service."""

from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

from contact_center import canned_replies

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_SHIPPED = Path(canned_replies.__file__).with_name("shipped.yml")


def upgrade() -> None:
    words = ("title_ar", "title_en", "text_ar", "text_en")
    table = op.create_table(
        "canned_replies",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.ForeignKeyConstraint(["agency"], ["agencies.code"], name=op.f("fk_canned_replies_agency")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_canned_replies")),
    )
    op.create_index(op.f("ix_canned_replies_agency"), "canned_replies", ["agency"])
    shipped = yaml.safe_load(_SHIPPED.read_text(encoding="utf-8"))
    op.bulk_insert(table, [{"code": code, "agency": None, **{name: reply[name] for name in words}} for code, reply in shipped.items()])


def downgrade() -> None:
    op.drop_table("canned_replies")
