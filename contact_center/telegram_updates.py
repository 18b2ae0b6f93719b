"""How Telegram's updates reach us: by webhook where we have a public address, else by long polling in one worker."""

import asyncio
from collections.abc import Mapping

import structlog
from sqlalchemy.exc import DBAPIError

from contact_center.advisory_locks import Lock, hold
from contact_center.channels.base import Channel, ChannelCode, InboundMessage, SendError
from contact_center.channels.telegram import TelegramChannel
from contact_center.channels.telegram_polling import poll
from contact_center.conversations import inbox
from contact_center.database import Database
from contact_center.notifications.sentences import sentence
from contact_center.settings import Settings

RETRY_SECONDS = 10.0
MENU = ("start", "status", "cancel", "language", "help")

log = structlog.get_logger()


async def run(settings: Settings, database: Database, channels: Mapping[ChannelCode, Channel]) -> None:
    """See to Telegram's updates until cancelled; returns at once where Telegram is off."""
    telegram = channels.get(ChannelCode.TELEGRAM)
    if not isinstance(telegram, TelegramChannel):
        return
    await _show_menu(telegram)
    if settings.public_url:
        await _have_them_sent(telegram, settings.public_url)
    else:
        await _fetch_them(telegram, database)


async def _show_menu(telegram: TelegramChannel) -> None:
    """Tell Telegram the menu of commands; the bot works without it."""
    menus = {
        language: {command: sentence(f"menu_{command}", language or "ar") for command in MENU}
        for language in ("", "ar", "en")
    }
    try:
        await telegram.set_commands(menus)
    except SendError as error:
        log.warning("menu_not_set", channel="telegram", reason=str(error))


async def _have_them_sent(telegram: TelegramChannel, public_url: str) -> None:
    while True:
        try:
            await telegram.set_webhook(public_url)
        except SendError as error:
            log.warning("webhook_not_set", channel="telegram", reason=str(error), again_in_seconds=RETRY_SECONDS)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            log.info("webhook_set", channel="telegram")
            return


async def _fetch_them(telegram: TelegramChannel, database: Database) -> None:
    """Poll while we hold the lock; a worker that does not hold it waits for it."""

    async def receive(message: InboundMessage) -> None:
        async with database.transaction() as session:
            await inbox.receive(session, message)

    while True:
        try:
            async with database.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await hold(connection, Lock.POLL_TELEGRAM)
                log.info("polling", channel="telegram")
                await poll(telegram, receive)
        except DBAPIError as error:
            log.warning("polling_paused", channel="telegram", reason=type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)
