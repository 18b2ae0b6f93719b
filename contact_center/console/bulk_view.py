"""What somebody may do to many cases at once, as the form below the list offers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.accounts.queries import colleagues
from contact_center.accounts.roles import Action, may, may_everywhere
from contact_center.agencies.entries import Catalogue
from contact_center.api.bulk_actions import BulkAction
from contact_center.canned_replies.models import CannedReply
from contact_center.canned_replies.queries import offered
from contact_center.cases.lifecycle import Status, Who, set_by_hand
from contact_center.cases.models import Case
from contact_center.console.permissions import may_see, may_set, speaks_for_agency
from contact_center.errors import Forbidden, NotFound


@dataclass(frozen=True)
class BulkChoices:
    """What may be chosen; names are in the reader's language."""

    colleagues: Sequence[Account]
    statuses: Sequence[Status]
    agencies: Sequence[tuple[str, str]]
    categories: Sequence[tuple[str, str]]
    canned: Sequence[CannedReply]


async def bulk_choices(
    session: AsyncSession, account: Account, catalogue: Catalogue, agency: str | None, language: str
) -> BulkChoices | None:
    """For cases of `agency` (None: of several); None for an account that speaks for no agency."""
    if not (may_everywhere(account, Action.SPEAK) or may(account, Action.SPEAK, account.agency or "")):
        return None
    by_hand = set_by_hand(Who.AGENCY)
    return BulkChoices(
        colleagues=await colleagues(session, agency) if agency else (),
        statuses=[status for status in Status if status in by_hand],
        agencies=[(code, entry.name(language)) for code, entry in catalogue.at_work.items()],
        categories=[(code, entry.name(language)) for code, entry in catalogue.offered.items()],
        canned=await offered(session, agency or ""),
    )


def check(account: Account, case: Case, action: BulkAction) -> None:
    """Raise `NotFound` for a case that the account may not see, `Forbidden` for what it may not do to it."""
    if not may_see(account, case):
        raise NotFound("There is no such case.")
    if not speaks_for_agency(account, case):
        raise Forbidden("Only the case's agency does this.")
    if action.do == "status" and not may_set(account, case, action.status):
        raise Forbidden("This status is not set by hand here.")
