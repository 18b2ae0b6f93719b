"""The state of a conversation, for machines."""

from typing import Any

from fastapi import APIRouter, Depends

from bot.arabic import parse_phone
from contact_center.api.dependencies import DatabaseOf, staff_or_key
from contact_center.channels.base import ChannelCode
from contact_center.conversations.queries import conversation_at
from contact_center.errors import NotFound

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"], dependencies=[Depends(staff_or_key)])
PHONE_CHANNELS = {ChannelCode.WHATSAPP, ChannelCode.SMS}


@router.get("")
async def state(channel: ChannelCode, address: str, database: DatabaseOf) -> dict[str, Any]:
    """`{conversation, mode, expects, draft}` by chat id, phone or conversation id; 404 before its first message."""
    wanted = (parse_phone(address) or address) if channel in PHONE_CHANNELS else address
    async with database.transaction() as session:
        conversation = await conversation_at(session, channel, wanted)
    if conversation is None or conversation.last_inbound_at is None:
        raise NotFound("There is no such conversation.")
    return {
        "conversation": str(conversation.id),
        "mode": conversation.mode,
        "expects": conversation.expects,
        "draft": conversation.draft,
    }
