"""Joining a case that is open already: the joiner's words and files are kept with it, and they hear of its progress."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.service import link_to_case
from contact_center.cases import timeline
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.models import Case, CaseFollower


@dataclass(frozen=True)
class Addition:
    """What a person has to say of a case that is there. `key`: of the message that says so, once for each."""

    identity_id: UUID
    conversation_id: UUID
    text: str
    key: str
    attachments: tuple[UUID, ...] = ()
    contact: Mapping[str, str | None] | None = None
    """The joiner's name and phone, for the agency."""


async def join(session: AsyncSession, case: Case, addition: Addition, *, own: bool) -> bool:
    """Add a person's words and files to a case, and have them follow it unless it is their `own`.

    False, and nothing is done, where the case has ended meanwhile. The same key again changes nothing. What somebody
    else added is not public: the person who filed the case never sees it.
    """
    await session.refresh(case, with_for_update=True)
    if await timeline.recorded(session, case, _key(addition)) is not None:
        return True
    if Status(case.status) not in OPEN:
        return False
    if not own and await _follow(session, case, addition):
        await timeline.record(
            session, case, "joined", "citizen", public=False, followers=await _followers(session, case)
        )
    await timeline.record(
        session,
        case,
        "information",
        "citizen" if own else "follower",
        public=own,
        text=addition.text,
        idempotency_key=_key(addition),
        identity=str(addition.identity_id),
        attachments=[str(one) for one in addition.attachments],
        **({} if own else dict(addition.contact or {})),
    )
    await link_to_case(session, case.id, addition.conversation_id, addition.attachments)
    return True


async def follows(session: AsyncSession, case_id: UUID, identities: Collection[UUID]) -> bool:
    """Whether one of a person's identities has joined a case."""
    theirs = (CaseFollower.case_id == case_id, CaseFollower.identity_id.in_(identities))
    return await session.scalar(select(CaseFollower.id).where(*theirs).limit(1)) is not None


def _key(addition: Addition) -> str:
    return f"joined:{addition.key}"


async def _follow(session: AsyncSession, case: Case, addition: Addition) -> bool:
    """Whether they did not follow it before. Who did through a duplicate (`merged`) now does of their own."""
    row = insert(CaseFollower).values(
        case_id=case.id,
        identity_id=addition.identity_id,
        conversation_id=addition.conversation_id,
        phone=(addition.contact or {}).get("contact_phone"),
    )
    added = row.on_conflict_do_nothing(index_elements=["case_id", "identity_id"]).returning(CaseFollower.id)
    if await session.scalar(added) is not None:
        return True
    theirs = (CaseFollower.case_id == case.id, CaseFollower.identity_id == addition.identity_id)
    await session.execute(update(CaseFollower).where(*theirs).values(brought_by=None))
    return False


async def _followers(session: AsyncSession, case: Case) -> int:
    counted = select(func.count()).select_from(CaseFollower).where(CaseFollower.case_id == case.id)
    return await session.scalar(counted) or 0
