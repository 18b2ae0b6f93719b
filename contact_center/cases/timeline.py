"""Write to a case's timeline."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.models import Case, CaseEvent


async def record(
    session: AsyncSession,
    case: Case,
    kind: str,
    actor: str,
    *,
    public: bool,
    text: str | None = None,
    idempotency_key: str | None = None,
    **data: object,
) -> CaseEvent:
    """Add an event; `data` takes JSON values. The caller holds the case's row or has just made it."""
    event = CaseEvent(
        case_id=case.id, kind=kind, actor=actor, public=public, text=text, data=data, idempotency_key=idempotency_key
    )
    session.add(event)
    await session.flush()
    return event


async def recorded(session: AsyncSession, case: Case, idempotency_key: str | None) -> CaseEvent | None:
    """The event that was recorded under `idempotency_key`, if any."""
    if idempotency_key is None:
        return None
    same = (CaseEvent.case_id == case.id, CaseEvent.idempotency_key == idempotency_key)
    return await session.scalar(select(CaseEvent).where(*same))
