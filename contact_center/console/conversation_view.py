"""One conversation as its page shows it and as its script reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import queries as accounts
from contact_center.accounts.models import Account
from contact_center.agencies.entries import Catalogue
from contact_center.api.files import PICTURES
from contact_center.attachments import queries as attachments
from contact_center.attachments.models import Attachment
from contact_center.cases.queries import cases_of
from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity
from contact_center.console.call_view import note
from contact_center.console.case_rows import Row, rows
from contact_center.console.moments import clock_time, day_and_time
from contact_center.console.transcripts import Line, transcript
from contact_center.console.words import words
from contact_center.conversations import handoff_queries, notes
from contact_center.conversations.call_desk import EDITABLE
from contact_center.conversations.models import Conversation, ConversationNote, Handoff
from contact_center.errors import NotFound
from contact_center.notifications.canned import FilledReply, filled_in

_CASES = 10


@dataclass(frozen=True)
class TalkView:
    """What does not change while it is open. `cases`: the person's newest; `colleagues`: who may take it over."""

    conversation: Conversation
    name: str | None
    phone: str | None
    handoff: Handoff | None
    cases: Sequence[Row]
    canned: Sequence[FilledReply]
    colleagues: Sequence[Account]


async def find(session: AsyncSession, conversation_id: UUID) -> Conversation:
    """A conversation with somebody who writes; raises `NotFound`, for a call too: that has a page of its own."""
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None or conversation.channel == ChannelCode.CALL_CENTER:
        raise NotFound("There is no such conversation.")
    return conversation


async def view(
    session: AsyncSession, account: Account, conversation_id: UUID, known: Catalogue, language: str
) -> TalkView:
    """The page, for an agent."""
    conversation = await find(session, conversation_id)
    identity = await session.get_one(ChannelIdentity, conversation.identity_id)
    theirs = await cases_of(session, identity.id, identity.verified_phone, limit=_CASES)
    name = identity.profile_name or next((case.contact_name for case in theirs if case.contact_name), None)
    there = await accounts.on_duty(session)
    return TalkView(
        conversation=conversation,
        name=name,
        phone=identity.verified_phone,
        handoff=await handoff_queries.open_one(session, conversation.id),
        cases=await rows(session, theirs, known, language),
        canned=await filled_in(session, conversation, name, theirs[0] if theirs else None, known),
        colleagues=[each for each in there if each.username != account.username],
    )


async def state(session: AsyncSession, account: Account, conversation_id: UUID, language: str) -> dict[str, Any]:
    """What changes in it, as JSON values: `{lines, draft, expects, standing, agent}`. Raises `NotFound`.

    `lines`: what was said and the agents' notes, oldest first. `standing`: see `standing_of`; `agent`: what whoever
    has it is called.
    """
    conversation = await find(session, conversation_id)
    handoff = await handoff_queries.open_one(session, conversation.id)
    said = await transcript(session, conversation.id)
    written = await notes.of_conversation(session, conversation.id)
    files = await _files(session, conversation.id, said)
    usernames = {one.author for one in written} | ({handoff.agent} if handoff and handoff.agent else set())
    names = await accounts.display_names(session, usernames)
    lines = [(line.at, _line(line, files, language)) for line in said]
    lines += [(one.created_at, _note(one, names, language)) for one in written]
    return {
        "lines": [line for _, line in sorted(lines, key=lambda each: each[0])],
        "draft": {name: value for name, value in conversation.draft.items() if name in EDITABLE},
        "expects": conversation.expects,
        "standing": standing_of(handoff, account),
        "agent": names.get(handoff.agent or "") if handoff else None,
    }


def standing_of(handoff: Handoff | None, account: Account) -> str:
    """`assistant` answers, the person is `waiting`, it is `mine`, or a colleague has it (`other`)."""
    if handoff is None:
        return "assistant"
    if handoff.status == "waiting":
        return "waiting"
    return "mine" if handoff.agent == account.username else "other"


async def _files(session: AsyncSession, conversation_id: UUID, said: Sequence[Line]) -> Mapping[str, Attachment]:
    """The files of a conversation, by id and by source key."""
    sent = {file for line in said if line.role != "citizen" for file in line.files}
    found = [*await attachments.of_conversation(session, conversation_id)]
    found += await attachments.by_ids(session, [UUID(each) for each in sent]) if sent else []
    return {str(file.id): file for file in found} | {file.source_key: file for file in found}


def _line(line: Line, files: Mapping[str, Attachment], language: str) -> dict[str, Any]:
    theirs = [files[key] for key in line.files if key in files]
    return {
        "id": f"{'in' if line.status is None else 'out'}-{line.id}",
        "role": line.role,
        "who": words(f"role.{line.role}", language),
        "time": clock_time(line.at, language),
        "day": day_and_time(line.at, language),
        "text": line.text,
        "note": note(line, language),
        "status": line.status,
        "progress": _progress(line, language),
        "files": [{"id": str(one.id), "name": one.filename, "picture": one.media_type in PICTURES} for one in theirs],
    }


def _progress(line: Line, language: str) -> str | None:
    """How far what we said has come, in words."""
    if line.status is None:
        return None
    if line.held_until:
        return words("sent.held", language, moment=day_and_time(line.held_until, language))
    return words(f"sent.{line.status}", language)


def _note(one: ConversationNote, names: Mapping[str, str], language: str) -> dict[str, Any]:
    return {
        "id": f"note-{one.id}",
        "role": "note",
        "who": words("talk.note_of", language, name=names.get(one.author, one.author)),
        "time": clock_time(one.created_at, language),
        "day": day_and_time(one.created_at, language),
        "text": one.text,
        "note": "",
        "status": None,
        "progress": None,
        "files": [],
    }
