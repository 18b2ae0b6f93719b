"""What becomes of a suggestion after its answer, told as it comes about. Nothing here commits."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases import outcomes, timeline
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.steps import lock
from contact_center.errors import Conflict

PROGRESS = "outcome"
"""The kind of its event; `data["outcome"]`: the new outcome, `data["outcome_before"]`: the one before."""
_AFTER_ITS_ANSWER = frozenset({Status.ANSWERED, Status.CLOSED})


async def take_further(
    session: AsyncSession,
    case: Case,
    outcome: str,
    text: str | None = None,
    *,
    actor: str,
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Give an answered suggestion its next outcome, with a word to the citizen or none; its status stays.

    Returns the public `outcome` event; the same `idempotency_key` again returns the first one and changes nothing.
    Raises what `outcomes.check` raises, and `Conflict` for a suggestion that has not been answered (answer it).
    """
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    after = outcomes.check(case, outcome)
    if case.status not in _AFTER_ITS_ANSWER:
        raise Conflict(f"A suggestion that is {case.status} has no outcome yet: answer it.", status=case.status)
    before, case.outcome = case.outcome, after.value
    return await timeline.record(
        session,
        case,
        PROGRESS,
        actor,
        public=True,
        text=(text or "").strip() or None,
        idempotency_key=idempotency_key,
        outcome=case.outcome,
        outcome_before=before,
    )


def may_go_to(case: Case) -> list[outcomes.Outcome]:
    """The outcomes that it may be given now without another answer."""
    return outcomes.steps_of(case) if case.status in _AFTER_ITS_ANSWER else []
