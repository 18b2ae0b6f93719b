"""Half-filled cases that nobody came back to: a reminder once in each pause, and after a month they are dropped."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center import jobs
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.queries import catalogue
from contact_center.attachments import service as attachments
from contact_center.attachments.models import Attachment
from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity
from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation
from contact_center.notifications.quiet_hours import is_night
from contact_center.notifications.sentences import sentence

DROPPED_AFTER = timedelta(days=30)
BATCH = 100
"""So many reminders at most a minute: providers allow few messages a second."""
REMINDER = "reminder:"
"""How the dedupe key of a reminder begins."""

_WHATSAPP_WINDOW = timedelta(hours=24)
_LONGEST = timedelta(days=3)
_TOLD = ("description", "attachments", "area", "lat")
_BUTTONS = (("go_on", "/resume_draft"), ("drop_it", "/cancel"))


async def remind(session: AsyncSession, after: timedelta) -> int:
    """Remind the persons who left a draft for longer than `after`, each once a pause; returns how many.

    Nobody is told at night, outside the channel's window, after STOP, during a call or while an agent has the
    conversation. Several workers at once each take others.
    """
    moment = now()
    if is_night(moment):
        return 0
    found, known = (await session.scalars(_forgotten(moment, after))).all(), await catalogue(session)
    for conversation in found:
        conversation.draft_reminded_at = moment
        await outbox.say(
            session,
            conversation,
            reminder(conversation, known),
            buttons=[{"title": sentence(name, conversation.language), "payload": does} for name, does in _BUTTONS],
            dedupe_key=f"{REMINDER}{conversation.id}:{conversation.last_inbound_at}",
        )
    return len(found)


async def drop_old(session: AsyncSession) -> int:
    """Have drafts dropped that are older than `DROPPED_AFTER`: a job each, in its turn among the messages."""
    old = select(Conversation.id).where(Conversation.draft != {}, *_untouched_since(now() - DROPPED_AFTER))
    found = (await session.scalars(old.limit(BATCH))).all()
    for conversation_id in found:
        await jobs.defer(session, jobs.DROP_DRAFT, lock=str(conversation_id), conversation_id=str(conversation_id))
    return len(found)


async def drop_files(session: AsyncSession) -> Collection[str]:
    """Forget the files that came with no case, long after; returns the storage keys that may go."""
    unused = (
        select(Attachment.id)
        .join(Conversation, Conversation.id == Attachment.conversation_id)
        .where(Attachment.case_id.is_(None), Conversation.draft == {})
        .where(Attachment.created_at < now() - DROPPED_AFTER, *_untouched_since(now() - DROPPED_AFTER))
    )
    return await attachments.drop(session, (await session.scalars(unused.limit(BATCH))).all())


async def is_old(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether a conversation's draft is still there and still old enough to be dropped."""
    theirs = select(Conversation.id).where(Conversation.id == conversation_id, Conversation.draft != {})
    return await session.scalar(theirs.where(*_untouched_since(now() - DROPPED_AFTER))) is not None


async def dropped(session: AsyncSession, conversation_id: UUID) -> None:
    """Note that the assistant has forgotten the draft."""
    conversation = await session.get_one(Conversation, conversation_id, with_for_update={"key_share": True})
    conversation.draft, conversation.expects = {}, None


def reminder(conversation: Conversation, known: Catalogue) -> str:
    """What the person is reminded of: the subject, and the question that stands open."""
    language, draft = conversation.language, conversation.draft
    entry = known.categories.get(draft.get("category") or "")
    subject = entry.name(language) if entry else _words(draft)
    name = f"missing_{conversation.expects}"
    missing = sentence(name if conversation.expects in _ASKED else "missing_rest", language)
    told = "reminder_about" if subject else "reminder"
    return sentence(told, language).format(subject=subject, missing=missing)


_ASKED = {
    "description", "case_type", "category", "area", "address", "attachments", "contact_name", "contact_phone",
    "confirm",
}  # fmt: skip
_LONGEST_SUBJECT = 50


def _words(draft: dict[str, Any]) -> str:
    words = " ".join(str(draft.get("description") or "").split())
    return words if len(words) <= _LONGEST_SUBJECT else f"{words[:_LONGEST_SUBJECT].rpartition(' ')[0]}…"


def _forgotten(moment: datetime, after: timedelta) -> Select[Conversation]:
    heard = Conversation.last_inbound_at
    return (
        select(Conversation)
        .join(ChannelIdentity, ChannelIdentity.id == Conversation.identity_id)
        .where(
            Conversation.draft != {},
            func.jsonb_exists_any(Conversation.draft, array(_TOLD)),
            Conversation.mode == "assistant",
            Conversation.channel != ChannelCode.CALL_CENTER.value,
            ChannelIdentity.opted_out_at.is_(None),
            heard <= moment - after,
            _inside_window(moment),
            or_(Conversation.draft_reminded_at.is_(None), Conversation.draft_reminded_at < heard),
        )
        .order_by(heard)
        .limit(BATCH)
        .with_for_update(of=Conversation, skip_locked=True, key_share=True)
    )


def _inside_window(moment: datetime) -> ColumnElement[bool]:
    heard, whatsapp = Conversation.last_inbound_at, Conversation.channel == ChannelCode.WHATSAPP.value
    return or_(and_(whatsapp, heard > moment - _WHATSAPP_WINDOW), and_(~whatsapp, heard > moment - _LONGEST))


def _untouched_since(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Conversation.last_inbound_at < moment, Conversation.mode == "assistant")
