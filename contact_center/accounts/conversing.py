"""How an agent takes conversations: how many at once, and in which languages."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.accounts.models import LANGUAGES
from contact_center.accounts.service import locked
from contact_center.errors import InvalidInput

MOST = 20
"""Nobody holds more conversations at once."""


async def set_conversing(
    session: AsyncSession, username: str, *, capacity: int, speaks: Collection[str], actor: str
) -> bool:
    """Set both; False where nothing is different.

    Raises `NotFound`, `InvalidInput` for a number that cannot be, or for no language or an unknown one.
    """
    if not 1 <= capacity <= MOST:
        raise InvalidInput(f"An agent holds 1 to {MOST} conversations at once.", why="capacity")
    if not speaks or not set(speaks) <= set(LANGUAGES):
        raise InvalidInput(f"An agent speaks at least one of {', '.join(LANGUAGES)}.", why="speaks")
    account = await locked(session, username)
    wanted = {"capacity": capacity, "speaks": [language for language in LANGUAGES if language in speaks]}
    changes = {name: [getattr(account, name), to] for name, to in wanted.items() if getattr(account, name) != to}
    for name, (_, to) in changes.items():
        setattr(account, name, to)
    if "speaks" in changes:
        changes["speaks"] = [" ".join(languages) for languages in changes["speaks"]]
    if changes:
        await audit.record(session, actor, "account.conversing", account.username, **changes)
    return bool(changes)
