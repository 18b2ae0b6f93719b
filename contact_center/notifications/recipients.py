"""Where a person is told: in the conversation that their case came from, or by SMS where that was a call."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.models import Case
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation


async def filer_of(session: AsyncSession, case: Case) -> Conversation | None:
    """The conversation in which who filed a case hears of it, held until the transaction ends; None where there is
    none. Of a call it is the one by SMS with the number that was given, and whoever has that may see the case."""
    conversation = await _held(session, case.conversation_id) if case.conversation_id else None
    if conversation is not None and conversation.channel != ChannelCode.CALL_CENTER:
        return conversation
    phone = case.contact_phone or (conversation.caller_phone if conversation else None)
    if phone is None:
        return None
    by_sms = await by_sms_at(session, phone, case.language)
    case.told_identity_id = by_sms.identity_id
    return by_sms


async def follower_at(session: AsyncSession, conversation: Conversation, phone: str | None) -> Conversation | None:
    """Likewise for somebody who joined a case in a conversation; `phone`: what they gave then, E.164."""
    if conversation.channel != ChannelCode.CALL_CENTER:
        return conversation
    number = phone or conversation.caller_phone
    return await by_sms_at(session, number, conversation.language) if number else None


async def by_sms_at(session: AsyncSession, phone: str, language: str) -> Conversation:
    """The conversation by SMS with a phone (E.164), begun in that language where there is none; held likewise."""
    identity = await identity_for(session, ChannelCode.SMS, phone)
    conversation = await begin(session, ChannelCode.SMS, phone, identity, language=language)
    return await _held(session, conversation.id)


async def _held(session: AsyncSession, conversation_id: UUID) -> Conversation:
    return await session.get_one(
        Conversation, conversation_id, with_for_update={"key_share": True}, populate_existing=True
    )
