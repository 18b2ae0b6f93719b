"""Put the catalogue into the database; part of `tawasul db migrate`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.catalogue import Catalogue
from contact_center.agencies.models import Agency, Category, Governorate
from contact_center.database import Base


async def load(session: AsyncSession, catalogue: Catalogue) -> None:
    """Insert or update every agency, governorate and category; running it again changes nothing.

    For now the catalogue wins over what was changed in these tables by hand; calendar days are not touched. Codes that
    left the catalogue stay in the tables, since cases name them.
    """
    await _upsert(session, Agency, [vars(entry) for entry in catalogue.agencies.values()])
    await _upsert(session, Governorate, [vars(entry) for entry in catalogue.governorates.values()])
    await _upsert(session, Category, [vars(entry) for entry in catalogue.categories.values()])


async def _upsert(session: AsyncSession, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    statement = insert(table)
    changed = {column: statement.excluded[column] for column in rows[0] if column != "code"}
    # In the order of codes, so that two processes loading at once wait for each other instead of deadlocking.
    ordered = sorted(rows, key=lambda row: str(row["code"]))
    await session.execute(statement.values(ordered).on_conflict_do_update(index_elements=["code"], set_=changed))
