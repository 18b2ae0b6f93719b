"""Reads: a person, as far as we know: all identities, conversations, calls and cases that are theirs.

One telephone number is one person. Whoever writes from two channels with one verified phone is one citizen already;
calls from that number, and messages by SMS to it, belong to them too. A number that somebody merely typed into a form
makes nobody the same: it may be a neighbour's.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.models import Attachment
from contact_center.cases.models import Case, CaseFollower
from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity, Citizen
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.errors import NotFound
from contact_center.telephone.models import PhoneCall

BY_NUMBER = (ChannelCode.SMS.value, ChannelCode.WHATSAPP.value, ChannelCode.CALL_CENTER.value)
"""Channels on which an address may be a telephone number."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The address of a call is the id of its conversation."""
_ROUNDS = 5
"""A number leads to an identity, that to another number: so often at most."""


@dataclass(frozen=True)
class Person:
    """Who somebody is to us. `citizens`: the one that has been known for longest first."""

    citizens: Sequence[Citizen]
    identities: Sequence[ChannelIdentity]
    phones: frozenset[str]
    """E.164."""

    @property
    def id(self) -> UUID:
        """By which the person is known to staff, and in the audit trail."""
        return self.citizens[0].id

    @property
    def erased(self) -> bool:
        """Whether all that was known of them is gone."""
        return all(citizen.erased_at for citizen in self.citizens)

    @property
    def identity_ids(self) -> list[UUID]:
        """Of all their identities."""
        return [identity.id for identity in self.identities]

    def conversations(self) -> Select[Conversation]:
        """Theirs, in no order."""
        return select(Conversation).where(Conversation.identity_id.in_(self.identity_ids))

    def cases(self) -> Select[Case]:
        """Those that they filed, or are told of as the one who filed them by phone."""
        theirs = or_(Case.identity_id.in_(self.identity_ids), Case.told_identity_id.in_(self.identity_ids))
        return select(Case).where(theirs)

    def joined(self) -> Select[CaseFollower]:
        """Where they joined what somebody else filed."""
        return select(CaseFollower).where(CaseFollower.identity_id.in_(self.identity_ids))

    def calls(self) -> Select[PhoneCall]:
        """Those from their numbers, and those that they are known to have made."""
        held = [identity.address for identity in self.identities if identity.channel == ChannelCode.CALL_CENTER]
        made = PhoneCall.conversation_id.in_([UUID(address) for address in held if _UUID.fullmatch(address)])
        return select(PhoneCall).where(or_(PhoneCall.phone.in_(self.phones), made))


async def person(session: AsyncSession, citizen_id: UUID) -> Person:
    """Whoever this citizen is. Raises `NotFound`."""
    citizens, phones, identities = {citizen_id}, frozenset[str](), list[ChannelIdentity]()
    for _ in range(_ROUNDS):
        before = (len(citizens), len(phones))
        called = list(await session.scalars(_called_from(phones)))
        identities = list(await session.scalars(_identities(citizens, phones, called)))
        citizens |= {identity.citizen_id for identity in identities}
        phones = await _phones(session, identities)
        if (len(citizens), len(phones)) == before:
            break
    oldest_first = select(Citizen).where(Citizen.id.in_(citizens)).order_by(Citizen.created_at, Citizen.id)
    known = list(await session.scalars(oldest_first))
    if not known:
        raise NotFound("There is no such person.")
    return Person(known, identities, phones)


def _called_from(phones: Collection[str]) -> Select[UUID]:
    """The identities of calls from these numbers: each call has one of its own."""
    return select(Conversation.identity_id).where(Conversation.caller_phone.in_(phones))


def _identities(
    citizens: Collection[UUID], phones: Collection[str], called: Collection[UUID]
) -> Select[ChannelIdentity]:
    """Each condition has an index, and none is a query of its own: so all of them are used."""
    theirs = or_(
        ChannelIdentity.citizen_id.in_(citizens),
        ChannelIdentity.verified_phone.in_(phones),
        and_(ChannelIdentity.channel.in_(BY_NUMBER), ChannelIdentity.address.in_(phones)),
        ChannelIdentity.id.in_(called),
    )
    return select(ChannelIdentity).where(theirs).order_by(ChannelIdentity.channel, ChannelIdentity.address)


async def _phones(session: AsyncSession, identities: Sequence[ChannelIdentity]) -> frozenset[str]:
    """The numbers that identities are known by."""
    verified = {identity.verified_phone for identity in identities}
    addresses = {
        identity.address
        for identity in identities
        if identity.channel in BY_NUMBER and identity.address.startswith("+")
    }
    here = Conversation.identity_id.in_([identity.id for identity in identities])
    called = set(await session.scalars(select(Conversation.caller_phone).where(here).distinct()))
    return frozenset(phone for phone in verified | addresses | called if phone)


def sent_by_agents(conversations: Select[UUID] | Collection[UUID]) -> ColumnElement[bool]:
    """Of files: whether an agent sent it in one of these conversations; such a file belongs to no case."""
    each = cast(func.jsonb_array_elements_text(OutboxMessage.attachments), Uuid)
    sent = select(each).where(OutboxMessage.conversation_id.in_(conversations), OutboxMessage.role == "agent")
    return and_(Attachment.case_id.is_(None), Attachment.conversation_id.is_(None), Attachment.id.in_(sent))
