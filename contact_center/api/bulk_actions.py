"""One thing done to many cases: each in a transaction of its own, so that what one refuses holds up no other."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import catalogue
from contact_center.cases import queries, service
from contact_center.cases.assigning import assign
from contact_center.cases.kinds import SUGGESTION
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.outcomes import OutcomeNeeded
from contact_center.cases.transfer import Target, transfer
from contact_center.database import Database
from contact_center.errors import InvalidInput, TawasulError
from contact_center.notifications.canned import filled_for
from contact_center.notifications.case_events import tell_event

MOST = 100
"""Cases at once."""


class NoSuchReply(InvalidInput):
    """The canned reply is none that the case's agency may use, or lacks something of the case."""

    code = "no_such_reply"


class BulkAction(BaseModel):
    """What is done: `assign` it `to` a username, set its `status` (with a `text`), `transfer` it to an `agency` or
    `category` for a `reason`, or `reply` with a `text` or with a `canned` reply by code, and `close` it with that."""

    model_config = ConfigDict(extra="forbid")
    do: Literal["assign", "status", "transfer", "reply"]
    to: str = Field("", max_length=100)
    status: str = Field("", max_length=40)
    agency: str = Field("", max_length=60)
    category: str = Field("", max_length=60)
    reason: str = Field("", max_length=10_000)
    text: str = Field("", max_length=10_000)
    canned: str = Field("", max_length=60)
    close: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one case: its status now, or the code and sentence of why nothing was done."""

    reference: str
    done: bool
    status: str | None = None
    error: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class Doer:
    """Who does it, once for each case and `key`; `allow` raises where they may not do it to a case."""

    actor: str
    key: str | None
    allow: Callable[[Case, BulkAction], None]


async def in_bulk(database: Database, references: Sequence[str], action: BulkAction, doer: Doer) -> list[Outcome]:
    """Do it to each case, and tell its citizen; the outcomes in the order of the references, each once."""
    return [await _one(database, reference, action, doer) for reference in dict.fromkeys(references)]


async def _one(database: Database, reference: str, action: BulkAction, doer: Doer) -> Outcome:
    try:
        async with database.transaction() as session:
            case = await queries.required(session, reference)
            doer.allow(case, action)
            event = await _DEEDS[action.do](session, case, action, doer)
            await tell_event(session, await catalogue(session), case, event)
    except TawasulError as error:
        return Outcome(reference, done=False, error=error.code, message=error.sentence)
    return Outcome(case.reference, done=True, status=case.status)


async def _assign(session: AsyncSession, case: Case, action: BulkAction, doer: Doer) -> CaseEvent:
    return await assign(session, case, action.to, actor=doer.actor, idempotency_key=doer.key)


async def _set_status(session: AsyncSession, case: Case, action: BulkAction, doer: Doer) -> CaseEvent:
    words, key = action.text.strip() or None, doer.key
    return await service.set_status(session, case, action.status, actor=doer.actor, text=words, idempotency_key=key)


async def _transfer(session: AsyncSession, case: Case, action: BulkAction, doer: Doer) -> CaseEvent:
    target = Target(action.agency or None, action.category or None)
    return await transfer(session, case, target, action.reason, actor=doer.actor, idempotency_key=doer.key)


async def _reply(session: AsyncSession, case: Case, action: BulkAction, doer: Doer) -> CaseEvent:
    if case.type == SUGGESTION and not case.outcome:
        raise OutcomeNeeded("A suggestion is answered with what becomes of it.")
    words = await _canned(session, case, action.canned) if action.canned else action.text
    return await service.reply(session, case, words, close=action.close, actor=doer.actor, idempotency_key=doer.key)


async def _canned(session: AsyncSession, case: Case, code: str) -> str:
    replies = {reply.code: reply.text for reply in await filled_for(session, case, await catalogue(session))}
    if code not in replies:
        raise NoSuchReply("This canned reply is not for this case.", canned=code)
    return replies[code]


_DEEDS: Mapping[str, Callable[[AsyncSession, Case, BulkAction, Doer], Awaitable[CaseEvent]]] = {
    "assign": _assign,
    "status": _set_status,
    "transfer": _transfer,
    "reply": _reply,
}
