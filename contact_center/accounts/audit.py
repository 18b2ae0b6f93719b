"""The audit trail: who did what to what."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import AuditEntry


async def record(session: AsyncSession, actor: str, action: str, subject: str, **data: object) -> None:
    """Add an entry in the session's transaction: it is there if, and only if, what it tells of is.

    `actor`: `account:<username>`, `key:<name>`, `cli` or `system`; `action`: a verb, `account.disable`; `data`: JSON
    values, never a secret.
    """
    session.add(AuditEntry(actor=actor, action=action, subject=subject, data=data))
    await session.flush()
