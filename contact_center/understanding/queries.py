"""Reads: what waits for review."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.errors import NotFound
from contact_center.understanding.models import ReviewItem


async def waiting(session: AsyncSession, limit: int, before: int | None = None) -> Sequence[ReviewItem]:
    """The newest items that nobody has decided about, newest first; `before`: of those older than that one."""
    return await _newest(session, "waiting", limit, before)


async def chosen(session: AsyncSession, limit: int | None = None, before: int | None = None) -> Sequence[ReviewItem]:
    """Likewise, those of which somebody has said what was meant, and that are not in the training data yet."""
    return await _newest(session, "chosen", limit, before)


async def counted(session: AsyncSession) -> Mapping[str, int]:
    """How many items there are, by status; none of a status that no item has."""
    statuses = select(ReviewItem.status, func.count()).group_by(ReviewItem.status)
    return {row[0]: row[1] for row in await session.execute(statuses)}


async def _newest(session: AsyncSession, status: str, limit: int | None, before: int | None) -> Sequence[ReviewItem]:
    those = select(ReviewItem).where(ReviewItem.status == status)
    if before is not None:
        those = those.where(ReviewItem.id < before)
    return list(await session.scalars(those.order_by(ReviewItem.id.desc()).limit(limit)))


async def item(session: AsyncSession, item_id: int) -> ReviewItem:
    """One item, decided or not, held until the transaction ends. Raises `NotFound`."""
    found = await session.get(ReviewItem, item_id, with_for_update=True)
    if found is None:
        raise NotFound(f"There is no item {item_id} for review.")
    return found
