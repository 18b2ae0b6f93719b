"""What arrives is stored once, with its job, whatever the provider repeats."""

import asyncio

from sqlalchemy import func, select, text
from sqlalchemy import table as sql_table

from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.conversations import inbox
from contact_center.conversations.queries import conversation_at
from contact_center.database import Database


def message(provider_id: str = "1", **fields: object) -> InboundMessage:
    return InboundMessage.model_validate(
        {"channel": "telegram", "address": "42", "provider_id": provider_id, "text": "السلام عليكم", **fields}
    )


async def receive(database: Database, inbound: InboundMessage) -> bool:
    async with database.transaction() as session:
        return await inbox.receive(session, inbound)


async def count(database: Database, table: str) -> int:
    async with database.transaction() as session:
        return int((await session.execute(select(func.count()).select_from(sql_table(table)))).scalar_one())


async def test_fifty_copies_at_once_are_one_message_and_one_job(database: Database) -> None:
    new = await asyncio.gather(*(receive(database, message()) for _ in range(50)))
    assert sorted(new) == [False] * 49 + [True]
    assert await count(database, "inbox_messages") == 1
    assert await count(database, "procrastinate_jobs") == 1
    assert await count(database, "conversations") == 1


async def test_the_same_id_on_another_channel_is_another_message(database: Database) -> None:
    assert await receive(database, message())
    assert await receive(database, message(channel="sms", address="+97333112233"))
    assert await count(database, "inbox_messages") == 2


async def test_messages_of_one_conversation_share_a_lock_in_order(database: Database) -> None:
    for number in ("1", "2", "3"):
        await receive(database, message(number, text=f"رسالة {number}"))
    await receive(database, message("4", address="43"))
    async with database.transaction() as session:
        rows = await session.execute(
            text(
                "SELECT j.lock, i.content->>'text' AS said FROM procrastinate_jobs j"
                " JOIN inbox_messages i ON i.id::text = j.args->>'inbox_id' ORDER BY j.id"
            )
        )
        jobs = rows.all()
    assert [job.said for job in jobs] == ["رسالة 1", "رسالة 2", "رسالة 3", "السلام عليكم"]
    assert len({job.lock for job in jobs[:3]}) == 1
    assert jobs[3].lock != jobs[0].lock


async def test_a_message_whose_transaction_fails_leaves_no_job_behind(database: Database) -> None:
    class Broken(Exception):
        pass

    try:
        async with database.transaction() as session:
            await inbox.receive(session, message())
            raise Broken
    except Broken:
        pass
    assert await count(database, "inbox_messages") == 0
    assert await count(database, "procrastinate_jobs") == 0


async def test_a_phone_that_the_channel_vouches_for_is_kept_with_the_identity(database: Database) -> None:
    await receive(database, message())
    await receive(database, message("2", verified_phone="+97333112233", profile_name="فاطمة"))
    async with database.transaction() as session:
        conversation = await conversation_at(session, ChannelCode.TELEGRAM, "42")
        assert conversation is not None
        row = (await session.execute(text("SELECT verified_phone, profile_name FROM channel_identities"))).one()
    assert tuple(row) == ("+97333112233", "فاطمة")


async def test_a_first_message_tells_the_language_of_notices(database: Database) -> None:
    spoken = {"Loud music every single night": "en", "3endi shakwa 3ala eljar": "ar", "عندي شكوى": "ar", None: "ar"}
    for number, (words, language) in enumerate(spoken.items()):
        address = str(number)
        await receive(database, message(address, address=address, text=words))
        async with database.transaction() as session:
            begun = await conversation_at(session, ChannelCode.TELEGRAM, address)
        assert begun is not None
        assert begun.language == language, words


async def test_a_later_message_does_not(database: Database) -> None:
    await receive(database, message("1", text="عندي شكوى"))
    await receive(database, message("2", text="Loud music every single night"))
    async with database.transaction() as session:
        begun = await conversation_at(session, ChannelCode.TELEGRAM, "42")
    assert begun is not None
    assert begun.language == "ar"
