"""Finding a category by what people call it: by the catalogue's words, and by what the assistant makes of them."""

from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.category_words import named_by
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.queries import catalogue
from contact_center.console.draft_form import category_option
from contact_center.conversations.dialogue import Assistant, AssistantUnavailable, TurnFailed
from contact_center.database import Database

MOST = 8
ASSISTANT_SECONDS = 0.7
"""How long an agent who types waits for the assistant; then the catalogue's words alone are used."""
_SURE_ENOUGH = 0.02
"""Below it the assistant's guesses are noise."""

log = structlog.get_logger()


async def search(database: Database, assistant: Assistant, typed: str, language: str) -> dict[str, Any]:
    """`{options, assistant}`: options as `draft_form.category_option` has them, the likeliest first, and whether the
    assistant was asked and answered. No transaction is open while it is asked."""
    known = await _catalogue(database)
    guesses = await _guesses(assistant, typed) if typed.strip() else {}
    found = ranked(known, named_by(known, typed), guesses or {})
    options = [category_option(known, known.offered[code], language) for code in found[:MOST]]
    return {"options": options, "assistant": guesses is not None}


def ranked(known: Catalogue, named: Mapping[str, float], guessed: Mapping[str, float]) -> list[str]:
    """Codes, those first for which words and assistant together say most; the catalogue's order among equals."""
    likely = {code: share for code, share in guessed.items() if share >= _SURE_ENOUGH}
    found = [code for code in known.offered if code in named or code in likely]
    return sorted(found, key=lambda code: -(named.get(code, 0.0) + likely.get(code, 0.0)))


async def _catalogue(database: Database) -> Catalogue:
    session: AsyncSession
    async with database.transaction() as session:
        return await catalogue(session)


async def _guesses(assistant: Assistant, typed: str) -> dict[str, float] | None:
    """None where the assistant does not answer in time."""
    try:
        return await assistant.categories_of(typed, ASSISTANT_SECONDS)
    except (AssistantUnavailable, TurnFailed) as error:
        log.info("category_search_without_assistant", reason=type(error).__name__)
        return None
