"""A call as its page shows it and as its script reads it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.console import case_list
from contact_center.console.moments import clock_time
from contact_center.console.transcripts import Line, transcript
from contact_center.console.words import words
from contact_center.conversations import call_desk
from contact_center.conversations.models import Conversation


async def call_state(session: AsyncSession, conversation_id: UUID, language: str) -> dict[str, Any]:
    """Everything that changes in a call, as JSON values: `{lines, draft, expects, cases}`. Raises `NotFound`.

    `lines`: both sides, oldest first. `draft`: by field, as the assistant has it. `cases`: reference numbers filed in
    this call, oldest first.
    """
    call: Conversation = await call_desk.call(session, conversation_id)
    await session.refresh(call)
    return {
        "lines": [_line(line, language) for line in await transcript(session, call.id)],
        "draft": {name: value for name, value in call.draft.items() if name in call_desk.EDITABLE},
        "expects": call.expects,
        "cases": [case.reference for case in await case_list.filed_in(session, call.id)],
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
