"""Keys of machines: `tws_…`, shown once, of which only the SHA-256 is kept."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.accounts.models import ApiKey
from contact_center.accounts.tokens import new_token, token_hash
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput, NotFound

PREFIX = "tws_"
MAX_NAME = 80
_USED_EVERY = timedelta(minutes=1)
"""How exactly the last use is known; a write at every request would be waste."""


async def create_key(session: AsyncSession, name: str, *, actor: str) -> str:
    """A new key under a name; returns the key, which cannot be read again.

    Raises `InvalidInput` for a name that is empty or too long, `Conflict` for one that is taken.
    """
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME:
        raise InvalidInput(f"A key's name has 1 to {MAX_NAME} characters.", why="name")
    key = PREFIX + new_token()
    row = insert(ApiKey).values(name=name, key_hash=token_hash(key))
    if await session.scalar(row.on_conflict_do_nothing(index_elements=["name"]).returning(ApiKey.id)) is None:
        raise Conflict(f"There is already a key {name!r}.", why="taken")
    await audit.record(session, actor, "key.create", name)
    return key


async def verify_key(session: AsyncSession, key: str) -> ApiKey | None:
    """The key's entry, if it is one of ours and not revoked; notes that it was used."""
    if not key.startswith(PREFIX):
        return None
    valid = (ApiKey.key_hash == token_hash(key), ApiKey.revoked_at.is_(None))
    found = await session.scalar(select(ApiKey).where(*valid))
    if found and (found.last_used_at is None or now() - found.last_used_at >= _USED_EVERY):
        found.last_used_at = now()
    return found


async def revoke_key(session: AsyncSession, name: str, *, actor: str) -> None:
    """Make a key worthless, for good. Raises `NotFound`."""
    key = await session.scalar(select(ApiKey).where(ApiKey.name == name.strip()).with_for_update())
    if key is None:
        raise NotFound(f"There is no key {name!r}.")
    if key.revoked_at is None:
        key.revoked_at = now()
        await audit.record(session, actor, "key.revoke", key.name)
