"""A compliment reaches the person it is about: who that is, and that they were told. Nothing here commits."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import find_staff_names
from contact_center.cases import timeline
from contact_center.cases.kinds import COMPLIMENT
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.steps import lock
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput

PASSED_ON = "passed_on"
"""The kind of its event, and its key: it happens once. `data["praised"]`: who was named, None for nobody."""
OUT_OF_USE = frozenset({Status.WITHDRAWN, Status.DUPLICATE})
"""Where nothing is passed on any more."""


def praised_in(description: str) -> str | None:
    """The members of staff whom a compliment names, as they are written there."""
    names = find_staff_names(description)
    comma = ", " if all(name.isascii() for name in names) else "، "
    return comma.join(names) or None


def can_be_passed_on(case: Case) -> bool:
    """Whether it is a compliment that nobody has passed on yet."""
    return case.type == COMPLIMENT and case.passed_on_at is None and case.status not in OUT_OF_USE


async def pass_on(session: AsyncSession, case: Case, *, actor: str) -> CaseEvent:
    """Note that the person whom a compliment is about was told of it; its status stays.

    Returns the public `passed_on` event; a second time returns the first one and changes nothing. Raises
    `InvalidInput` for what is no compliment, `Conflict` for one that was withdrawn.
    """
    if case.type != COMPLIMENT:
        raise InvalidInput("Only a compliment is passed on.", type=case.type)
    await lock(session, case)
    known = await timeline.recorded(session, case, PASSED_ON)
    if known is not None:
        return known
    if case.status in OUT_OF_USE:
        raise Conflict(f"A compliment that is {case.status} is not passed on.", status=case.status)
    case.passed_on_at = now()
    return await timeline.record(
        session, case, PASSED_ON, actor, public=True, idempotency_key=PASSED_ON, praised=case.praised
    )
