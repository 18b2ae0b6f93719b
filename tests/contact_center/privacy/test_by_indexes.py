"""Finding a person and opening their page reads no large table as a whole, however many people there are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lives import PHONE, Lives
from sqlalchemy import event, text

from contact_center.database import Database
from contact_center.privacy import held
from contact_center.privacy.person import person
from contact_center.privacy.search import search

WHOLE = re.compile(
    r"(?:Seq|Index|Index Only) Scan (?:.* )?on (?:cases|case_events|conversations|channel_identities|inbox_messages"
    r"|phone_calls|attachments)\b"
)
"""How plans name what is read without an index that narrows it."""


@contextmanager
def read(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements of a block, with what stands in them."""
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_every_read_of_a_person_has_its_index(database: Database, lives: Lives) -> None:
    async with database.transaction() as session:
        with read(database) as statements:
            reference = (await held.cases(session, await person(session, lives.mariam)))[0].reference
            await search(session, PHONE)
            await search(session, reference)
            known = await person(session, lives.mariam)
            for part in (held.joined, held.conversations, held.calls, held.notes):
                await part(session, known)
    assert len(statements) > 20
    async with database.transaction() as session:
        connection = await session.connection()
        # Leave only scans that an index narrows: what has none is then read in one of the other ways all the same.
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            await session.execute(text(f"SET LOCAL enable_{way} = off"))
        for statement, parameters in statements:
            rows = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            plan = "\n".join(row[0] for row in rows)
            assert WHOLE.findall(plan) == [], f"{statement}\n{plan}"
