"""Long polling: how a bot without a public address gets its updates."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import Update
from telegram.error import RetryAfter, TelegramError

from contact_center.channels.base import Ignored, InboundMessage
from contact_center.channels.telegram import TelegramChannel
from contact_center.channels.telegram_errors import seconds
from contact_center.channels.telegram_parse import ALLOWED_UPDATES, read_update
from contact_center.errors import Unparseable

WAIT_SECONDS = 25
LONGEST_PAUSE = 60.0

Receive = Callable[[InboundMessage], Awaitable[None]]
"""Stores a message durably, or raises."""

log = structlog.get_logger()


async def poll(channel: TelegramChannel, receive: Receive, *, first_pause: float = 1.0) -> None:
    """Hand every update to `receive`, in order, until cancelled.

    Telegram is told that an update has arrived (by the next call's offset) only after `receive` returned; when it
    raises, the update is handed over again later. Errors of Telegram's are waited out, `first_pause` seconds at first.
    """
    offset, pause, webhook_gone = 0, first_pause, False
    while True:
        try:
            if not webhook_gone:
                webhook_gone = await channel.bot.delete_webhook(drop_pending_updates=False)
            updates = await channel.bot.get_updates(
                offset=offset, timeout=WAIT_SECONDS, allowed_updates=ALLOWED_UPDATES
            )
            for update in updates:
                await _hand_over(channel, update, receive)
                offset = update.update_id + 1
            pause = first_pause
        except TelegramError as error:
            # Conflict: another process polls with this token, or somebody has set a webhook. Both may pass.
            log.warning("telegram_poll_failed", error=type(error).__name__, reason=str(error), pause_seconds=pause)
            await asyncio.sleep(max(pause, seconds(error)) if isinstance(error, RetryAfter) else pause)
            pause, webhook_gone = min(pause * 2, LONGEST_PAUSE), False
        except Exception:
            log.exception("telegram_update_not_stored", pause_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _hand_over(channel: TelegramChannel, update: Update, receive: Receive) -> None:
    try:
        message = read_update(update)
    except Unparseable as error:
        log.error("telegram_update_unreadable", update_id=update.update_id, reason=error.sentence)
        return
    if isinstance(message, Ignored):
        log.info("update_ignored", channel=channel.code, provider_id=str(update.update_id), reason=message.reason)
        return
    await receive(message)
    await channel.acknowledge(update)
