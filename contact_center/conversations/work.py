"""An inbound message with all that has to be known to handle it, and how it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.models import Attachment
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.citizens.models import ChannelIdentity
from contact_center.clock import now
from contact_center.conversations import agency_question, buttons, commands, rating_question, subscription
from contact_center.conversations.agency_question import AgencyQuestion
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.conversations.queries import earlier_text
from contact_center.conversations.remembered import remembered


@dataclass
class Work:
    """An inbound message with what is known around it."""

    inbox: InboxMessage
    tries: int
    """How often it was tried before."""
    conversation: Conversation
    message: InboundMessage
    phone: str | None
    payload: str | None
    edited_text: str | None
    rating_of: str | None
    question: AgencyQuestion | None
    """What an agency has asked of the person, where that is open."""
    silent: bool = False
    """Whether the person said STOP: only danger is answered."""
    remembered: Mapping[str, Any] = field(default_factory=dict)
    """What is known from before (see `remembered`)."""
    parts: Sequence[InboxMessage] = ()
    """The messages that make up this turn, `inbox` the first of them."""
    attachments: list[Attachment] = field(default_factory=list)
    refused_files: list[str] = field(default_factory=list)

    @property
    def by_agent(self) -> bool:
        """Whether an agent set fields of the form of somebody who writes to us: the person hears nothing of it."""
        return self.message.draft is not None and self.conversation.channel != ChannelCode.CALL_CENTER

    @property
    def newest_at(self) -> datetime:
        """When the last of its messages came."""
        return (self.parts[-1] if self.parts else self.inbox).received_at


async def load(session: AsyncSession, inbox_id: UUID, tries: int, absence: timedelta) -> Work | None:
    """What is known around a message, tried `tries` times before; None where nothing is left to do.

    `absence`: how long a person is away before they are welcomed back to their draft.
    """
    inbox, conversation, identity = (await session.execute(_with_its_conversation(inbox_id))).one()
    if inbox.status != "processed" and inbox.gathered_into not in (None, inbox.id):
        inbox = await _first_of(session, inbox)  # replayed: the first of them answers for all
    if inbox.status == "processed":
        return None
    inbox.attempts = tries + 1
    message = InboundMessage.model_validate(inbox.content)
    silent = await subscription.keep_silent(session, inbox, conversation, identity, message)
    if silent and not subscription.may_be_danger(message):
        end(inbox, "processed")
        return None
    question = await agency_question.open_for(session, conversation, inbox.id, message)
    return Work(
        inbox=inbox,
        tries=tries,
        conversation=conversation,
        message=message,
        phone=conversation.caller_phone or identity.verified_phone,
        silent=silent,
        payload=await _chosen(session, conversation, message, question),
        edited_text=await earlier_text(session, message) if message.edits else None,
        rating_of=await rating_question.open_for(session, conversation),
        question=question,
        remembered=await remembered(session, inbox, conversation, identity, absence),
    )


async def locked(session: AsyncSession, work: Work) -> Row[InboxMessage, Conversation]:
    """The message and its conversation as they are now, held until the transaction ends."""
    statement = select(InboxMessage, Conversation).join(Conversation, Conversation.id == InboxMessage.conversation_id)
    rows = await session.execute(statement.where(InboxMessage.id == work.inbox.id).with_for_update(key_share=True))
    return rows.one()


def end(inbox: InboxMessage, status: str, error: str | None = None) -> None:
    """Set what became of a message: `processed`, or `failed` with the reason."""
    inbox.status, inbox.error = status, error
    if status == "processed":
        inbox.processed_at = now()


def _with_its_conversation(inbox_id: UUID) -> Select[InboxMessage, Conversation, ChannelIdentity]:
    return (
        select(InboxMessage, Conversation, ChannelIdentity)
        .join(Conversation, Conversation.id == InboxMessage.conversation_id)
        .join(ChannelIdentity, ChannelIdentity.id == Conversation.identity_id)
        .where(InboxMessage.id == inbox_id)
    )


async def _first_of(session: AsyncSession, inbox: InboxMessage) -> InboxMessage:
    """The message that another is handled with, which ends with it if that has ended."""
    first = await session.get_one(InboxMessage, inbox.gathered_into)
    if first.status == "processed":
        end(inbox, "processed")
    return first


async def _chosen(
    session: AsyncSession, conversation: Conversation, message: InboundMessage, question: AgencyQuestion | None
) -> str | None:
    """The payload of the button that was pressed, or whose number or title was typed.

    To a question that was asked since, what is typed is an answer in words.
    """
    if subscription.change_wanted(message) == "start":
        return subscription.GREET
    if message.command:
        return commands.payload_of(message)
    if message.button:
        return await buttons.pressed(session, conversation, message.button) or buttons.STALE
    if not message.text or message.media or message.edits or (question and question.newest):
        return None
    before = await buttons.open_buttons(session, conversation)
    return before.typed(message.text) if before else None
