"""The outbox of a conversation grows at its end only, whoever writes to it."""

import asyncio

from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations import outbox
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation
from contact_center.conversations.queries import assistant_lines
from contact_center.database import Database


async def conversation(database: Database, address: str) -> Conversation:
    async with database.transaction() as session:
        identity = await identity_for(session, ChannelCode.WEBCHAT, address, None, None)
        return await begin(session, ChannelCode.WEBCHAT, address, identity)


async def say(database: Database, begun: Conversation, text: str) -> None:
    async with database.transaction() as session:
        await outbox.say(session, begun, text)


async def test_a_line_is_never_committed_before_one_with_a_lower_id(database: Database) -> None:
    begun = await conversation(database, "1")
    async with database.transaction() as session:
        await outbox.say(session, begun, "الأول")
        second = asyncio.create_task(say(database, begun, "الثاني"))
        await asyncio.sleep(0.5)
        assert not second.done()
    await second
    async with database.transaction() as session:
        assert [line.text for line in await assistant_lines(session, begun.id)] == ["الأول", "الثاني"]


async def test_conversations_do_not_wait_for_each_other(database: Database) -> None:
    one, other = await conversation(database, "1"), await conversation(database, "2")
    async with database.transaction() as session:
        await outbox.say(session, one, "الأول")
        await asyncio.wait_for(say(database, other, "غيره"), 5)


async def test_one_cause_is_told_once(database: Database) -> None:
    begun = await conversation(database, "1")
    for _ in range(2):
        async with database.transaction() as session:
            await outbox.say(session, begun, "رسالتك محفوظة", dedupe_key="kept:1")
    async with database.transaction() as session:
        assert len(await assistant_lines(session, begun.id)) == 1
