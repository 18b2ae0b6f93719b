"""Who follows a case through the duplicates that were merged into it, and how one leads to the other. See `merging`."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, Uuid, delete, literal, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.models import Case, CaseFollower
from contact_center.clock import now


async def main_of(session: AsyncSession, case: Case) -> Case:
    """The case that is worked on in the place of this one: itself unless it is a duplicate. At most one query."""
    if case.duplicate_of is None:
        return case
    above = select(Case.id, Case.duplicate_of).where(Case.id == case.duplicate_of).cte(recursive=True)
    above = above.union_all(select(Case.id, Case.duplicate_of).where(Case.id == above.c.duplicate_of))
    top = select(Case).where(Case.id == select(above.c.id).where(above.c.duplicate_of.is_(None)).scalar_subquery())
    return (await session.scalars(top)).one()


async def merged_into(session: AsyncSession, case_id: UUID) -> Sequence[Case]:
    """The duplicates of a case, and theirs, oldest first."""
    below = select(Case.id).where(Case.duplicate_of == case_id).cte(recursive=True)
    below = below.union_all(select(Case.id).where(Case.duplicate_of == below.c.id))
    theirs = select(Case).where(Case.id.in_(select(below.c.id)))
    return list(await session.scalars(theirs.order_by(Case.created_at, Case.id)))


async def bring(session: AsyncSession, main: Case) -> None:
    """Have everybody of a case's duplicates follow it, but who filed it. Who follows it already does so as before."""
    theirs = _of_duplicates(main).subquery()
    rows = select(literal(main.id, Uuid()), theirs, literal(now()))
    columns = ["case_id", *theirs.c.keys(), "joined_at"]
    await session.execute(insert(CaseFollower).from_select(columns, rows).on_conflict_do_nothing())


async def let_go(session: AsyncSession, main: Case) -> None:
    """Have those leave a case again whom the duplicate that brought them brings no more."""
    theirs = _of_duplicates(main).subquery()
    still = select(theirs.c.identity_id, theirs.c.brought_by)
    came = (CaseFollower.identity_id, CaseFollower.brought_by)
    brought = (CaseFollower.case_id == main.id, CaseFollower.brought_by.is_not(None))
    await session.execute(delete(CaseFollower).where(*brought, tuple_(*came).not_in(still)))


def _of_duplicates(main: Case) -> Select[UUID, UUID, str | None, UUID]:
    """Whoever filed or follows a duplicate of a case: with the conversation, the phone that they gave, and which
    duplicate that is."""
    filed = select(
        Case.identity_id, Case.conversation_id, Case.contact_phone.label("phone"), Case.id.label("brought_by")
    ).where(Case.duplicate_of == main.id, Case.identity_id.is_not(None), Case.conversation_id.is_not(None))
    followed = (
        select(CaseFollower.identity_id, CaseFollower.conversation_id, CaseFollower.phone, CaseFollower.case_id)
        .join(Case, Case.id == CaseFollower.case_id)
        .where(Case.duplicate_of == main.id)
    )
    everybody = union_all(filed, followed).subquery()
    return select(everybody).where(
        everybody.c.identity_id.is_distinct_from(main.identity_id),
        everybody.c.identity_id.is_distinct_from(main.told_identity_id),
    )
