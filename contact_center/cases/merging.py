"""Merging a case into another about the same thing, and taking that back. Nothing here commits.

Whoever filed or joined the duplicate follows the main case from then on; its words and files stay with it. A case with
duplicates of its own may become one: then everybody follows along. When a duplicate is reopened, those leave whom it
brought.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases import timeline
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.merged import bring, let_go
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.steps import lock, move
from contact_center.errors import Conflict

MERGED = "merged"
"""The kind of the duplicate's event, for the citizen; `data["into"]`: the main case's reference number."""
TOOK_IN, LET_GO = "took_in", "let_go"
"""The kinds of the main case's events, for staff; `data["duplicate"]`: the other's reference number."""


class NotMergeable(Conflict):
    """The other case is the same one, or has ended."""

    code = "not_mergeable"


async def merge(
    session: AsyncSession, case: Case, main: Case, *, actor: str, idempotency_key: str | None = None
) -> CaseEvent:
    """Make an open case a duplicate of another open one. Returns the public `merged` event.

    The same `idempotency_key` again returns the first event and changes nothing. Raises `NotMergeable`, and `Conflict`
    for a case that has ended. There are no circles: a duplicate is not open. Whether the one who asks may see both is
    for the caller to know.
    """
    await _lock(session, case, main)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    if case.id == main.id or main.status not in OPEN:
        raise NotMergeable("A case is merged into another open one.", into=main.reference, status=main.status)
    before = case.status
    await move(session, case, Status.DUPLICATE)
    case.duplicate_of = main.id
    await session.flush()
    await bring(session, main)
    await timeline.record(session, main, TOOK_IN, actor, public=False, duplicate=case.reference)
    return await timeline.record(
        session,
        case,
        MERGED,
        actor,
        public=True,
        idempotency_key=idempotency_key,
        into=main.reference,
        before=before,
        after=case.status,
    )


async def part(session: AsyncSession, case: Case, *, actor: str) -> None:
    """Undo what `merge` did to the main case, for a duplicate that is held and has been reopened."""
    if case.duplicate_of is None:
        return
    main = await session.get_one(Case, case.duplicate_of, with_for_update=True, populate_existing=True)
    case.duplicate_of = None
    await session.flush()
    await timeline.record(session, main, LET_GO, actor, public=False, duplicate=case.reference)
    followed: Case | None = main
    while followed is not None:  # once, and once more for each case that the main one was merged into meanwhile
        await let_go(session, followed)
        await bring(session, followed)
        followed = await session.get(Case, followed.duplicate_of) if followed.duplicate_of else None


async def _lock(session: AsyncSession, case: Case, main: Case) -> None:
    """Hold both, always in the same order, so that two who merge crosswise do not wait for each other."""
    for one in sorted({case.id: case, main.id: main}.values(), key=lambda each: each.id):
        await lock(session, one)
