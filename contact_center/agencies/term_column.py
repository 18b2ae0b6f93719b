"""A term as the database has it: `7` working days, `6h` working hours."""

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from contact_center.agencies.term import Term, read_term


class TermColumn(TypeDecorator[Term]):
    """Text there, a `Term` here."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Term | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Term | None:
        return None if value is None else read_term(value)
