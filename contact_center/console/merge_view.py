"""What a case's page shows of other cases about the same thing: merged already, or to be merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.attachments import queries as attachments
from contact_center.attachments.models import Attachment
from contact_center.cases.duplicates import alike
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.merged import main_of, merged_into
from contact_center.cases.models import Case
from contact_center.console.permissions import may_see, speaks_for_agency


@dataclass(frozen=True)
class MergeView:
    """The cases around one that are, or may be, about the same thing."""

    main: Case | None
    """What is worked on in its place; None unless it is a duplicate."""
    main_is_seen: bool
    """Whether the reader may open that."""
    duplicates: Sequence[Case]
    """What was merged into it, oldest first."""
    files: Mapping[UUID, Sequence[Attachment]]
    """Theirs."""
    seen: frozenset[UUID]
    """Which of them the reader may open."""
    may_merge: bool


async def merge_view(session: AsyncSession, account: Account, case: Case) -> MergeView:
    """All of it, but for what is `suggested`."""
    main = await main_of(session, case) if case.status == Status.DUPLICATE and case.duplicate_of else None
    duplicates = await merged_into(session, case.id)
    return MergeView(
        main=main,
        main_is_seen=main is not None and may_see(account, main),
        duplicates=duplicates,
        files=await attachments.of_cases(session, [one.id for one in duplicates]),
        seen=frozenset(one.id for one in duplicates if may_see(account, one)),
        may_merge=may_merge(account, case),
    )


def may_merge(account: Account, case: Case) -> bool:
    """Whether the case may become one with another, by this account."""
    return case.status in OPEN and speaks_for_agency(account, case)


async def suggested(session: AsyncSession, account: Account, case: Case) -> Sequence[Case]:
    """Open cases that are probably about the same, the likeliest first; none where the account may not merge.

    Apart from the rest: words are compared, which takes longer than all else that the page shows.
    """
    if not may_merge(account, case):
        return ()
    return [one for one in await alike(session, case) if may_see(account, one)]
