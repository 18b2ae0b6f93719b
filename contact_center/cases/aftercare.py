"""What the one who filed a case may do with it afterwards: add to it, withdraw it, reopen it, rate the reply.

Whether somebody is that person is asked first (`queries.may_see_all`). Nothing here commits. Each takes an
`idempotency_key`: the same key again returns the first event and changes nothing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.service import link_to_case
from contact_center.cases import reopening, timeline
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.merged import main_of
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.steps import lock, move
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput

RATE_WITHIN = timedelta(days=14)
"""How long after a reply it may be rated."""
BEST, WORST = 5, 1


async def add_information(
    session: AsyncSession,
    case: Case,
    text: str | None,
    *,
    attachments: Collection[UUID] = (),
    conversation_id: UUID | None = None,
    actor: str = "citizen",
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Add words or attachments of a conversation to an open case; one that waited for them goes on.

    What is added to a duplicate goes to the case that is worked on as well. Returns the public `information` event.
    Raises `InvalidInput` where there is nothing to add, `Conflict` where the case has ended (reopen it).
    """
    words = (text or "").strip() or None
    if words is None and not attachments:
        raise InvalidInput("There is nothing to add.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    before, files = case.status, [str(attachment) for attachment in attachments]
    if case.status == Status.DUPLICATE:
        await _pass_on(session, case, words, files)
    elif case.status not in OPEN:
        raise Conflict(f"Nothing can be added to a case that is {case.status}.", status=case.status)
    if case.status == Status.WAITING:
        await move(session, case, Status.IN_PROGRESS)
    if conversation_id is not None:
        await link_to_case(session, case.id, conversation_id, attachments)
    return await timeline.record(
        session,
        case,
        "information",
        actor,
        public=True,
        text=words,
        idempotency_key=idempotency_key,
        attachments=files,
        before=before,
        after=case.status,
    )


async def _pass_on(session: AsyncSession, duplicate: Case, words: str | None, files: Sequence[str]) -> None:
    """Let the agency read with the case that is worked on what was added to a duplicate of it."""
    main = await main_of(session, duplicate)
    await lock(session, main)
    if main.status not in OPEN:
        raise Conflict(f"Nothing can be added to a case that is {main.status}.", status=main.status)
    contact = {"contact_name": duplicate.contact_name, "contact_phone": duplicate.contact_phone}
    await timeline.record(
        session,
        main,
        "information",
        "follower",
        public=False,
        text=words,
        attachments=files,
        duplicate=duplicate.reference,
        **{name: value for name, value in contact.items() if value},
    )


async def withdraw(
    session: AsyncSession,
    case: Case,
    reason: str | None = None,
    *,
    actor: str = "citizen",
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Take a case back. Returns the public `withdrawn` event. Raises `Conflict` where it has ended already."""
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    return known or await _move(session, case, Status.WITHDRAWN, reason, actor, idempotency_key)


async def reopen(
    session: AsyncSession,
    case: Case,
    reason: str,
    *,
    attachments: Collection[UUID] = (),
    conversation_id: UUID | None = None,
    actor: str = "citizen",
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Have a case worked on again, with a new date for the reply. Returns the public `reopened` event.

    Raises `InvalidInput` for an empty reason, and what `reopening.check` raises.
    """
    if not reason.strip():
        raise InvalidInput("A case is reopened for a reason.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    await reopening.check(session, case)
    if conversation_id is not None:
        await link_to_case(session, case.id, conversation_id, attachments)
    return await _move(session, case, Status.REOPENED, reason, actor, idempotency_key)


async def rate(
    session: AsyncSession,
    case: Case,
    rating: int,
    comment: str | None = None,
    *,
    actor: str = "citizen",
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Rate the newest reply, 1 (worst) to 5, with or without a word; a later rating replaces an earlier one.

    Returns the public `rating` event. Raises `InvalidInput` for another number, `TooLate` after `RATE_WITHIN`,
    `Conflict` for a case that nobody has answered.
    """
    if not WORST <= rating <= BEST:
        raise InvalidInput("A rating is a number from 1 to 5.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    replied_at = await _replied_at(session, case)
    if replied_at is None:
        raise Conflict("This case has not been answered yet.")
    if now() > replied_at + RATE_WITHIN:
        raise reopening.TooLate("It is too late to rate this reply.")
    before, case.rating = case.rating, rating
    words = (comment or "").strip() or None
    return await timeline.record(
        session,
        case,
        "rating",
        actor,
        public=True,
        text=words,
        idempotency_key=idempotency_key,
        rating=rating,
        before=before,
    )


async def _move(
    session: AsyncSession, case: Case, status: Status, reason: str | None, actor: str, idempotency_key: str | None
) -> CaseEvent:
    before = case.status
    await move(session, case, status)
    words = (reason or "").strip() or None
    return await timeline.record(
        session,
        case,
        status.value,
        actor,
        public=True,
        text=words,
        idempotency_key=idempotency_key,
        before=before,
        after=case.status,
    )


async def _replied_at(session: AsyncSession, case: Case) -> datetime | None:
    newest = select(CaseEvent.at).where(CaseEvent.case_id == case.id, CaseEvent.kind == "reply")
    return await session.scalar(newest.order_by(CaseEvent.id.desc()).limit(1))
