"""Telegram without a public address: one worker polls, and whoever writes for the first time is heard."""

import asyncio
from pathlib import Path

from sqlalchemy import func, select

from contact_center import telegram_updates
from contact_center.channels.registry import open_channels
from contact_center.citizens.service import identity_for
from contact_center.conversations.models import InboxMessage
from contact_center.database import Database
from contact_center.settings import Settings
from tests.fakes.telegram import TelegramServer


async def heard(database: Database, count: int) -> None:
    async with asyncio.timeout(20):
        while True:
            async with database.transaction() as session:
                if await session.scalar(select(func.count()).select_from(InboxMessage)) == count:
                    return
            await asyncio.sleep(0.05)


async def test_first_contacts_are_stored_while_a_worker_polls(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    async with TelegramServer.running() as server:
        settings = Settings(
            _env_file=None,
            database_url=database_url,
            data_dir=tmp_path,
            telegram_token=server.token,
            telegram_api_url=server.url,
        )
        channels = open_channels(settings)
        polling = [asyncio.create_task(telegram_updates.run(settings, database, channels)) for _ in range(2)]
        for _ in range(2):
            await server.citizen().says("في حفرة عندنا")
        await heard(database, 2)
        async with asyncio.timeout(5), database.transaction() as session:  # and on any other channel meanwhile
            assert await identity_for(session, "webchat", "somebody new")
        for task in polling:
            task.cancel()
        await asyncio.gather(*polling, return_exceptions=True)
        for channel in channels.values():
            await channel.close()
