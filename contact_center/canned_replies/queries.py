"""Reads: canned replies."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.canned_replies.models import CannedReply


async def offered(session: AsyncSession, agency: str | None) -> Sequence[CannedReply]:
    """What an agency may use: its own first, then those for all, each by code; None: only those for all."""
    theirs = select(CannedReply).where(or_(CannedReply.agency == agency, CannedReply.agency.is_(None)))
    return list(await session.scalars(theirs.order_by(CannedReply.agency.nulls_last(), CannedReply.code)))


async def canned_replies(session: AsyncSession) -> Sequence[CannedReply]:
    """All of them, by code."""
    return list(await session.scalars(select(CannedReply).order_by(CannedReply.code)))
