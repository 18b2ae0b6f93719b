"""Who left a draft is reminded once in a pause, when it is allowed; after a month it is dropped with its files."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from contact_center import clock
from contact_center.agencies.catalogue import catalogue
from contact_center.attachments.models import Attachment
from contact_center.attachments.storage import Storage
from contact_center.citizens.service import identity_for
from contact_center.conversations import buttons, outbox, reminders
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database

NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)
AFTER = timedelta(hours=3)
DRAFT = {"description": "حفرة في الشارع", "category": "road.pothole"}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Set the service's clock."""
    file = tmp_path / "offset"
    monkeypatch.setenv("TAWASUL_CLOCK_OFFSET_FILE", str(file))

    def set_clock(moment: datetime) -> None:
        file.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        assert abs(clock.now() - moment) < timedelta(seconds=5)

    return set_clock


async def left(database: Database, ago: timedelta, *, channel: str = "telegram", **fields: Any) -> UUID:
    """A conversation whose person has not been heard of for so long at noon."""
    given = {"draft": DRAFT, "expects": "area", "last_inbound_at": NOON - ago, **fields}
    opted_out = given.pop("opted_out_at", None)
    async with database.transaction() as session:
        identity = await identity_for(session, channel, uuid4().hex)
        identity.opted_out_at = opted_out
        conversation = Conversation(channel=channel, address=identity.address, identity_id=identity.id, **given)
        session.add(conversation)
    return conversation.id


async def reminded(database: Database) -> list[OutboxMessage]:
    async with database.transaction() as session:
        await reminders.remind(session, AFTER)
    async with database.transaction() as session:
        return list((await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all())


async def test_it_says_what_is_missing_and_offers_both_ways(database: Database, at: Any) -> None:
    at(NOON)
    await left(database, timedelta(hours=4))
    (message,) = await reminded(database)
    assert message.text == "طلبك عن «حفر وتكسر في الشارع» محفوظ، بس ما انرسل بعد. باقي المكان."
    assert [button["payload"] for button in message.buttons] == ["/resume_draft", "/cancel"]


async def test_once_in_a_pause_and_again_in_the_next(database: Database, at: Any) -> None:
    at(NOON)
    conversation_id = await left(database, timedelta(hours=4))
    assert len(await reminded(database)) == 1
    assert len(await reminded(database)) == 1
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(last_inbound_at=NOON + timedelta(hours=1)))
    at(NOON + timedelta(hours=5))
    assert len(await reminded(database)) == 2
    assert conversation_id


async def test_two_workers_at_once_send_one(database: Database, at: Any) -> None:
    at(NOON)
    for _ in range(5):
        await left(database, timedelta(hours=4))
    await asyncio.gather(*(reminded(database) for _ in range(4)))
    assert len(await reminded(database)) == 5


@pytest.mark.parametrize(
    ("ago", "fields"),
    [
        (timedelta(hours=2), {}),
        (timedelta(hours=25), {"channel": "whatsapp"}),
        (timedelta(days=3, hours=1), {}),
        (timedelta(hours=4), {"channel": "call_center"}),
        (timedelta(hours=4), {"mode": "agent"}),
        (timedelta(hours=4), {"opted_out_at": NOON}),
        (timedelta(hours=4), {"draft": {}}),
        (timedelta(hours=4), {"draft": {"case_type": "complaint", "contact_phone": "+97336001234"}}),
    ],
)
async def test_nobody_else_is(database: Database, at: Any, ago: timedelta, fields: dict[str, Any]) -> None:
    at(NOON)
    await left(database, ago, **fields)
    assert await reminded(database) == []


@pytest.mark.parametrize("channel", ["whatsapp", "sms", "webchat", "telegram"])
async def test_not_at_night_but_in_the_morning(database: Database, at: Any, channel: str) -> None:
    await left(database, timedelta(), channel=channel)
    for hour in (18, 22, 24, 28):  # UTC: from 21:00 to 07:00 in Bahrain
        at(NOON.replace(hour=0) + timedelta(hours=hour))
        assert await reminded(database) == []
    at(NOON + timedelta(hours=20, minutes=1))
    assert len(await reminded(database)) == 1


@pytest.mark.parametrize("expects", [*sorted(reminders._ASKED), None, "reference"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_question_has_words_of_its_own(expects: str | None, language: str) -> None:
    told = reminders.reminder(Conversation(language=language, draft=DRAFT, expects=expects), catalogue())
    assert catalogue().categories["road.pothole"].name(language) in told
    assert "_" not in told
    assert "{" not in told


async def test_the_question_before_it_can_still_be_answered(database: Database, at: Any) -> None:
    at(NOON)
    conversation_id = await left(database, timedelta(hours=4))
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        skip = [{"title": "تخطي", "payload": "/skip"}]
        asked = await outbox.add(session, conversation, "وين بالضبط؟", buttons=skip, expects="address")
    await reminded(database)
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        assert await buttons.pressed(session, conversation, buttons.token(asked or 0, 0)) == "/skip"


async def test_only_a_month_old_draft_is_dropped(database: Database, at: Any) -> None:
    at(NOON)
    old = await left(database, timedelta(days=31))
    fresh = await left(database, timedelta(days=29))
    async with database.transaction() as session:
        assert await reminders.drop_old(session) == 1
        assert [await reminders.is_old(session, each) for each in (old, fresh)] == [True, False]
        await reminders.dropped(session, old)
    async with database.transaction() as session:
        assert await reminders.drop_old(session) == 0
        conversation = await session.get_one(Conversation, old)
    assert (conversation.draft, conversation.expects) == ({}, None)


async def test_files_that_belong_to_nothing_go_with_it(database: Database, at: Any, tmp_path: Path) -> None:
    at(NOON)
    storage = Storage(tmp_path / "files")
    kept = await left(database, timedelta(days=31))
    empty = await left(database, timedelta(days=31), draft={}, expects=None)
    keys = {kept: "a" * 64, empty: "b" * 64}
    for conversation_id, key in keys.items():
        path = storage._path(key)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
        async with database.transaction() as session:
            row = {"kind": "photo", "media_type": "image/jpeg", "filename": "x.jpg", "size": 1, "sha256": key}
            old = NOON - timedelta(days=31)
            session.add(
                Attachment(conversation_id=conversation_id, source_key="1", storage_key=key, created_at=old, **row)
            )
    async with database.transaction() as session:
        gone = await reminders.drop_files(session)
    assert set(gone) == {keys[empty]}
    await storage.remove(keys[empty], older_than=datetime.now(UTC) + timedelta(minutes=1))
    await storage.remove(keys[kept], older_than=datetime.now(UTC) - timedelta(minutes=1))
    assert [storage._path(key).exists() for key in keys.values()] == [True, False]
