"""Canned replies as they read for one case, in the language of its citizen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.entries import Catalogue
from contact_center.canned_replies.models import CannedReply
from contact_center.canned_replies.placeholders import can_be_filled, filled
from contact_center.canned_replies.queries import offered
from contact_center.cases.models import Case
from contact_center.conversations.models import Conversation
from contact_center.notifications.dates import readable_day


@dataclass(frozen=True)
class FilledReply:
    """A canned reply with the case's own values in it; titles are for staff, the text for the citizen."""

    code: str
    title_ar: str
    title_en: str
    text: str
    language: str


async def filled_for(session: AsyncSession, case: Case, catalogue: Catalogue) -> Sequence[FilledReply]:
    """Those that the case's agency may use; without those for which the case lacks something, as a deadline."""
    language = await _language(session, case)
    values = values_of(case, catalogue, language)
    return _filled(await offered(session, case.agency), values, language)


async def filled_in(
    session: AsyncSession, conversation: Conversation, name: str | None, case: Case | None, catalogue: Catalogue
) -> Sequence[FilledReply]:
    """Those for all agencies, for the contact centre to say in a conversation with somebody called `name`.

    `case`: their newest; without one, only replies that need none.
    """
    language = conversation.language
    values = {"name": name or ""} | (dict(values_of(case, catalogue, language)) if case else {})
    return _filled(await offered(session, None), values, language)


def values_of(case: Case, catalogue: Catalogue, language: str) -> Mapping[str, str]:
    """What stands in a case's canned replies, see `placeholders.PLACEHOLDERS`."""
    return {
        "name": case.contact_name or "",
        "reference": case.reference,
        "agency": catalogue.agencies[case.agency].name(language),
        "category": catalogue.categories[case.category].name(language),
        "date": readable_day(case.due_at, language) if case.due_at else "",
    }


async def _language(session: AsyncSession, case: Case) -> str:
    """What the citizen reads now; of a case without a conversation, what it was filed in."""
    spoken = select(Conversation.language).where(Conversation.id == case.conversation_id)
    return (await session.scalar(spoken) if case.conversation_id else None) or case.language


def _filled(replies: Sequence[CannedReply], values: Mapping[str, str], language: str) -> list[FilledReply]:
    return [
        FilledReply(reply.code, reply.title_ar, reply.title_en, filled(reply.text(language), values), language)
        for reply in replies
        if can_be_filled(reply.text(language), values)
    ]
