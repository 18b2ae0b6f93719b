"""The lists of cases that a member of staff has named, to come back to them. Nothing here commits."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account, SavedFilter
from contact_center.errors import InvalidInput

MOST = 20
"""Of one person; more are not found again."""
LONGEST_NAME = 60


async def of(session: AsyncSession, account: Account) -> Sequence[SavedFilter]:
    """A person's own, in the order in which they were saved."""
    theirs = select(SavedFilter).where(SavedFilter.account_id == account.id)
    return list(await session.scalars(theirs.order_by(SavedFilter.created_at, SavedFilter.id)))


async def save(session: AsyncSession, account: Account, name: str, query: str) -> None:
    """Keep a list under a name; the same name again takes the new list.

    Raises `InvalidInput` (`field`: `name`, `query` or `number`) for no name, one that is too long, a list that asks for
    nothing, and one more than `MOST`.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput("Give the list a short name.", field="name")
    if not query:
        raise InvalidInput("Choose something to be listed first.", field="query")
    row = insert(SavedFilter).values(account_id=account.id, name=name, query=query)
    await session.execute(
        row.on_conflict_do_update(index_elements=["account_id", "name"], set_={"query": row.excluded.query})
    )
    theirs = select(func.count()).select_from(SavedFilter).where(SavedFilter.account_id == account.id)
    if (await session.scalar(theirs) or 0) > MOST:
        raise InvalidInput(f"There are {MOST} lists already: delete one first.", field="number")


async def forget(session: AsyncSession, account: Account, filter_id: UUID) -> None:
    """Delete one of a person's own; one that is gone, or somebody else's, is left as it is."""
    theirs = (SavedFilter.id == filter_id, SavedFilter.account_id == account.id)
    await session.execute(delete(SavedFilter).where(*theirs))
