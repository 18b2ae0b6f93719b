"""Everything that is held of a person, as JSON values: what docs/privacy.md describes. Moments in UTC, ISO 8601."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.models import Attachment
from contact_center.cases.models import Case, CaseEvent
from contact_center.citizens.models import PhoneCode, PrivacyRequest
from contact_center.clock import now
from contact_center.conversations.models import Conversation, ConversationNote, InboxMessage, OutboxMessage
from contact_center.conversations.outbox import CODE
from contact_center.privacy.person import Person, sent_by_agents
from contact_center.privacy.redaction import FOLLOWER, added_by, reviews
from contact_center.privacy.search import name_of
from contact_center.telephone.models import Callback, PhoneCall

SHAPE = 1
"""The number of the shape, another one whenever a reader would have to know."""

_CASE = (
    "reference", "type", "category", "agency", "status", "description", "governorate", "area", "block", "road",
    "building", "address", "lat", "lon", "contact_name", "contact_phone", "anonymous", "channel", "language",
    "created_at", "due_at", "answered_at", "closed_at", "times_reopened", "follows", "rating", "outcome", "praised",
)  # fmt: skip
_IDENTITY = ("channel", "address", "verified_phone", "profile_name", "opted_out_at")
_CALL = ("phone", "language", "began_at", "waiting_since", "taken_at", "ended_at", "outcome", "note")
_CALLBACK = ("phone", "language", "wanted_at", "asked_at", "settled_at", "result")
_REQUEST = ("kind", "state", "recognised_by", "asked_at", "decided_at")
_CODE = ("phone", "created_at", "used_at")
_REVIEW = ("channel", "text", "labels", "created_at")


async def document(session: AsyncSession, known: Person, files: Sequence[Attachment]) -> Mapping[str, Any]:
    """The whole of it. A fixed number of queries, however much there is."""
    cases = list(await session.scalars(known.cases().order_by(Case.created_at)))
    conversations = list(await session.scalars(known.conversations().order_by(Conversation.created_at)))
    calls = await session.scalars(known.calls().order_by(PhoneCall.began_at))
    codes = select(PhoneCode).where(PhoneCode.identity_id.in_(known.identity_ids)).order_by(PhoneCode.created_at)
    callbacks = select(Callback).where(Callback.phone.in_(known.phones)).order_by(Callback.asked_at)
    asked = select(PrivacyRequest).where(PrivacyRequest.citizen_id.in_([each.id for each in known.citizens]))
    return {
        "shape": SHAPE,
        "made_at": _plain(now()),
        "name": await name_of(session, known),
        "known_since": _plain(known.citizens[0].created_at),
        "addresses": _rows(known.identities, _IDENTITY),
        "cases": await _cases(session, known, cases, files),
        "joined_cases": await _joined(session, known, cases),
        "conversations": await _conversations(session, conversations, files),
        "calls": _rows(calls, _CALL),
        "callbacks": _rows(await session.scalars(callbacks), _CALLBACK),
        "phone_codes": _rows(await session.scalars(codes), _CODE),
        "kept_for_review": _rows(await session.scalars(reviews(cases, [each.id for each in conversations])), _REVIEW),
        "requests": _rows(await session.scalars(asked.order_by(PrivacyRequest.asked_at)), _REQUEST),
    }


async def files(session: AsyncSession, known: Person) -> Sequence[Attachment]:
    """The files of both sides of their conversations, and those that staff added to their cases, oldest first."""
    own, talks = known.cases().with_only_columns(Case.id), known.conversations().with_only_columns(Conversation.id)
    from_staff = and_(Attachment.case_id.in_(own), Attachment.conversation_id.is_(None))
    theirs = select(Attachment).where(or_(Attachment.conversation_id.in_(talks), from_staff, sent_by_agents(talks)))
    return list(await session.scalars(theirs.order_by(Attachment.created_at, Attachment.id)))


def name_in_archive(file: Attachment) -> str:
    """Where a file is in the archive; ids keep those of one name apart."""
    return f"files/{file.id}-{file.filename}"


async def _cases(
    session: AsyncSession, known: Person, cases: Sequence[Case], held: Sequence[Attachment]
) -> list[dict[str, Any]]:
    """With what happened to each, without what other people added to it."""
    theirs = or_(CaseEvent.actor != FOLLOWER, added_by(known, cases))
    wanted = select(CaseEvent).where(CaseEvent.case_id.in_([case.id for case in cases]), theirs)
    events: dict[UUID, list[dict[str, Any]]] = {case.id: [] for case in cases}
    for event in await session.scalars(wanted.order_by(CaseEvent.id)):
        events[event.case_id].append(_event(event))
    of_staff = {case.id: [name_in_archive(file) for file in held if file.case_id == case.id] for case in cases}
    return [_row(case, _CASE) | {"events": events[case.id], "files": of_staff[case.id]} for case in cases]


async def _joined(session: AsyncSession, known: Person, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Numbers of cases that others filed, when they were joined, and what this person added."""
    followed = {row.case_id: row for row in await session.scalars(known.joined())}
    wanted = select(CaseEvent).where(CaseEvent.case_id.in_(followed), added_by(known, cases)).order_by(CaseEvent.id)
    added: dict[UUID, list[dict[str, Any]]] = {case_id: [] for case_id in followed}
    for event in await session.scalars(wanted):
        added[event.case_id].append(_event(event))
    others = await session.execute(select(Case.id, Case.reference).where(Case.id.in_(followed)))
    return [
        {"reference": reference, "added": added[case_id]} | _row(followed[case_id], ("joined_at", "phone"))
        for case_id, reference in others
    ]


