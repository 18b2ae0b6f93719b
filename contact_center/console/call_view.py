"""A call as its page shows it and as its script reads it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.queries import filed_in
from contact_center.console.moments import clock_time, day_and_time
from contact_center.console.similar_view import similar_to
from contact_center.console.transcripts import Line, transcript
from contact_center.console.words import known, words
from contact_center.conversations import call_desk
from contact_center.conversations.models import Conversation
from contact_center.notifications.case_events import filing_told
from contact_center.notifications.sent import Sent
from contact_center.telephone.models import PhoneCall
from contact_center.telephone.queries import call_of

TOLD = ("waiting", "ended")
"""States of a call that its page tells."""


async def call_state(session: AsyncSession, conversation_id: UUID, language: str) -> dict[str, Any]:
    """What changes in a call, as JSON values: `{lines, draft, expects, cases, told, similar, telephone}`.

    `lines`: both sides, oldest first. `draft`: by field, as the assistant has it. `cases`: reference numbers filed in
    this call, oldest first. `told`: how far the last one's has come by SMS, see `_told`. `similar`: see `similar_view`.
    `telephone`: see `to_be_told`. Raises `NotFound`.
    """
    call: Conversation = await call_desk.call(session, conversation_id)
    await session.refresh(call)
    cases = await filed_in(session, call.id)
    told = await filing_told(session, cases[-1]) if cases else ()
    return {
        "lines": [_line(line, language) for line in await transcript(session, call.id)],
        "draft": {name: value for name, value in call.draft.items() if name in call_desk.EDITABLE},
        "expects": call.expects,
        "telephone": to_be_told(await call_of(session, call.id)),
        "similar": await similar_to(session, call, language),
        "cases": [case.reference for case in cases],
        "told": [_told(each, language) for each in told],
    }


def to_be_told(call: PhoneCall | None) -> str | None:
    """What the agent has to know of the telephone: `waiting`, the caller does so again; `ended`, and not wrapped up."""
    if call is None or call.wrapped_up_at is not None or call.state not in TOLD:
        return None
    return call.state


def _told(message: Sent, language: str) -> dict[str, Any]:
    """One SMS: where it went, how far it has come and when, in words, and whether that is bad."""
    how = words(f"sent.{message.status}", language)
    if message.held_until:
        how = words("sent.held", language, moment=day_and_time(message.held_until, language))
    elif message.status == "failed":
        why = f"unsent.{message.error}"
        how = f"{how}: {words(why if known(why) else 'unsent.other', language)}"
    return {
        "to": message.address,
        "how": how,
        "time": clock_time(message.at, language),
        "bad": message.status == "failed",
        "conversation": str(message.conversation_id),
    }


def _line(line: Line, language: str) -> dict[str, Any]:
    return {
        "id": line.id,
        "role": line.role,
        "time": clock_time(line.at, language),
        "text": line.text,
        "note": note(line, language),
        "buttons": [{"title": title, "payload": payload} for title, payload in line.buttons],
        "expects": line.expects,
    }


def note(line: Line, language: str) -> str:
    """What came besides words: «صورة», or which fields the agent set."""
    parts = [words(f"part.{part}", language) for part in line.parts]
    if line.fields:
        names = "، " if language == "ar" else ", "
        parts.append(
            words("call.set_by_hand", language, fields=names.join(words(f"field.{f}", language) for f in line.fields))
        )
    return " · ".join(parts)
