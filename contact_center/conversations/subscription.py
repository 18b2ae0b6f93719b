"""STOP and START: whether a person wants messages from us on this channel, as telephone networks know it."""

import re
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import normalise
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.citizens.models import ChannelIdentity
from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.notifications.sentences import sentence

GREET = "/greet"
"""What the assistant is told when messages are wanted again: it welcomes, or goes on with what was open."""
CONFIRMATION = "stop:"
"""How the dedupe key of the one message begins that is sent after STOP."""
DANGER = "stop-danger:"
"""How that of the way to 999 begins, which is named after STOP also."""
OPTED_OUT = "opted_out"

_CHANNELS = {ChannelCode.SMS, ChannelCode.WHATSAPP}
_WORDS = {
    "stop": (
        "stop", "stopall", "stop all", "stop messages", "unsubscribe", "optout", "opt out",
        "إيقاف", "أوقف", "أوقفوا", "وقف", "وقفوا", "ستوب", "إيقاف الرسائل", "وقف الرسائل", "أوقفوا الرسائل",
        "إلغاء الاشتراك", "الغ الاشتراك", "إلغاء الرسائل",
    ),
    "start": ("start", "unstop", "subscribe", "ستارت", "تشغيل", "تفعيل", "ابدأ", "اشتراك", "تشغيل الرسائل"),
}  # fmt: skip
_CHANGES = {normalise(word): change for change, words in _WORDS.items() for word in words}
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def change_wanted(message: InboundMessage) -> str | None:
    """`stop` or `start`, where the message is one of these words and nothing else."""
    if message.subscription:
        return message.subscription
    if message.channel not in _CHANNELS or not message.text or message.media or message.edits:
        return None
    return _CHANGES.get(_AROUND.sub("", " ".join(normalise(message.text).split())))


async def keep_silent(
    session: AsyncSession,
    inbox: InboxMessage,
    conversation: Conversation,
    identity: ChannelIdentity,
    message: InboundMessage,
) -> bool:
    """Take STOP or START from a message; whether nothing more may be said to it.

    After STOP whatever is written is kept and not answered until START, save for danger; a draft stays as it is.
    """
    change = change_wanted(message)
    if change == "start" and identity.opted_out_at:
        identity.opted_out_at = None
        await _confirm(session, inbox, conversation, "started_again", f"start:{inbox.id}")
    if change == "stop" and not identity.opted_out_at:
        identity.opted_out_at = now()
        if not message.subscription:  # else the provider has confirmed it, and takes nothing more from us
            await _confirm(session, inbox, conversation, "stopped", f"{CONFIRMATION}{inbox.id}")
    return identity.opted_out_at is not None


def has_a_say(identity: ChannelIdentity) -> bool:
    """Whether messages go out to an identity by themselves, so that there is something to stop."""
    return identity.channel not in outbox.READ_BY_THE_CLIENT


def set_by_staff(identity: ChannelIdentity, *, wanted: bool) -> bool:
    """Stop or start messages to an identity because its person has asked us to; whether that changed anything.

    Nobody is sent a confirmation: they have just spoken with us. What a provider itself blocks stays blocked.
    """
    if wanted is (identity.opted_out_at is None):
        return False
    identity.opted_out_at = None if wanted else now()
    return True


def may_be_danger(message: InboundMessage) -> bool:
    """Whether a message that is not answered has words that may call for help."""
    return bool(message.text and message.text.strip()) and change_wanted(message) is None


async def name_999(session: AsyncSession, inbox: InboxMessage, conversation: Conversation) -> None:
    """Say where help is, to somebody in danger who wants no messages; in other words each time. STOP stays."""
    said = await session.scalar(
        select(func.count()).where(
            OutboxMessage.conversation_id == conversation.id, OutboxMessage.dedupe_key.startswith(DANGER)
        )
    )
    name = "danger_after_stop_again" if (said or 0) % 2 else "danger_after_stop"
    await _confirm(session, inbox, conversation, name, f"{DANGER}{inbox.id}")


def is_sent_anyway(dedupe_key: str | None) -> bool:
    """Whether a message goes out after STOP: what confirms it, and where help is."""
    return (dedupe_key or "").startswith((CONFIRMATION, DANGER))


async def opt_out_at_provider(session: AsyncSession, conversation_id: UUID) -> None:
    """Note that the provider takes no more messages for the person of this conversation."""
    conversation = await session.get_one(Conversation, conversation_id)
    identity = await session.get_one(ChannelIdentity, conversation.identity_id)
    identity.opted_out_at = identity.opted_out_at or now()


async def _confirm(
    session: AsyncSession, inbox: InboxMessage, conversation: Conversation, name: str, dedupe_key: str
) -> None:
    text = sentence(name, conversation.language)
    await outbox.say(session, conversation, text, role="system", inbox_id=inbox.id, dedupe_key=dedupe_key)
