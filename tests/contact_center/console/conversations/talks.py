"""People who want a human being."""

from uuid import UUID, uuid4

from desk import says, talk_on_telegram

from contact_center.conversations import handoff
from contact_center.conversations.models import Conversation
from contact_center.database import Database

GREETING = "هلا، شنو المشكلة؟"
KEY = "0123456789abcdef"


async def wants_somebody(
    database: Database, address: str, text: str = "ابي موظف", *, language: str = "ar", reason: str = "request"
) -> Conversation:
    """Somebody on Telegram who has written and asked for a human being; the assistant knows a little of the matter."""
    async with database.transaction() as session:
        talk = await talk_on_telegram(session, address, "في حفرة عندنا")
        await says(session, talk, "last", text=text)
        talk.draft, talk.expects, talk.language = {"description": "حفرة", "area": "سند"}, "address", language
        await handoff.request(session, talk.id, reason, language=language, source_message_id=str(uuid4()))
    return talk


async def taken(database: Database, conversation: UUID, agent: str) -> None:
    """An agent takes somebody."""
    async with database.transaction() as session:
        await handoff.take(session, conversation, agent, actor=f"account:{agent}")
