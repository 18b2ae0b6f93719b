"""Open cases that a call may be about, as the page of the call shows them while its form fills."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.entries import Catalogue
from contact_center.agencies.queries import catalogue
from contact_center.cases import queries
from contact_center.cases.duplicates import TYPE, Draft, Similar, likeliest
from contact_center.citizens.models import ChannelIdentity
from contact_center.console.moments import day
from contact_center.console.rendering import area
from contact_center.console.words import words
from contact_center.conversations.models import Conversation

SHOWN = 3


async def similar_to(session: AsyncSession, call: Conversation, language: str) -> list[dict[str, str]]:
    """As soon as place and category of a complaint are known: `{reference, category, place, status, day, own}`, each in
    words (`own`: that the caller filed or joined it, or nothing). The first is what the assistant will ask about."""
    filled = call.draft
    located = any(filled.get(name) for name in ("block", "area", "lat"))
    if not filled.get("category") or not located or filled.get("case_type", TYPE) not in (TYPE, None):
        return []
    identity = await session.get_one(ChannelIdentity, call.identity_id)
    theirs = await queries.identities_with(session, identity)
    known = await catalogue(session)
    found = await likeliest(session, Draft.of(filled), theirs, SHOWN)
    return [_told(one, known, language) for one in found]


def _told(similar: Similar, known: Catalogue, language: str) -> dict[str, Any]:
    case = similar.case
    parts = [area(case.area, language) if case.area else ""]
    parts += [
        f"{words(f'field.{name}', language)} {value}" for name in ("block", "road") if (value := getattr(case, name))
    ]
    return {
        "reference": case.reference,
        "category": known.categories[case.category].name(language),
        "place": ("، " if language == "ar" else ", ").join(filter(None, parts)),
        "status": words(f"status.{case.status}", language),
        "day": day(case.created_at, language=language),
        "own": words("call.similar_own", language) if similar.own else "",
    }
