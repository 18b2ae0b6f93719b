"""No reply is what was said just before, word for word."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.conversations import inbox
from contact_center.conversations.dialogue import Reply, Turn
from contact_center.conversations.handling import Handler
from contact_center.conversations.models import OutboxMessage
from contact_center.database import Database


class Parrot:
    """An assistant that always answers the same."""

    def __init__(self, *texts: str, expects: str | None = None, language: str = "ar") -> None:
        self._reply = {"messages": [{"text": text} for text in texts], "expects": expects, "language": language}

    async def turn(self, _turn: Turn) -> Reply:
        return Reply.model_validate(self._reply)


async def heard(database: Database, *assistants: Any) -> list[str]:
    """What somebody is told by one assistant after the other."""
    for assistant in assistants:
        message = InboundMessage(channel=ChannelCode.TELEGRAM, address="1", provider_id=str(uuid4()), button="b1.0")
        async with database.transaction() as session:
            conversation = await inbox.conversation_for(session, message)
            inbox_id = await inbox.store(session, conversation, message)
        assert inbox_id
        await Handler(database, assistant, {}, None).handle(inbox_id, tries=0)  # type: ignore[arg-type]
    async with database.transaction() as session:
        return list(await session.scalars(select(OutboxMessage.text).order_by(OutboxMessage.id)))


async def test_the_same_answer_again_is_introduced_as_such(database: Database) -> None:
    assert await heard(database, *[Parrot("الخدمة مجانية.")] * 3) == [
        "الخدمة مجانية.", "مثل ما قلنا: الخدمة مجانية.", "الخدمة مجانية.",
    ]  # fmt: skip


async def test_the_same_question_again_too(database: Database) -> None:
    asking = Parrot("Which area?", expects="area", language="en")
    assert await heard(database, asking, asking) == ["Which area?", "Once more: Which area?"]


async def test_a_question_after_another_answer_stays_as_it_is(database: Database) -> None:
    told = await heard(database, Parrot("العفو", "وين؟", expects="area"), Parrot("مجانية", "وين؟", expects="area"))
    assert told == ["العفو", "وين؟", "مجانية", "وين؟"]


@pytest.mark.parametrize("before", [("وين؟",), ("العفو", "وين؟")])
async def test_the_bare_question_after_itself(database: Database, before: tuple[str, ...]) -> None:
    told = await heard(database, Parrot(*before, expects="area"), Parrot("وين؟", expects="area"))
    assert told[-1] == "نعيد السؤال: وين؟"
