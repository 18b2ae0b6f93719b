"""The inbox: every inbound message is stored once, with its job, before it is acknowledged."""

from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import detect
from contact_center import jobs
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.citizens.models import ChannelIdentity
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.conversations.queries import conversation_at


async def receive(session: AsyncSession, message: InboundMessage) -> bool:
    """Store a message and the job that handles it; False if it was stored before (a provider's repeat).

    The caller commits, and only then acknowledges.
    """
    conversation = await conversation_for(session, message)
    return await store(session, conversation, message) is not None


async def store(session: AsyncSession, conversation: Conversation, message: InboundMessage) -> UUID | None:
    """Store a message of a known conversation; its inbox id, or None if it was stored before."""
    statement = (
        insert(InboxMessage)
        .values(
            conversation_id=conversation.id,
            channel=message.channel.value,
            provider_id=message.provider_id,
            content=message.model_dump(mode="json", exclude_defaults=True),
        )
        .on_conflict_do_nothing(index_elements=["channel", "provider_id"])
        .returning(InboxMessage.id)
    )
    inbox_id = (await session.execute(statement)).scalar_one_or_none()
    if inbox_id is None:
        return None
    if _shows_the_person(message):
        if conversation.last_inbound_at is None:
            conversation.language = _language(message)
        conversation.last_inbound_at = now()
    await jobs.defer(session, jobs.HANDLE_MESSAGE, lock=str(conversation.id), inbox_id=str(inbox_id))
    return inbox_id


async def conversation_for(session: AsyncSession, message: InboundMessage) -> Conversation:
    """The conversation with the message's address on its channel, begun now if there is none yet."""
    known = await _known(session, message)
    if known:
        conversation, identity = known
        await _keep_up_to_date(session, identity, message)
        return conversation
    identity = await identity_for(
        session, message.channel, message.address, message.profile_name, message.verified_phone
    )
    return await begin(session, message.channel, message.address, identity)


async def begin(
    session: AsyncSession, channel: ChannelCode, address: str, identity: ChannelIdentity, **fields: object
) -> Conversation:
    """Begin a conversation, or find the one that another request has just begun."""
    statement = (
        insert(Conversation)
        .values(channel=channel.value, address=address, identity_id=identity.id, **fields)
        .on_conflict_do_nothing(index_elements=["channel", "address"])
    )
    await session.execute(statement)
    conversation = await conversation_at(session, channel, address)
    if conversation is None:
        raise RuntimeError("a conversation vanished while it was begun")
    return conversation


def _shows_the_person(message: InboundMessage) -> bool:
    """Whether it says that the person is there: not what the service says, nor what an agent sets in the form, save on
    the phone."""
    by_agent = message.draft is not None and message.channel != ChannelCode.CALL_CENTER
    return message.notice is None and not by_agent


def _language(message: InboundMessage) -> str:
    """The language of a first message, for what is said before the assistant has read it; Arabic where none shows."""
    written = detect(message.text) if message.text and not message.command else "ar"
    return "en" if written == "en" else "ar"


async def _known(session: AsyncSession, message: InboundMessage) -> Row[Conversation, ChannelIdentity] | None:
    statement = (
        select(Conversation, ChannelIdentity)
        .join(ChannelIdentity, ChannelIdentity.id == Conversation.identity_id)
        .where(Conversation.channel == message.channel, Conversation.address == message.address)
    )
    return (await session.execute(statement)).one_or_none()


async def _keep_up_to_date(session: AsyncSession, identity: ChannelIdentity, message: InboundMessage) -> None:
    """Providers tell names and numbers with every message: note what has changed."""
    changed_name = message.profile_name and message.profile_name != identity.profile_name
    changed_phone = message.verified_phone and message.verified_phone != identity.verified_phone
    if changed_name or changed_phone:
        await identity_for(session, message.channel, message.address, message.profile_name, message.verified_phone)
