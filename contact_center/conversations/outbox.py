"""The outbox: replies are stored with what caused them, and sent afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center import jobs
from contact_center.channels.base import ChannelCode
from contact_center.clock import now
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.listening import conversation_changed

READ_BY_THE_CLIENT = {ChannelCode.WEBCHAT.value, ChannelCode.CALL_CENTER.value}
"""Channels whose client fetches from the outbox itself: nothing is sent to a provider."""

_LET_GO_AT_ONCE = 500
"""In a minute, so that a night's messages do not come all at once to those who answer them."""

RATING_KEY = "rating:"
"""How the `dedupe_key` of a question for a rating begins. It stands beside an open question and replaces none."""

REPLY_KEY = "reply:"
"""How the `dedupe_key` of an agency's reply begins, which may be rated; then the id of the case's event."""

CODE = "code"
"""The role of a message whose words are forgotten when it is sent: they are a secret between us and a phone."""


async def add(
    session: AsyncSession,
    conversation: Conversation,
    text: str,
    *,
    role: str = "assistant",
    buttons: list[dict[str, Any]] | None = None,
    attachments: Sequence[str] = (),
    expects: str | None = None,
    inbox_id: object = None,
    dedupe_key: str | None = None,
    send_after: datetime | None = None,
    **about: Any,
) -> int | None:
    """Put one message in the outbox; its id, or None where `dedupe_key` has been used before.

    `attachments`: the ids of the files that go with it. `send_after`: held back until then. `about`: what else the row
    says of it (`case_event_id`, `notification`, `instead_of`).
    """
    read_by_client = conversation.channel in READ_BY_THE_CLIENT
    await _take_turns(session, conversation)
    statement = (
        insert(OutboxMessage)
        .values(
            conversation_id=conversation.id,
            channel=conversation.channel,
            inbox_id=inbox_id,
            role=role,
            text=text,
            buttons=buttons or [],
            attachments=list(attachments),
            expects=expects,
            dedupe_key=dedupe_key,
            send_after=send_after,
            **about,
            status="sent" if read_by_client else "queued",
            sent_at=now() if read_by_client else None,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(OutboxMessage.id)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _take_turns(session: AsyncSession, conversation: Conversation) -> None:
    """Have transactions write to a conversation one after the other, so that ids are committed in their order: a
    client that has seen one id asks only for higher ones."""
    row = select(Conversation.id).where(Conversation.id == conversation.id)
    await session.execute(row.with_for_update(key_share=True))


async def send_off(session: AsyncSession, conversation: Conversation) -> None:
    """Have what was added sent, in order, once the transaction is committed."""
    if conversation.channel not in READ_BY_THE_CLIENT:
        await jobs.defer(session, jobs.DELIVER, lock=f"outbox:{conversation.id}", conversation_id=str(conversation.id))
    await conversation_changed(session, conversation.id)


async def say(session: AsyncSession, conversation: Conversation, text: str, **details: Any) -> None:
    """`add` and `send_off` for a single message."""
    if await add(session, conversation, text, **details) is not None:
        await send_off(session, conversation)


async def let_go(session: AsyncSession, moment: datetime) -> int:
    """Have the messages sent that were held back until `moment`; of how many conversations. Several workers at once
    each take others; what is left of a great many goes the next time."""
    due = (
        select(OutboxMessage.id)
        .where(OutboxMessage.send_after <= moment)
        .order_by(OutboxMessage.send_after, OutboxMessage.id)
        .limit(_LET_GO_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    free = update(OutboxMessage).where(OutboxMessage.id.in_(due)).values(send_after=None)
    conversations = set(await session.scalars(free.returning(OutboxMessage.conversation_id)))
    for conversation in conversations:
        await jobs.defer(session, jobs.DELIVER, lock=f"outbox:{conversation}", conversation_id=str(conversation))
    return len(conversations)
