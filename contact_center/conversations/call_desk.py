"""Phone calls: the agent types what the caller says, and the same assistant answers and fills the form."""

import secrets
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import parse_phone
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.citizens.service import identity_for
from contact_center.conversations.inbox import begin, store
from contact_center.conversations.models import Conversation
from contact_center.errors import InvalidInput, NotFound

EDITABLE = frozenset(
    {
        "case_type", "description", "category", "governorate", "area", "block", "road", "building", "address",
        "lat", "lon", "contact_name", "contact_phone",
    }
)  # fmt: skip
"""Fields of the draft that may be set by hand; None empties one."""


async def begin_call(session: AsyncSession, phone: str | None) -> Conversation:
    """Begin a call. `phone`: the caller's number in any writing, None where it is withheld.

    Raises `InvalidInput` for what is no phone number.
    """
    caller = parse_phone(phone) if phone and phone.strip() else None
    if phone and phone.strip() and caller is None:
        raise InvalidInput("هذا ليس رقم هاتف صحيحًا. This is not a valid phone number.", field="phone")
    conversation_id = uuid4()
    identity = await identity_for(session, ChannelCode.CALL_CENTER, str(conversation_id), None, None)
    return await begin(
        session, ChannelCode.CALL_CENTER, str(conversation_id), identity, id=conversation_id, caller_phone=caller
    )


async def call(session: AsyncSession, conversation_id: UUID) -> Conversation:
    """A call by its conversation id; raises `NotFound`."""
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None or conversation.channel != ChannelCode.CALL_CENTER:
        raise NotFound("There is no such call.")
    return conversation


async def confirm_caller(session: AsyncSession, conversation: Conversation) -> str:
    """Note that the agent has made sure that the caller's number is theirs; the number in E.164.

    From then on it opens what was filed with it. Raises `InvalidInput` where the number is withheld.
    """
    if conversation.caller_phone is None:
        raise InvalidInput("رقم المتصل مخفي. The caller's number is withheld.", field="phone")
    channel, address = ChannelCode.CALL_CENTER, conversation.address
    await identity_for(session, channel, address, verified_phone=conversation.caller_phone)
    return conversation.caller_phone


async def caller_says(
    session: AsyncSession,
    conversation: Conversation,
    *,
    text: str | None = None,
    button: str | None = None,
    key: str | None = None,
) -> UUID | None:
    """Store what the caller says, or the quick reply that the agent chose; `key` makes a repeat harmless."""
    return await _store(session, conversation, key, text=text, button=button)


async def edit_draft(
    session: AsyncSession, conversation: Conversation, fields: dict[str, Any], key: str | None = None
) -> UUID | None:
    """Store fields of the draft that the agent set by hand. Raises `InvalidInput` for a field that is not editable, or
    a value that none can have."""
    unknown = sorted(set(fields) - EDITABLE)
    if unknown:
        raise InvalidInput(f"These fields cannot be set: {', '.join(unknown)}", fields=unknown)
    wrong = sorted(name for name, value in fields.items() if not isinstance(value, str | int | float | None))
    if wrong:
        raise InvalidInput(f"These fields hold text or a number: {', '.join(wrong)}", fields=wrong)
    return await _store(session, conversation, key, draft=fields)


async def _store(session: AsyncSession, conversation: Conversation, key: str | None, **content: Any) -> UUID | None:
    message = InboundMessage(
        channel=ChannelCode(conversation.channel),
        address=conversation.address,
        provider_id=f"{conversation.id}:{key or secrets.token_hex(12)}",
        **content,
    )
    return await store(session, conversation, message)
