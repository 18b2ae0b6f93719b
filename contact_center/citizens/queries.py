"""Reads: who writes from where."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.citizens.models import ChannelIdentity


async def identity_at(
    session: AsyncSession, channel: str, address: str, *, fresh: bool = False
) -> ChannelIdentity | None:
    """The identity at an address of a channel; `fresh`: as it is now, even if the session has it already."""
    here = (ChannelIdentity.channel == channel, ChannelIdentity.address == address)
    return await session.scalar(select(ChannelIdentity).where(*here).execution_options(populate_existing=fresh))


async def identities_of(session: AsyncSession, citizen_id: UUID) -> Sequence[ChannelIdentity]:
    """All the places that a citizen writes from."""
    theirs = select(ChannelIdentity).where(ChannelIdentity.citizen_id == citizen_id)
    return list(await session.scalars(theirs.order_by(ChannelIdentity.channel, ChannelIdentity.address)))
