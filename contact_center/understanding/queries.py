"""Reads: what waits for review."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.errors import NotFound
from contact_center.understanding.models import ReviewItem


async def waiting(session: AsyncSession, limit: int) -> Sequence[ReviewItem]:
    """The newest items that nobody has decided about, newest first."""
    undecided = select(ReviewItem).where(ReviewItem.status == "waiting")
    return list(await session.scalars(undecided.order_by(ReviewItem.id.desc()).limit(limit)))


async def item(session: AsyncSession, item_id: int) -> ReviewItem:
    """One item, decided or not, held until the transaction ends. Raises `NotFound`."""
    found = await session.get(ReviewItem, item_id, with_for_update=True)
    if found is None:
        raise NotFound(f"There is no item {item_id} for review.")
    return found
