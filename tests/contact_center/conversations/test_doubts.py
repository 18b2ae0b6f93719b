"""What the assistant doubted is kept with its reply. A server in the assistant's place says what it doubts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import update
from starlette.responses import JSONResponse

from contact_center.attachments.storage import Storage
from contact_center.channels.base import SharedContact
from contact_center.conversations.handling import Handler
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.database import Database
from contact_center.understanding import queries
from contact_center.understanding.models import ReviewItem
from tests.contact_center.conversations.test_handling import Answer, assistant, stored

DOUBT = {
    "about": "category",
    "intents": [{"name": "report_complaint", "confidence": 0.9}],
    "categories": [{"code": "road.pothole", "confidence": 0.3}],
}


def doubting(doubt: dict[str, Any] | None = DOUBT, **reply: Any) -> Answer:
    return lambda _: JSONResponse({"messages": [{"text": "نعم؟"}], "doubt": doubt, **reply})


async def handled(database: Database, tmp_path: Path, answer: Answer, **content: Any) -> Sequence[ReviewItem]:
    """What waits for review after a message was handled, and handled again as after a worker's death."""
    inbox_id = await stored(database, **content)
    async with assistant(answer) as (client, _):
        handler = Handler(database, client, {}, Storage(tmp_path))
        await handler.handle(inbox_id, tries=0)
        async with database.transaction() as session:
            await session.execute(update(InboxMessage).values(status="received"))
        await handler.handle(inbox_id, tries=1)
    async with database.transaction() as session:
        return await queries.waiting(session, 10)


async def test_doubted_words_are_kept_once_without_what_the_person_is_called(
    database: Database, tmp_path: Path
) -> None:
    answer = doubting(draft={"contact_name": "Zainab"})
    text = "معاكم مريم، Zainab ويوسف يقولون في نقرة كبيرة"
    card = SharedContact(phone="+97339123456", name="يوسف")
    (item,) = await handled(database, tmp_path, answer, text=text, profile_name="مريم 🌹", contact=card)
    assert item.text == "معاكم §name يقولون في نقرة كبيرة"
    assert (item.why, item.channel) == ("category", "telegram")
    assert item.labels == {"intents": DOUBT["intents"], "categories": DOUBT["categories"]}


async def test_without_doubt_nothing_is_kept(database: Database, tmp_path: Path) -> None:
    assert await handled(database, tmp_path, doubting(None), text="السلام عليكم") == []


async def test_the_answer_to_the_question_for_a_name_is_never_kept(database: Database, tmp_path: Path) -> None:
    inbox_id = await stored(database, text="بنت الحاج حسن من بني جمرة")
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(expects="contact_name"))
    async with assistant(doubting()) as (client, _):
        await Handler(database, client, {}, Storage(tmp_path)).handle(inbox_id, tries=0)
    async with database.transaction() as session:
        assert await queries.waiting(session, 10) == []
