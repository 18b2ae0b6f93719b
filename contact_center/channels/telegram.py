"""Telegram, by python-telegram-bot's client: https://core.telegram.org/bots/api."""

import hmac
import logging
from collections.abc import Mapping

import httpx
import structlog
from telegram import Bot, BotCommand, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from contact_center.channels.base import ChannelCode, Download, Media, OutboundMessage, PartSent, Refused, not_noted
from contact_center.channels.http import MAX_FILE_BYTES, TIMEOUT, download_of, open_download
from contact_center.channels.parts import PartSender
from contact_center.channels.telegram_errors import send_error
from contact_center.channels.telegram_media import Files, Part, parts_with_files, send_files
from contact_center.channels.telegram_parse import ALLOWED_UPDATES

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)
WEBHOOK_PATH = "/webhooks/telegram"

MAX_WEBHOOK_CONNECTIONS = 40

log = structlog.get_logger()


class TelegramChannel:
    """The bot: sends, downloads, and answers presses."""

    code = ChannelCode.TELEGRAM

    def __init__(self, token: str, secret: str, api_url: str) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it logs addresses, and the token is in them
        self._secret = secret
        self._requests = (_request(pool=4), _request(pool=64))
        self._files = httpx.AsyncClient(timeout=TIMEOUT)
        self._file_base = f"{api_url}/file/bot{token}/"
        self._parts: PartSender[Part] = PartSender()
        self.bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )

    def knows_secret(self, header: str | None) -> bool:
        """Whether a webhook call carries the secret that we gave Telegram."""
        return hmac.compare_digest((header or "").encode(), self._secret.encode())

    async def send(self, address: str, message: OutboundMessage, part_sent: PartSent = not_noted) -> str:
        """Send to the chat `address`; the buttons go below the last part."""

        async def send_one(part: Part) -> str:
            try:
                if isinstance(part, Files):
                    return await send_files(self.bot, address, part)
                sent = await self.bot.send_message(chat_id=address, text=part[0], reply_markup=part[1])
            except TelegramError as error:
                raise send_error(error) from error
            return str(sent.message_id)

        parts, key = parts_with_files(message), message.idempotency_key
        return await self._parts.send(key, parts, send_one, parts_sent=message.parts_sent, part_sent=part_sent)

    async def download(self, media: Media) -> Download:
        """Open the file behind Telegram's file id (at most 20 MB: a limit of theirs)."""
        if not media.source or (media.size or 0) > MAX_FILE_BYTES:
            raise Refused("no file, or too large a file", code="too_large" if media.source else "gone")
        try:
            file = await self.bot.get_file(media.source)
        except TelegramError as error:
            raise send_error(error) from error
        if not (file.file_path or "").startswith(self._file_base):
            raise Refused("the file is not on the Bot API's server", code="gone")
        request = self._files.build_request("GET", str(file.file_path))
        return await download_of(await open_download(self._files, request), media.media_type)

    async def show_typing(self, address: str) -> None:
        """Show «typing…» for five seconds or until the next message."""
        try:
            await self.bot.send_chat_action(chat_id=address, action=ChatAction.TYPING)
        except TelegramError as error:
            log.info("typing_not_shown", channel=self.code, reason=str(error))

    async def acknowledge(self, update: Update) -> None:
        """Stop the spinner on a pressed button; never raises (Telegram stops it by itself before long)."""
        if not update.callback_query:
            return
        try:
            await self.bot.answer_callback_query(update.callback_query.id)
        except TelegramError as error:
            log.info("press_not_acknowledged", channel=self.code, reason=str(error))

    async def set_webhook(self, public_url: str) -> None:
        """Have updates posted to `public_url`. Raises a `SendError`."""
        try:
            await self.bot.set_webhook(
                url=public_url + WEBHOOK_PATH,
                secret_token=self._secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=MAX_WEBHOOK_CONNECTIONS,
            )
        except TelegramError as error:
            raise send_error(error) from error

    async def set_commands(self, menus: Mapping[str, Mapping[str, str]]) -> None:
        """Have the app show a menu of commands: by language (`""`: everybody else's) command → what it does.

        Raises a `SendError`.
        """
        try:
            for language, menu in menus.items():
                commands = [BotCommand(name, text) for name, text in menu.items()]
                await self.bot.set_my_commands(commands, language_code=language or None)
        except TelegramError as error:
            raise send_error(error) from error

    async def close(self) -> None:
        """Close connections."""
        for request in self._requests:
            await request.shutdown()
        await self._files.aclose()


def _request(pool: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=pool,
        connect_timeout=TIMEOUT.connect,
        read_timeout=TIMEOUT.read,
        write_timeout=TIMEOUT.write,
        pool_timeout=TIMEOUT.pool,
    )
