"""Sending a one-time code to a phone, from whatever channel it was asked for."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations import outbox
from contact_center.conversations.inbox import begin
from contact_center.notifications.sentences import sentence


async def send_code(session: AsyncSession, phone: str, code: str, *, language: str, cause: str) -> None:
    """Put the code into the outbox of the SMS conversation with `phone` (E.164), once per `cause`.

    The outbox forgets its words when it is sent.
    """
    identity = await identity_for(session, ChannelCode.SMS, phone)
    conversation = await begin(session, ChannelCode.SMS, phone, identity)
    words = sentence("code_by_sms", language).format(code=code)
    await outbox.say(session, conversation, words, role=outbox.CODE, dedupe_key=f"code:{cause}")
