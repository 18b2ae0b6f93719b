"""Lists that staff have saved and that search for a person: they hold what was typed."""

from collections.abc import Collection
from urllib.parse import unquote_plus

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import digits, normalise
from contact_center.accounts.models import SavedFilter

_OWN_DIGITS = 8
"""The last digits of a number, which people type with or without what stands before them."""
_OWN_WORDS = 2
"""A name of fewer words is many people's."""


async def forget(session: AsyncSession, phones: Collection[str], names: Collection[str]) -> None:
    """Delete those that hold one of these numbers (E.164) or whole names, in whatever writing. Staff save few."""
    numbers = {phone[-_OWN_DIGITS:] for phone in phones}
    whole = {normalise(name) for name in names if len(name.split()) >= _OWN_WORDS}
    saved = await session.execute(select(SavedFilter.id, SavedFilter.name, SavedFilter.query))
    about = [row.id for row in saved if _tells(f"{row.name} {unquote_plus(row.query)}", numbers, whole)]
    await session.execute(delete(SavedFilter).where(SavedFilter.id.in_(about)))


def _tells(text: str, numbers: Collection[str], names: Collection[str]) -> bool:
    figures = "".join(sign for sign in digits(text) if sign.isdecimal())
    words = normalise(text)
    return any(number in figures for number in numbers) or any(name in words for name in names)
