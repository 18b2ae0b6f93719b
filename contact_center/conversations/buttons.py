"""Quick replies: a person sees a title, a channel carries a short token, and only we know the payload behind it."""

import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import normalise
from contact_center.conversations.models import Conversation, OutboxMessage

STALE = "/stale_button"
"""What is said to the assistant when a button belongs to a question that is no longer open."""

_TOKEN = re.compile(r"b(\d{1,18})\.(\d{1,2})")
_ANSWERS = re.compile(r"/(affirm|deny|skip|done|go_back|inform)\b")


@dataclass(frozen=True)
class OpenButtons:
    """The buttons that a person has before them: those of the newest message that had any."""

    message_id: int
    buttons: list[dict[str, str]]

    def typed(self, text: str) -> str | None:
        """The payload of the button whose number or title was typed, in any digits and spelling."""
        wanted = normalise(text).strip(" .-)")
        for number, button in enumerate(self.buttons, start=1):
            if wanted in (str(number), normalise(button["title"])):
                return button["payload"]
        return None


def token(message_id: int, index: int) -> str:
    """The token of a message's button (at most 22 ASCII characters)."""
    return f"b{message_id}.{index}"


async def open_buttons(session: AsyncSession, conversation: Conversation) -> OpenButtons | None:
    """The buttons of the newest assistant message, where that message had any."""
    statement = (
        select(OutboxMessage.id, OutboxMessage.buttons)
        .where(
            OutboxMessage.conversation_id == conversation.id,
            OutboxMessage.role == "assistant",
            OutboxMessage.send_after.is_(None),
        )
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    row = (await session.execute(statement)).first()
    return OpenButtons(row.id, row.buttons) if row and row.buttons else None


async def pressed(session: AsyncSession, conversation: Conversation, pressed_token: str) -> str | None:
    """The payload behind a token, `STALE` for an answer to an earlier question, None for no button of this person's."""
    match = _TOKEN.fullmatch(pressed_token)
    message = await session.get(OutboxMessage, int(match[1])) if match else None
    if match is None or message is None or message.conversation_id != conversation.id:
        return None
    if int(match[2]) >= len(message.buttons):
        return None
    payload = str(message.buttons[int(match[2])]["payload"])
    is_answer = message.expects is not None or _ANSWERS.match(payload)
    return STALE if is_answer and await _asked_again_since(session, message) else payload


async def _asked_again_since(session: AsyncSession, message: OutboxMessage) -> bool:
    statement = select(OutboxMessage.id).where(
        OutboxMessage.conversation_id == message.conversation_id,
        OutboxMessage.id > message.id,
        OutboxMessage.role == "assistant",
        (OutboxMessage.buttons != []) | OutboxMessage.expects.is_not(None),
        # A reminder asks nothing anew: the question before it stands.
        func.coalesce(OutboxMessage.dedupe_key, "").not_like("reminder:%"),
        # Nor does the question what a reply was worth.
        OutboxMessage.notification.is_(None),
    )
    return (await session.execute(statement.limit(1))).first() is not None
