"""Several messages in a row are one description: what belongs together, how long is waited, and that none is lost or
heard twice, whatever happens in between."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from starlette.responses import JSONResponse
from test_handling import assistant, greeting

from contact_center.attachments.storage import Storage
from contact_center.channels.base import ChannelCode, InboundMessage, Location, Media, MediaKind
from contact_center.conversations import inbox
from contact_center.conversations.gathering import MOST_PAUSES, Told, as_one, gather
from contact_center.conversations.handling import MAX_FAILURES, Handler
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.conversations.replaying import replay
from contact_center.database import Database
from contact_center.jobs import RetryLater

PAUSE = timedelta(seconds=2)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHORT = 0.2


def message(text: str | None = None, **content: Any) -> InboundMessage:
    given = {"channel": ChannelCode.TELEGRAM, "address": "42", "provider_id": "1", **content}
    return InboundMessage(text=text, **given)


def told(*said: tuple[float, str | InboundMessage]) -> list[Told]:
    return [
        Told(words if isinstance(words, InboundMessage) else message(words), NOON + timedelta(seconds=at))
        for at, words in said
    ]


PHOTO = Media(kind=MediaKind.PHOTO, source="x")


class TestWhatBelongsTogether:
    def test_words_and_photos_within_the_pause(self) -> None:
        found = gather(told((0, "في حفرة"), (1.5, message(media=(PHOTO,))), (3, "كبيرة في سند")), PAUSE)
        assert (found.count, found.answer_at) == (3, NOON + timedelta(seconds=5))

    def test_not_what_comes_after_the_pause(self) -> None:
        found = gather(told((0, "في حفرة"), (2.5, "كبيرة في سند")), PAUSE)
        assert (found.count, found.answer_at) == (1, NOON + timedelta(seconds=2))

    @pytest.mark.parametrize(
        "other",
        [
            "/start",
            "STOP",
            "إيقاف",
            "شصار على 26-1234-5673",
            "الحقوني حريق في بيتنا",
            message(button="b1.0"),
            message(location=Location(lat=26.1, lon=50.5)),
            message("في حفرة", edits="7"),
        ],
    )
    def test_anything_else_ends_it_at_once_and_is_not_delayed_itself(self, other: str | InboundMessage) -> None:
        found = gather(told((0, "في حفرة"), (1, "كبيرة"), (1.5, other)), PAUSE)
        assert (found.count, found.answer_at) == (2, NOON + timedelta(seconds=1))
        alone = gather(told((0, other), (1, "في حفرة")), PAUSE)
        assert (alone.count, alone.answer_at) == (1, NOON)

    @pytest.mark.parametrize("words", ["خلاص", "بس هذا.", "That's all!"])
    def test_who_says_that_is_all_does_not_wait(self, words: str) -> None:
        found = gather(told((0, "في حفرة"), (1, words), (1.5, "كبيرة")), PAUSE)
        assert (found.count, found.answer_at) == (2, NOON + timedelta(seconds=1))

    def test_nobody_waits_for_ever(self) -> None:
        found = gather(told(*((float(second), "وبعد") for second in range(30))), PAUSE)
        assert found.answer_at == NOON + MOST_PAUSES * PAUSE

    def test_a_chosen_button_ends_it(self) -> None:
        chosen = Told(message("1"), NOON + timedelta(seconds=1), chosen=True)
        assert gather([*told((0, "في حفرة")), chosen], PAUSE).count == 1

    def test_an_agent_at_the_call_desk_does_not_wait(self) -> None:
        call = message("المتصل عنده حفرة", channel=ChannelCode.CALL_CENTER)
        assert gather(told((0, call)), PAUSE).answer_at == NOON

    def test_together_they_are_one_message(self) -> None:
        one = as_one([message("في حفرة"), message(" كبيرة ", media=(PHOTO,)), message("خلاص")])
        assert (one.text, one.media) == ("في حفرة\nكبيرة", (PHOTO,))

    def test_only_a_photo_has_no_words(self) -> None:
        assert as_one([message(media=(PHOTO,)), message(media=(PHOTO,))]).text is None


async def stored(database: Database, *texts: str) -> list[UUID]:
    """Messages of one person, as they came in a row, however long it takes to store them."""
    ids: list[UUID] = []
    for text in texts:
        async with database.transaction() as session:
            one = message(text, provider_id=text)
            conversation = await inbox.conversation_for(session, one)
            found = await inbox.store(session, conversation, one)
            assert found
            ids.append(found)
    present = datetime.now(UTC)
    async with database.transaction() as session:
        for ago, each in enumerate(reversed(ids)):
            (await session.get_one(InboxMessage, each)).received_at = present - ago * timedelta(milliseconds=10)
    return ids


async def statuses(database: Database) -> list[str]:
    async with database.transaction() as session:
        rows = await session.scalars(select(InboxMessage).order_by(InboxMessage.received_at))
        return [row.status for row in rows]


async def answers(database: Database) -> int:
    async with database.transaction() as session:
        return len((await session.scalars(select(OutboxMessage.id).where(OutboxMessage.role == "assistant"))).all())


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path)


async def test_one_turn_one_answer_and_each_processed(database: Database, storage: Storage) -> None:
    ids = await stored(database, "في حفرة", "كبيرة", "في سند")
    async with assistant(greeting) as (client, turns):
        handler = Handler(database, client, {}, storage, SHORT)
        for each in ids:
            await handler.handle(each, tries=0)
    assert [turn["text"] for turn in turns] == ["في حفرة\nكبيرة\nفي سند"]
    assert turns[0]["message_id"] == str(ids[0])
    assert (await statuses(database), await answers(database)) == (["processed"] * 3, 1)


async def test_what_comes_while_waiting_belongs_to_it(database: Database, storage: Storage) -> None:
    (first,) = await stored(database, "في حفرة")
    async with assistant(greeting) as (client, turns):
        handling = asyncio.create_task(Handler(database, client, {}, storage, 1.5).handle(first, tries=0))
        await asyncio.sleep(0.25)
        await stored(database, "كبيرة")
        await handling
    assert [turn["text"] for turn in turns] == ["في حفرة\nكبيرة"]


async def test_a_repeated_turn_is_the_same_turn(database: Database, storage: Storage) -> None:
    """A worker dies after it asked: what came since is not swallowed by the repeat, and nothing is left out of it."""
    ids = await stored(database, "في حفرة", "كبيرة")
    async with assistant(lambda _: JSONResponse({"error": "x", "kind": "unavailable"}, 503)) as (client, _):
        with pytest.raises(RetryLater):
            await Handler(database, client, {}, storage, SHORT).handle(ids[0], tries=0)
    (late,) = await stored(database, "في سند")
    async with assistant(greeting) as (client, turns):
        handler = Handler(database, client, {}, storage, SHORT)
        await handler.handle(ids[0], tries=1)
        assert await statuses(database) == ["processed", "processed", "received"]
        await handler.handle(ids[1], tries=0)
        await handler.handle(late, tries=0)
    assert [turn["text"] for turn in turns] == ["في حفرة\nكبيرة", "في سند"]
    assert await statuses(database) == ["processed"] * 3


async def test_with_a_question_open_nobody_waits(database: Database, storage: Storage) -> None:
    ids = await stored(database, "سند", "مجمع 745")
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(expects="area", draft={"description": "حفرة"}))
    async with assistant(greeting) as (client, turns):
        handler = Handler(database, client, {}, storage, 60)
        for each in ids:
            await handler.handle(each, tries=0)
    assert [turn["text"] for turn in turns] == ["سند", "مجمع 745"]


async def test_what_cannot_be_digested_fails_together_and_comes_back_together(
    database: Database, storage: Storage
) -> None:
    ids = await stored(database, "في حفرة", "كبيرة")
    async with assistant(lambda _: JSONResponse({"error": "failed"}, 500)) as (client, _):
        handler = Handler(database, client, {}, storage, SHORT)
        for tries in range(MAX_FAILURES - 1):
            with pytest.raises(RetryLater):
                await handler.handle(ids[0], tries=tries)
        await handler.handle(ids[0], tries=MAX_FAILURES - 1)
    assert await statuses(database) == ["failed", "failed"]
    for each in reversed(ids):
        async with database.transaction() as session:
            await replay(session, str(each))
    async with assistant(greeting) as (client, turns):
        handler = Handler(database, client, {}, storage, SHORT)
        for each in reversed(ids):
            await handler.handle(each, tries=0)
    assert [turn["text"] for turn in turns] == ["في حفرة\nكبيرة"]
    assert await statuses(database) == ["processed", "processed"]


async def test_without_a_pause_each_message_is_a_turn(database: Database, storage: Storage) -> None:
    ids = await stored(database, "في حفرة", "كبيرة")
    async with assistant(lambda _: JSONResponse({"messages": [{"text": "هلا"}]})) as (client, turns):
        for each in ids:
            await Handler(database, client, {}, storage).handle(each, tries=0)
    assert len(turns) == 2
