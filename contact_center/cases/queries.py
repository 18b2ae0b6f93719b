"""Reads: one case, a person's cases, a timeline, and who may see all of a case. Lists are in `lists`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments import queries as attachments
from contact_center.cases.merged import main_of
from contact_center.cases.models import Case, CaseEvent, CaseFollower
from contact_center.cases.reference import Reference, parse
from contact_center.cases.views import OwnView, own_view
from contact_center.citizens.models import ChannelIdentity
from contact_center.errors import NotFound


@dataclass(frozen=True)
class Theirs:
    """A case that somebody filed, or else joined."""

    case: Case
    filed: bool


async def by_reference(session: AsyncSession, reference: Reference | str) -> Case | None:
    """The case of that number; a text is read as `reference.parse` does and raises what it raises."""
    if isinstance(reference, str):
        reference = parse(reference)
    return await session.scalar(select(Case).where(Case.reference == reference.display))


async def required(session: AsyncSession, reference: Reference | str) -> Case:
    """As `by_reference`; raises NotFound where there is none."""
    case = await by_reference(session, reference)
    if case is None:
        raise NotFound("There is no case with this reference number.")
    return case


async def filed_by_message(session: AsyncSession, message_id: str | None) -> Case | None:
    """The case that this inbound message has already become: of a turn that is repeated."""
    if message_id is None:
        return None
    return await session.scalar(select(Case).where(Case.source_message_id == message_id))


async def filed_or_joined(session: AsyncSession, reference: Reference, identity: ChannelIdentity) -> Theirs | None:
    """The case of that number, if this person filed or joined it. The same queries whether or not there is one."""
    theirs = await identities_with(session, identity)
    joined = exists().where(CaseFollower.case_id == Case.id, CaseFollower.identity_id.in_(theirs))
    filed = _filed_by(theirs)
    asked = select(Case).where(Case.reference == reference.display, or_(filed, joined))
    case = await session.scalar(asked)
    return None if case is None else Theirs(case, not theirs.isdisjoint({case.identity_id, case.told_identity_id}))


async def timeline(session: AsyncSession, case_id: UUID, *, public_only: bool = False) -> Sequence[CaseEvent]:
    """What happened to a case, oldest first; `public_only`: without what the citizen is not shown."""
    events = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)
    return list(await session.scalars(events.where(CaseEvent.public) if public_only else events))


async def may_see_all(
    session: AsyncSession, case: Case, identity_id: UUID | None, verified_phone: str | None = None
) -> bool:
    """Whether the one who asks filed the case: from the same channel identity, or with the same verified phone.

    Where a phone caller is told of it by SMS, that counts as theirs too. `verified_phone` is the asker's, E.164. A
    phone that someone typed, on either side, opens nothing.
    """
    filers = {case.identity_id, case.told_identity_id} - {None}
    if identity_id in filers:
        return True
    if verified_phone is None or not filers:
        return False
    filer = (ChannelIdentity.id.in_(filers), ChannelIdentity.verified_phone == verified_phone)
    return await session.scalar(select(ChannelIdentity.id).where(*filer).limit(1)) is not None


async def identities_with(session: AsyncSession, identity: ChannelIdentity) -> frozenset[UUID]:
    """All identities that are surely the same person's: this one, and those with the same verified phone."""
    if identity.verified_phone is None:
        return frozenset({identity.id})
    same_phone = select(ChannelIdentity.id).where(ChannelIdentity.verified_phone == identity.verified_phone)
    return frozenset({identity.id, *await session.scalars(same_phone)})


async def filed_in(session: AsyncSession, conversation_id: UUID) -> Sequence[Case]:
    """The cases filed from a conversation, oldest first."""
    theirs = select(Case).where(Case.conversation_id == conversation_id)
    return list(await session.scalars(theirs.order_by(Case.created_at)))


async def cases_of(
    session: AsyncSession, identity_id: UUID, verified_phone: str | None = None, limit: int = 10
) -> Sequence[Case]:
    """The newest cases that a person filed: from this channel identity, or any with the same verified phone.

    Two queries: with the identities known, each way to their cases is read by its index.
    """
    theirs = {identity_id}
    if verified_phone is not None:
        same_phone = select(ChannelIdentity.id).where(ChannelIdentity.verified_phone == verified_phone)
        theirs.update(await session.scalars(same_phone))
    newest = select(Case).where(_filed_by(theirs)).order_by(Case.created_at.desc(), Case.id.desc()).limit(limit)
    return list(await session.scalars(newest))


async def own(session: AsyncSession, case: Case) -> OwnView:
    """All of a case that its filer may see, without what others added; ask `may_see_all` first."""
    events = await timeline(session, case.id, public_only=True)
    joined = select(CaseFollower.conversation_id).where(CaseFollower.case_id == case.id)
    others = set(await session.scalars(joined))
    files = await attachments.of_case(session, case.id)
    main = await main_of(session, case)
    theirs = [file for file in files if file.conversation_id not in others]
    return own_view(case, events, theirs, main if main.id != case.id else None)


def _filed_by(identities: Collection[UUID]) -> ColumnElement[bool]:
    """Of cases that one of these filed, or is told of as the one who filed it by phone."""
    return or_(Case.identity_id.in_(identities), Case.told_identity_id.in_(identities))
