"""The persons of the year, as the service knows them: their identities and conversations."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations import handoff, rating_question
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation
from contact_center.conversations.subscription import opt_out_at_provider
from tests.year.script import Person

AGENTS = tuple(f"year-agent-{number}" for number in range(40))
_NAMES = UUID("5f3d5f0e-0000-4000-8000-000000002026")
_HAVE_PHONES = ("whatsapp", "sms")


def conversation_of(person: Person) -> UUID:
    """The id of a person's conversation: the same in every process."""
    return uuid5(_NAMES, str(person.number))


def phone_of(person: Person) -> str:
    """The number that they write or call from, E.164."""
    return f"+97336{person.phone:06d}"


def _address(person: Person) -> str:
    if person.channel in _HAVE_PHONES:
        return phone_of(person)
    return str(1_000_000 + person.number) if person.channel == "telegram" else str(conversation_of(person))


def hears_at(person: Person) -> tuple[str, str]:
    """Channel and address at which a person is told: who called, by SMS."""
    if person.channel == "call_center":
        return "sms", phone_of(person)
    return person.channel, _address(person)


class Citizens:
    """Who has written: made at the first word, by whichever process."""

    def __init__(self) -> None:
        self._identities: dict[Person, UUID] = {}

    async def identity_of(self, session: AsyncSession, person: Person) -> UUID:
        """The person's identity, who has just written."""
        known = self._identities.get(person)
        if known is None:
            known = self._identities[person] = await _begin(session, person)
        conversation = update(Conversation).where(Conversation.id == conversation_of(person))
        await session.execute(conversation.values(last_inbound_at=now()))
        return known


async def _begin(session: AsyncSession, person: Person) -> UUID:
    address, channel = _address(person), ChannelCode(person.channel)
    phone = address if person.channel in _HAVE_PHONES else None
    identity = await identity_for(session, channel, address, verified_phone=phone)
    caller = {"caller_phone": phone_of(person)} if person.channel == "call_center" else {}
    await begin(session, channel, address, identity, id=conversation_of(person), language=person.language, **caller)
    return identity.id


async def turn(session: AsyncSession, person: Person, what: str) -> None:
    """STOP or START of a person; an agent who takes the conversation, or hands it back."""
    conversation_id, agent = conversation_of(person), AGENTS[person.number % len(AGENTS)]
    if what == "stop":
        await opt_out_at_provider(session, conversation_id)
    elif what == "start":
        await _start_again(session, conversation_id)
    elif what == "taken":
        await handoff.take(session, conversation_id, agent, actor=f"account:{agent}")
    else:
        await handoff.release(session, conversation_id, actor=f"account:{agent}")
        await rating_question.ask_what_waited(session, await session.get_one(Conversation, conversation_id))


async def _start_again(session: AsyncSession, conversation_id: UUID) -> None:
    """As `subscription.keep_silent` does with START."""
    held = select(Conversation.identity_id).where(Conversation.id == conversation_id).scalar_subquery()
    nothing: datetime | None = None
    await session.execute(update(ChannelIdentity).where(ChannelIdentity.id == held).values(opted_out_at=nothing))
