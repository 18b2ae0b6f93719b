"""The words of a case have an index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_VECTOR = "array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))"
_SIGNS = r"""[][(){}"«»،؛؟.,;:!?/*#@+-]"""


def upgrade() -> None:
    for words in (
        f"regexp_replace(search_text, '{_SIGNS}+', ' ', 'g')",
        r"search_text || regexp_replace(' ' || search_text, ' [وف]?[بكل]?ال(?=[^ ]{3})', ' ', 'g')",
        r"search_text || regexp_replace(' ' || search_text, ' 973(?=[0-9]{8}( |$))', ' ', 'g')",
        r"regexp_replace(search_text, '([^ ]{100})[^ ]+', '\1', 'g')",
    ):
        op.execute(f"UPDATE cases SET search_text = {words}")
    op.add_column("cases", sa.Column("search_vector", TSVECTOR(), sa.Computed(_VECTOR, persisted=True), nullable=False))
    op.create_index("ix_cases_search_vector", "cases", ["search_vector"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_cases_search_vector", table_name="cases")
    op.drop_column("cases", "search_vector")
