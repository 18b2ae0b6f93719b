"""What can be done with cases. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.service import Assignment, assign
from contact_center.attachments.proof import Proof, kept
from contact_center.attachments.service import link_to_case
from contact_center.cases import outcomes, timeline
from contact_center.cases.deadline_marks import Timing, next_at
from contact_center.cases.kinds import COMPLIMENT
from contact_center.cases.lifecycle import Status
from contact_center.cases.merging import part
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.praise import praised_in
from contact_center.cases.queries import filed_by_message
from contact_center.cases.reference import new_reference
from contact_center.cases.search import search_text
from contact_center.cases.steps import lock, move
from contact_center.cases.wording import signature
from contact_center.clock import BAHRAIN, now
from contact_center.errors import InvalidInput, Unavailable

FILED = "filed"
"""The kind of a case's first event, and its idempotency key."""
_TRIES = 20
"""With half a year's numbers taken, 20 tries in a row fail once in a million."""


class FilesWithoutWords(InvalidInput):
    """Files for the citizen, and nothing said with them."""

    code = "files_without_words"


async def file(session: AsyncSession, new: NewCase) -> Case:
    """File a case: settle agency and deadline, give it a reference number, start its timeline, take its attachments.

    Filing the same `source_message_id` again, be it at the same time, returns the case that is there and changes
    nothing. Raises `InvalidInput` for a category or governorate that does not exist.
    """
    earlier = await filed_by_message(session, new.source_message_id)
    if earlier is not None:
        return earlier
    filed_at = now()
    assignment = await assign(session, new.category, new.governorate, filed_at)
    for _ in range(_TRIES):
        row = _row(new, assignment, filed_at)
        # Waits for a transaction that is filing the same message; a clash of either unique column inserts nothing.
        case: Case | None = await session.scalar(insert(Case).values(**row).on_conflict_do_nothing().returning(Case))
        if case is not None:
            await _start(session, case, new)
            return case
        earlier = await filed_by_message(session, new.source_message_id)
        if earlier is not None:
            return earlier
    raise Unavailable("No free reference number was found.")


async def reply(
    session: AsyncSession,
    case: Case,
    text: str,
    *,
    close: bool,
    actor: str,
    files: Proof | None = None,
    outcome: str | None = None,
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Answer the citizen, with `files`, and close the case if `close`. Returns the public `reply` event.

    `outcome`: what becomes of a suggestion, kept as `data["outcome"]`; None says nothing of it. The same
    `idempotency_key` again returns the first event and changes nothing. Raises `InvalidInput` for an empty text,
    `Conflict` for a case that has ended (reopen it first), and for an outcome what `outcomes.check` raises.
    """
    if not text.strip():
        raise InvalidInput("An answer needs words.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    before, judged = case.status, _judge(case, outcome)
    await move(session, case, Status.CLOSED if close else Status.ANSWERED)
    case.answered_at = now()
    return await timeline.record(
        session,
        case,
        "reply",
        actor,
        public=True,
        text=text.strip(),
        idempotency_key=idempotency_key,
        before=before,
        after=case.status,
        **await kept(session, case.id, files),
        **judged,
    )


def _judge(case: Case, outcome: str | None) -> Mapping[str, str]:
    """Give the case an outcome where there is one, and the event its data."""
    if outcome is None:
        return {}
    case.outcome = outcomes.check(case, outcome, again=True).value
    return {"outcome": case.outcome}


async def set_status(
    session: AsyncSession,
    case: Case,
    status: str,
    *,
    actor: str,
    text: str | None = None,
    files: Proof | None = None,
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Move a case to `status`, with an optional word to the citizen, and `files` with it. Returns the `status` event.

    The same `idempotency_key` again returns the first event and changes nothing. Raises `Conflict` where the case may
    not go there (see `lifecycle`), `FilesWithoutWords`.
    """
    if files and not text:
        raise FilesWithoutWords("Say with a word what the files show.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    before = case.status
    await move(session, case, status)
    await part(session, case, actor=actor)
    return await timeline.record(
        session,
        case,
        "status",
        actor,
        public=True,
        text=text,
        idempotency_key=idempotency_key,
        before=before,
        after=case.status,
        **await kept(session, case.id, files),
    )


async def note(
    session: AsyncSession, case: Case, text: str, *, actor: str, idempotency_key: str | None = None
) -> CaseEvent:
    """Write down what only staff may read, wherever the case stands. Returns the `note` event.

    The same `idempotency_key` again returns the first event. Raises `InvalidInput` for an empty text.
    """
    if not text.strip():
        raise InvalidInput("A note needs words.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    words, key = text.strip(), idempotency_key
    return known or await timeline.record(session, case, "note", actor, public=False, text=words, idempotency_key=key)


async def _start(session: AsyncSession, case: Case, new: NewCase) -> None:
    await timeline.record(session, case, FILED, new.actor, public=True, idempotency_key=FILED, agency=case.agency)
    if new.conversation_id is not None:
        await link_to_case(session, case.id, new.conversation_id, new.attachments)


def _row(new: NewCase, assignment: Assignment, filed_at: datetime) -> Mapping[str, Any]:
    reference = new_reference(filed_at.astimezone(BAHRAIN).year).display
    if new.anonymous:
        new = new.model_copy(update={"contact_name": None, "contact_phone": None})
    return {
        **new.model_dump(exclude={"attachments", "actor"}),
        "reference": reference,
        "agency": assignment.agency.code,
        **({"praised": praised_in(new.description)} if new.type == COMPLIMENT else _deadline(assignment)),
        "created_at": filed_at,
        "meant_for": assignment.way.meant_for,
        "routing_since": filed_at if assignment.way.waits else None,
        "search_text": search_text(reference, new.contact_phone, new.contact_name, *_place(new), new.description),
        "wording": signature(new.description),
    }


def _place(new: NewCase) -> tuple[str | None, ...]:
    return new.area, new.block, new.road, new.building, new.address


def _deadline(assignment: Assignment) -> Mapping[str, Any]:
    term, due, agency, calendar = assignment.term, assignment.due_at, assignment.agency, assignment.calendar
    return {"term": term, "due_at": due, "next_mark_at": next_at((), Timing(term, due, due), agency, calendar)}
