"""Whether the one who filed a case may reopen it: how long after its answer, and how often, is its agency's rule."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.entries import AgencyEntry
from contact_center.agencies.queries import catalogue
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case
from contact_center.clock import now
from contact_center.errors import Conflict

_FROM = frozenset({Status.ANSWERED, Status.CLOSED, Status.WITHDRAWN})


class TooLate(Conflict):
    """The time for it has passed."""

    code = "too_late"


class TooOften(Conflict):
    """It was done as often as it may be; what comes now is a new case that names the old one."""

    code = "too_often"


def refusal(case: Case, agency: AgencyEntry, at: datetime) -> Conflict | None:
    """Why a case is not reopened at that moment (aware) by its filer: `TooOften`, `TooLate`, or a `Conflict` for one
    that is open or a duplicate; None where it may be. `agency`: the case's."""
    since = _ended_at(case)
    if case.status not in _FROM or since is None:
        return Conflict(f"A case that is {case.status} is not reopened.", status=case.status)
    if case.times_reopened >= agency.reopen_times or not agency.reopen_days:
        return TooOften("This case is not reopened any more; a new one may be filed that names it.")
    if at > since + timedelta(days=agency.reopen_days):
        return TooLate("It is too late to reopen this case; a new one may be filed that names it.")
    return None


async def check(session: AsyncSession, case: Case) -> None:
    """Raise what `refusal` says, by the agency's rule as it stands now."""
    agency = (await catalogue(session)).agencies[case.agency]
    if refused := refusal(case, agency, now()):
        raise refused


def _ended_at(case: Case) -> datetime | None:
    return (case.answered_at if case.status != Status.WITHDRAWN else None) or case.closed_at
