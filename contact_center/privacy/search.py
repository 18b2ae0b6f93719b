"""Reads: which people a telephone number or a reference number leads to.

By name nobody is searched for here: no index would serve that among a million. The search of cases finds names.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import parse_phone
from contact_center.cases import queries
from contact_center.cases.models import Case
from contact_center.cases.reference import NotAReference
from contact_center.citizens.models import ChannelIdentity, Citizen
from contact_center.conversations.models import Conversation
from contact_center.privacy.person import BY_NUMBER, Person, person

MOST = 20


@dataclass(frozen=True)
class Hit:
    """A person who was found, by the id of a citizen. `since`: when they were first known (aware); `sure`: whether the
    number is theirs, and not one that they gave in a case."""

    id: UUID
    name: str | None
    channels: Sequence[str]
    since: datetime
    sure: bool


async def search(session: AsyncSession, text: str) -> Sequence[Hit]:
    """The people that a phone (in any writing) or a reference number leads to: first the one whose it surely is, then
    those who gave it in a case, the newest of them first.

    Raises `WrongCheckDigit` for a reference number with a wrong digit.
    """
    phone = parse_phone(text)
    surely = await session.scalar(_with_number(phone)) if phone else await _who_filed(session, text)
    holder = await person(session, surely) if surely else None
    first = [await _hit(session, holder)] if holder else []
    theirs = {citizen.id for citizen in holder.citizens} if holder else set()
    return first + (await _who_gave(session, phone, theirs) if phone else [])


async def citizen_of(session: AsyncSession, case: Case) -> UUID | None:
    """Who filed a case; of a call whoever has the phone that is told of it. None where nobody knows."""
    identity_id = case.told_identity_id or case.identity_id
    identity = await session.get(ChannelIdentity, identity_id) if identity_id else None
    return identity.citizen_id if identity else None


async def citizen_with(session: AsyncSession, phone: str | None) -> UUID | None:
    """Whoever has a number (E.164), or calls from it."""
    return await session.scalar(_with_number(phone)) if phone else None


async def name_of(session: AsyncSession, known: Person) -> str | None:
    """What a person is called: as they last filed, else as a channel has it."""
    filed = known.cases().with_only_columns(Case.contact_name).where(Case.contact_name.is_not(None))
    name = await session.scalar(filed.order_by(Case.created_at.desc()).limit(1))
    profiles = [identity.profile_name for identity in known.identities] + [each.name for each in known.citizens]
    return name or next((profile for profile in profiles if profile), None)


async def _who_filed(session: AsyncSession, text: str) -> UUID | None:
    try:
        case = await queries.by_reference(session, text)
    except NotAReference:
        return None
    return await citizen_of(session, case) if case else None


def _with_number(phone: str) -> Select[UUID]:
    """One of the citizens whose number it is: verified, an address, or what they call from. Each by its index."""
    called = select(Conversation.identity_id).where(Conversation.caller_phone == phone)
    ways = (
        ChannelIdentity.verified_phone == phone,
        and_(ChannelIdentity.channel.in_(BY_NUMBER), ChannelIdentity.address == phone),
        ChannelIdentity.id.in_(called),
    )
    found = union_all(*(select(ChannelIdentity.citizen_id).where(way) for way in ways)).subquery()
    return select(found.c.citizen_id).limit(1)


async def _who_gave(session: AsyncSession, phone: str, beside: Collection[UUID]) -> list[Hit]:
    """Citizens who gave a number in a case of theirs, beside those. One query."""
    gave = (
        select(
            Citizen.id,
            func.coalesce(func.max(Case.contact_name), func.max(ChannelIdentity.profile_name), Citizen.name),
            func.array_agg(ChannelIdentity.channel.distinct()),
            Citizen.created_at,
        )
        .join(ChannelIdentity, ChannelIdentity.citizen_id == Citizen.id)
        .join(Case, Case.identity_id == ChannelIdentity.id)
        .where(Case.contact_phone == phone, Citizen.id.not_in(beside))
        .group_by(Citizen.id)
        .order_by(Citizen.created_at.desc())
        .limit(MOST)
    )
    return [Hit(*row, sure=False) for row in await session.execute(gave)]


async def _hit(session: AsyncSession, known: Person) -> Hit:
    channels = sorted({identity.channel for identity in known.identities})
    return Hit(known.id, await name_of(session, known), channels, known.citizens[0].created_at, sure=True)
