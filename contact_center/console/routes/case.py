"""One case: its page, an answer to the citizen, a change of status."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.api.dependencies import DatabaseOf, StorageOf
from contact_center.cases import reopening, service
from contact_center.cases.assigning import assign
from contact_center.cases.interim import promise
from contact_center.cases.kinds import SUGGESTION
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.outcomes import OutcomeNeeded
from contact_center.cases.suggestion_progress import take_further
from contact_center.cases.transfer import Target, transfer
from contact_center.console.case_deeds import Canned, Key, Words, case_page, do
from contact_center.console.forms import Answer, NewDate, NewStatus, sent
from contact_center.console.permissions import bound_by_rule, may_set, speaks_for_agency
from contact_center.console.staff import Staff, actor
from contact_center.errors import Forbidden, InvalidInput

router = APIRouter(prefix="/cases/{reference}")


@router.get("")
async def show(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    done: str = "",
    canned: str = "",
    field: Literal["reply", "word", "interim"] = "reply",
) -> Response:
    """The case's page. `done`: what has just been done there; `canned`: the code of a reply to begin a field with."""
    return await case_page(request, database, account, reference, done=done, canned=Canned(canned, field))


@router.post("/reply")
async def reply(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    storage: StorageOf,
) -> Response:
    """Answer the citizen as the case's agency, with photos, and close the case with that if `close`; a suggestion by
    its outcome."""
    async with sent(request, storage, Answer) as (said, files):

        async def answer(session: AsyncSession, case: Case) -> CaseEvent:
            if not speaks_for_agency(account, case):
                raise Forbidden("Only the case's agency answers it.")
            if case.type == SUGGESTION and not (said.outcome or case.outcome):
                raise OutcomeNeeded("A suggestion is answered with what becomes of it.")
            return await service.reply(
                session,
                case,
                said.text,
                close=said.close,
                outcome=said.outcome or None,
                actor=actor(account),
                files=files,
                idempotency_key=said.key,
            )

        return await do(request, database, account, reference, answer, done="replied", files=files, text=said.text)


@router.post("/outcome")
async def take_suggestion_further(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    key: Key,
    outcome: Annotated[str, Form(max_length=40)],
    text: Words = "",
) -> Response:
    """Say what has become of an answered suggestion."""

    async def judge(session: AsyncSession, case: Case) -> CaseEvent:
        if not speaks_for_agency(account, case):
            raise Forbidden("Only the case's agency says what becomes of a suggestion.")
        return await take_further(session, case, outcome, text, actor=actor(account), idempotency_key=key)

    return await do(request, database, account, reference, judge, done="judged", progress=text)


@router.post("/interim-reply")
async def interim_reply(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    storage: StorageOf,
) -> Response:
    """Tell the citizen, as the case's agency, why the answer takes longer and by which day it comes."""
    async with sent(request, storage, NewDate) as (said, files):

        async def give_another_date(session: AsyncSession, case: Case) -> CaseEvent:
            if not speaks_for_agency(account, case):
                raise Forbidden("Only the case's agency promises another date.")
            who = actor(account)
            return await promise(
                session, case, said.text, said.due_on, actor=who, files=files, idempotency_key=said.key
            )

        act = give_another_date
        return await do(request, database, account, reference, act, done="promised", files=files, interim=said.text)


@router.post("/assign")
async def give(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    key: Key,
    to: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Give the case to a person of its agency, be it oneself."""

    async def hand(session: AsyncSession, case: Case) -> CaseEvent:
        if not speaks_for_agency(account, case):
            raise Forbidden("Only the case's agency says who works on it.")
        return await assign(session, case, to, actor=actor(account), idempotency_key=key)

    return await do(request, database, account, reference, hand, done="assigned")


@router.post("/transfer")
async def send_on(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    key: Key,
    agency: Annotated[str, Form(max_length=60)] = "",
    category: Annotated[str, Form(max_length=60)] = "",
    reason: Words = "",
) -> Response:
    """Send the case on to another agency or category, with the reason for those who get it."""
    target = Target(agency or None, category or None)

    async def pass_on(session: AsyncSession, case: Case) -> CaseEvent:
        if not speaks_for_agency(account, case):
            raise Forbidden("Only the case's agency sends it on.")
        return await transfer(session, case, target, reason, actor=actor(account), idempotency_key=key)

    return await do(request, database, account, reference, pass_on, done="sent_on", reason=reason)


@router.post("/notes")
async def write_note(
    request: Request, reference: str, account: Staff, database: DatabaseOf, key: Key, text: Words = ""
) -> Response:
    """Write a note that only staff read; whoever sees the case may."""

    async def write(session: AsyncSession, case: Case) -> CaseEvent:
        return await service.note(session, case, text, actor=actor(account), idempotency_key=key)

    return await do(request, database, account, reference, write, done="noted", staff_note=text)


@router.post("/status")
async def set_status(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    storage: StorageOf,
) -> Response:
    """Move the case on, with a word (and photos) to the citizen from whoever may speak for the agency."""
    async with sent(request, storage, NewStatus) as (said, files):

        async def move(session: AsyncSession, case: Case) -> CaseEvent:
            if not may_set(account, case, said.status):
                raise Forbidden("This status is not set by hand here.")
            if bound_by_rule(account, case, said.status):
                await reopening.check(session, case)
            word, who = said.text.strip() or None, actor(account)
            if (word or files) and not speaks_for_agency(account, case):
                raise Forbidden("Only the case's agency speaks to the citizen.")
            if said.status == Status.WAITING and word is None:
                raise InvalidInput("Who is to answer something is asked something.")
            return await service.set_status(
                session, case, said.status, actor=who, text=word, files=files, idempotency_key=said.key
            )

        return await do(request, database, account, reference, move, done="moved", files=files, word=said.text)
