"""What can be done with people: recognise who writes."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.advisory_locks import Lock, one_at_a_time
from contact_center.citizens.models import ChannelIdentity, Citizen, PrivacyRequest
from contact_center.citizens.queries import identity_at


async def identity_for(
    session: AsyncSession,
    channel: str,
    address: str,
    profile_name: str | None = None,
    verified_phone: str | None = None,
) -> ChannelIdentity:
    """Who writes from `address` on `channel`; made at the first contact, brought up to date later.

    The same verified phone (E.164) on two channels is the same citizen: where two were known, they become one. What
    is not given is left as it was. Safe however many copies of a message arrive at once.
    """
    known = await identity_at(session, channel, address)
    if known is not None and not _differs(known, profile_name, verified_phone):
        return known
    await one_at_a_time(session, Lock.MEET)
    identity = await identity_at(session, channel, address, fresh=True)
    same_person = await _citizen_with(session, verified_phone)
    if identity is None:
        identity = ChannelIdentity(channel=channel, address=address)
        identity.citizen_id = same_person or await _new_citizen(session, profile_name)
        session.add(identity)
    elif same_person is not None and same_person != identity.citizen_id:
        await _merge(session, identity.citizen_id, into=same_person)
        await session.refresh(identity)
    identity.profile_name = profile_name or identity.profile_name
    identity.verified_phone = verified_phone or identity.verified_phone
    await session.flush()
    return identity


def _differs(identity: ChannelIdentity, profile_name: str | None, verified_phone: str | None) -> bool:
    renamed = profile_name is not None and profile_name != identity.profile_name
    return renamed or (verified_phone is not None and verified_phone != identity.verified_phone)


async def _citizen_with(session: AsyncSession, verified_phone: str | None) -> UUID | None:
    if verified_phone is None:
        return None
    holders = select(ChannelIdentity.citizen_id).where(ChannelIdentity.verified_phone == verified_phone)
    return await session.scalar(holders.limit(1))


async def _new_citizen(session: AsyncSession, name: str | None) -> UUID:
    citizen = Citizen(name=name)
    session.add(citizen)
    await session.flush()
    return citizen.id


async def _merge(session: AsyncSession, citizen_id: UUID, *, into: UUID) -> None:
    theirs = update(ChannelIdentity).where(ChannelIdentity.citizen_id == citizen_id).values(citizen_id=into)
    await session.execute(theirs)
    # What was asked of one of them was not asked of both.
    asked = update(PrivacyRequest).where(PrivacyRequest.citizen_id == citizen_id)
    undecided = (PrivacyRequest.state == "asked",)
    await session.execute(asked.where(*undecided).values(state="withdrawn"))
    await session.execute(asked.values(citizen_id=into))
    await session.execute(delete(Citizen).where(Citizen.id == citizen_id))
