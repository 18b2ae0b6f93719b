"""Erasing a person: whatever tells who they are, and all their words, in one transaction. See docs/privacy.md.

What is left of a case are its figures: category, agency, area, times, status, deadlines, outcome and rating. The
assistant's memory and the files on the disk are outside the transaction: they go right after it (`traces`).
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center import jobs
from contact_center.cases import timeline
from contact_center.cases.models import Case, CaseFollower, ReferenceGuesses
from contact_center.cases.search import search_text
from contact_center.citizens.models import ChannelIdentity, Citizen, PhoneCode, PrivacyRequest
from contact_center.clock import now
from contact_center.conversations.models import Conversation, ConversationNote, Handoff, InboxMessage, OutboxMessage
from contact_center.errors import Conflict
from contact_center.privacy import redaction, saved_searches
from contact_center.privacy.person import Person, person
from contact_center.privacy.requests import refuse_open_cases
from contact_center.telephone.models import Callback, PhoneCall

ERASED = "erased"
"""The kind of the event that each of their cases has of it."""
CALLS_LAST = timedelta(hours=6)
"""At most: a call that nobody has wrapped up since is over."""


class Busy(Conflict):
    """The person is on the telephone or with an agent, or something of theirs is being dealt with at this moment."""

    code = "busy"


async def erase(session: AsyncSession, request: PrivacyRequest) -> None:
    """Carry an approved request out, and have its traces outside the database removed once this is committed.

    Raises `OpenCases` and `Busy`; then nothing may be committed.
    """
    known = await person(session, request.citizen_id)
    # Cases before conversations, as everybody does who tells of a case.
    cases = list(await session.scalars(known.cases().order_by(Case.id).with_for_update()))
    conversations = await _held(session, known)
    await refuse_open_cases(session, known)
    await _refuse_busy(session, known, conversations)
    await session.execute(text("SELECT set_config('tawasul.erasing', :id, true)"), {"id": str(request.id)})
    files = await redaction.files(session, cases, conversations)
    await redaction.timelines(session, known, cases)
    for item in await session.scalars(redaction.reviews(cases, conversations)):
        await session.delete(item)
    await _messages(session, conversations)
    await saved_searches.forget(session, known.phones, _names(known, cases))
    await _cases(session, cases, f"account:{request.decided_by}")
    await _calls(session, known)
    await _identities(session, known)
    request.traces = {"conversations": [str(one) for one in conversations], "files": sorted(files)}
    await jobs.defer(session, jobs.REMOVE_TRACES, request_id=str(request.id))


def _names(known: Person, cases: Sequence[Case]) -> set[str]:
    """All that they are called."""
    named = [identity.profile_name for identity in known.identities] + [case.contact_name for case in cases]
    return {name for name in (*named, *(citizen.name for citizen in known.citizens)) if name}


async def _held(session: AsyncSession, known: Person) -> Sequence[UUID]:
    """Their conversations, which nobody writes into until this is over."""
    held = known.conversations().order_by(Conversation.id).with_for_update()
    return [conversation.id for conversation in await session.scalars(held)]


async def _refuse_busy(session: AsyncSession, known: Person, conversations: Sequence[UUID]) -> None:
    unread = exists().where(InboxMessage.conversation_id.in_(conversations), InboxMessage.status == "received")
    leaving = exists().where(OutboxMessage.conversation_id.in_(conversations), OutboxMessage.status == "sending")
    with_us = exists().where(Handoff.conversation_id.in_(conversations), Handoff.status != "ended")
    lately = PhoneCall.began_at > now() - CALLS_LAST
    calling = known.calls().where(PhoneCall.state != "ended", lately).exists()
    if any((await session.execute(select(unread, leaving, with_us, calling))).one()):
        raise Busy("Somebody is dealing with this person at the moment.")


async def _messages(session: AsyncSession, conversations: Sequence[UUID]) -> None:
    """What was said on both sides, and what conversations are known by; when they were, stays."""
    sent = select(OutboxMessage.id).where(OutboxMessage.conversation_id.in_(conversations))
    in_place = update(OutboxMessage).where(OutboxMessage.instead_of.in_(sent))
    await session.execute(in_place.values(instead_of=None))
    await session.execute(delete(OutboxMessage).where(OutboxMessage.conversation_id.in_(conversations)))
    await session.execute(delete(ConversationNote).where(ConversationNote.conversation_id.in_(conversations)))
    await session.execute(delete(InboxMessage).where(InboxMessage.conversation_id.in_(conversations)))
    ended = update(Handoff).where(Handoff.conversation_id.in_(conversations))
    await session.execute(ended.values(source_message_id=None))
    theirs = update(Conversation).where(Conversation.id.in_(conversations))
    gone = {"address": _nowhere(Conversation.id), "draft": {}, "expects": None, "token_hash": None}
    await session.execute(theirs.values(**gone, caller_phone=None, erased_at=now()))


async def _cases(session: AsyncSession, cases: Sequence[Case], who: str) -> None:
    for case in cases:
        case.description, case.search_text, case.wording = "", search_text(case.reference), None
        case.contact_name = case.contact_phone = case.praised = None
        case.address = case.block = case.road = case.building = case.lat = case.lon = None
        case.identity_id = case.told_identity_id = case.conversation_id = case.source_message_id = None
        case.erased_at = now()
        await timeline.record(session, case, ERASED, who, public=False)


async def _calls(session: AsyncSession, known: Person) -> None:
    """Numbers, and what agents wrote; how long somebody waited and talked stays."""
    theirs = known.calls().with_only_columns(PhoneCall.id)
    calls = list(await session.scalars(theirs))
    await session.execute(delete(Callback).where(Callback.call_id.in_(calls)))
    await session.execute(delete(Callback).where(Callback.phone.in_(known.phones)))
    gone = update(PhoneCall).where(PhoneCall.id.in_(calls))
    await session.execute(gone.values(phone=None, note=None, provider_id=None))


async def _identities(session: AsyncSession, known: Person) -> None:
    identities = known.identity_ids
    for table in (CaseFollower, ReferenceGuesses, PhoneCode):
        await session.execute(delete(table).where(table.identity_id.in_(identities)))
    await session.execute(delete(PhoneCode).where(PhoneCode.phone.in_(known.phones)))
    theirs = update(ChannelIdentity).where(ChannelIdentity.id.in_(identities))
    gone = {"address": _nowhere(ChannelIdentity.id), "verified_phone": None, "profile_name": None}
    await session.execute(theirs.values(**gone))
    people = update(Citizen).where(Citizen.id.in_([citizen.id for citizen in known.citizens]))
    await session.execute(people.values(name=None, erased_at=now()))


def _nowhere(row_id: object) -> object:
    """An address that is none, and nobody else's."""
    return func.concat("erased:", row_id)