async def _conversations(
    session: AsyncSession, conversations: Sequence[Conversation], held: Sequence[Attachment]
) -> list[dict[str, Any]]:
    """Both sides of each, in their order."""
    ids = [conversation.id for conversation in conversations]
    said: dict[UUID, list[dict[str, Any]]] = {conversation_id: [] for conversation_id in ids}
    inbound = select(InboxMessage).where(InboxMessage.conversation_id.in_(ids)).order_by(InboxMessage.received_at)
    told = (OutboxMessage.conversation_id.in_(ids), OutboxMessage.role != CODE)  # a code is for that phone alone
    outbound = select(OutboxMessage).where(*told).order_by(OutboxMessage.id)
    for message in await session.scalars(inbound):
        said[message.conversation_id].append({"at": _plain(message.received_at), "from": "person"} | message.content)
    for sent_out in await session.scalars(outbound):
        line = {"from": sent_out.role, "text": sent_out.text, "status": sent_out.status}
        said[sent_out.conversation_id].append({"at": _plain(sent_out.created_at)} | line)
    noted: dict[UUID, list[dict[str, Any]]] = {conversation_id: [] for conversation_id in ids}
    notes = select(ConversationNote).where(ConversationNote.conversation_id.in_(ids)).order_by(ConversationNote.id)
    for note in await session.scalars(notes):
        noted[note.conversation_id].append(_row(note, ("created_at", "text")))
    sent = {one: [name_in_archive(file) for file in held if file.conversation_id == one] for one in ids}
    columns = ("channel", "address", "language", "draft", "caller_phone", "created_at")
    return [
        _row(each, columns)
        | {"lines": sorted(said[each.id], key=lambda line: line["at"]), "files": sent[each.id], "notes": noted[each.id]}
        for each in conversations
    ]


def _event(event: CaseEvent) -> dict[str, Any]:
    """Who of the staff it was is not the person's: they are named by what they are."""
    return {
        "at": _plain(event.at),
        "kind": event.kind,
        "by": "staff" if ":" in event.actor else event.actor,
        "shown_to_you": event.public,
        "text": event.text,
        "data": {name: value for name, value in event.data.items() if name not in ("assignee", "identity")},
    }


def _rows(found: Iterable[object], columns: Sequence[str]) -> list[dict[str, Any]]:
    return [_row(each, columns) for each in found]


def _row(found: object, columns: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(getattr(found, name)) for name in columns}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
