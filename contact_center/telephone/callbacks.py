"""Who is to be called back: asked for by key or promised by an agent, and settled once somebody has called."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput, NotFound
from contact_center.telephone.models import Callback, PhoneCall
from contact_center.telephone.outcomes import Outcome, Result


async def ask(session: AsyncSession, call: PhoneCall, phone: str) -> None:
    """Keep a caller's wish to be called at this number (E.164); once for a call, and for a number while it is open."""
    if call.state == "menu":
        call.outcome = Outcome.CALLBACK
    waits = exists().where(Callback.phone == phone, Callback.settled_at.is_(None))
    if await session.scalar(select(waits)):
        return
    new = {"call_id": call.id, "phone": phone, "language": call.language, "wanted_at": now()}
    await session.execute(insert(Callback).values(**new).on_conflict_do_nothing(index_elements=["call_id"]))


async def promise(session: AsyncSession, call: PhoneCall, at: datetime | None, username: str) -> None:
    """Keep when an agent promised to call (aware). Raises `InvalidInput` without a time to come or a number."""
    if call.phone is None:
        raise InvalidInput("The caller's number is withheld.", field="callback_at")
    if at is None or at <= now():
        raise InvalidInput("Say when to call back: a time to come.", field="callback_at")
    new = {"call_id": call.id, "phone": call.phone, "language": call.language}
    said = {"wanted_at": at, "promised_by": username, "settled_at": None, "settled_by": None, "result": None}
    kept = insert(Callback).values(**new, **said)
    await session.execute(kept.on_conflict_do_update(index_elements=["call_id"], set_=said))


async def take_back(session: AsyncSession, call: PhoneCall, username: str) -> None:
    """Drop what an agent promised in this call by mistake, while nobody has called."""
    theirs = (Callback.call_id == call.id, Callback.promised_by == username, Callback.settled_at.is_(None))
    await session.execute(delete(Callback).where(*theirs))


async def settle(session: AsyncSession, callback_id: UUID, result: Result, *, actor: str) -> Callback:
    """Note what came of it; the same again changes nothing. Raises `NotFound`, `Conflict` where another was first."""
    callback = await session.get(Callback, callback_id, with_for_update=True, populate_existing=True)
    if callback is None:
        raise NotFound("There is no such callback.")
    if callback.settled_at is not None:
        if (callback.settled_by, callback.result) == (actor, result):
            return callback
        raise Conflict("This callback is settled already.", by=callback.settled_by)
    callback.settled_at, callback.settled_by, callback.result = now(), actor, result
    await audit.record(session, actor, "callback.settle", str(callback_id), result=result)
    return callback


async def open_ones(session: AsyncSession, limit: int = 200) -> Sequence[Callback]:
    """Who is to be called, by when."""
    waits = select(Callback).where(Callback.settled_at.is_(None)).order_by(Callback.wanted_at, Callback.id)
    return list(await session.scalars(waits.limit(limit)))
