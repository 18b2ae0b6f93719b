"""A message with files as Telegram takes it: photos and documents uploaded, each kind together, words as a caption."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Bot, InputMediaDocument, InputMediaPhoto, Message
from telegram.error import BadRequest

from contact_center.channels.base import OutboundFile, OutboundMessage
from contact_center.channels.telegram_keyboards import Markup, parts_of
from contact_center.channels.text import utf16_units

MAX_CAPTION = 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
"""A larger photo goes as a document, of which 50 MB are taken."""
SECONDS = 60.0
"""How long Telegram may take to receive and look at what is uploaded."""

_NO_PHOTO = re.compile(r"PHOTO_|IMAGE_PROCESS_FAILED|too big for a photo", re.IGNORECASE)
"""What Telegram says of a picture that it does not take as a photo: too wide, too long, unreadable to it."""


@dataclass(frozen=True)
class Files:
    """Files of a kind that go out together; more than one make an album, which takes no `markup`."""

    files: tuple[OutboundFile, ...]
    as_photos: bool
    caption: str | None = None
    markup: Markup = None


Part = tuple[str, Markup] | Files


def parts_with_files(message: OutboundMessage) -> list[Part]:
    """What is sent, in order. Words are the first file's caption if they fit; else they come before the files, or after
    them where buttons are to stay at the end."""
    words, files = parts_of(message), _by_kind(message.media)
    text, markup = words[0]
    fit = len(words) == 1 and utf16_units(text) <= MAX_CAPTION
    if files and fit and (markup is None or len(message.media) == 1):
        return [replace(files[0], caption=text, markup=markup), *files[1:]]
    return [*files, *words] if message.buttons else [*words, *files]


async def send_files(bot: Bot, chat_id: str, part: Files) -> str:
    """Upload files; the id of the last message that they make. Raises `TelegramError`."""
    try:
        return str((await _upload(bot, chat_id, part))[-1].message_id)
    except BadRequest as error:
        if not part.as_photos or not _NO_PHOTO.search(str(error)):
            raise
        return str((await _upload(bot, chat_id, replace(part, as_photos=False)))[-1].message_id)


def _by_kind(media: Sequence[OutboundFile]) -> list[Files]:
    photos = tuple(file for file in media if _may_be_a_photo(file))
    others = tuple(file for file in media if not _may_be_a_photo(file))
    return [Files(files, as_photos) for files, as_photos in ((photos, True), (others, False)) if files]


def _may_be_a_photo(file: OutboundFile) -> bool:
    return file.media_type.startswith("image/") and file.size <= MAX_PHOTO_BYTES


async def _upload(bot: Bot, chat_id: str, part: Files) -> Sequence[Message]:
    contents = [await asyncio.to_thread(file.path.read_bytes) for file in part.files]
    if len(contents) > 1:
        kind = InputMediaPhoto if part.as_photos else InputMediaDocument
        album = [kind(content, filename=file.filename) for content, file in zip(contents, part.files, strict=True)]
        return await bot.send_media_group(chat_id, album, caption=part.caption, read_timeout=SECONDS)
    send = bot.send_photo if part.as_photos else bot.send_document
    name = part.files[0].filename
    message = await send(
        chat_id, contents[0], caption=part.caption, reply_markup=part.markup, filename=name, read_timeout=SECONDS
    )
    return [message]
