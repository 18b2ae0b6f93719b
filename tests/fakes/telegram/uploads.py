"""Files that the bot uploads: sendPhoto, sendDocument and sendMediaGroup, with the limits of the Bot API."""

import json
import struct
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.errors import ApiError

if TYPE_CHECKING:
    from tests.fakes.telegram.server import TelegramServer

MAX_PHOTO, MAX_DOCUMENT = 10 * 1024 * 1024, 50 * 1024 * 1024
MAX_CAPTION = 1024
LONGEST_SIDES = 10_000
"""Width and height of a photo together."""
WIDEST = 20
"""How many times longer than the other a side may be."""
_ATTACHED = "attach://"
_JPEG, _PNG, _WEBP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"WEBP"

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Uploaded:
    """A file in a call's multipart body."""

    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True)
class Received:
    """A file as a citizen gets it. `kind`: `photo` or `document`."""

    kind: str
    content: bytes
    name: str


def uploaded(parameters: Parameters, field: str) -> Uploaded:
    """The file behind a parameter: in the body under its name, or under the name that it says (`attach://…`)."""
    value = parameters.get(field)
    if isinstance(value, str) and value.startswith(_ATTACHED):
        value = parameters.get(value.removeprefix(_ATTACHED))
    if not isinstance(value, Uploaded):
        raise ApiError(400, f"Bad Request: there is no {field} in the request")
    if not value.content:
        raise ApiError(400, "Bad Request: file must be non-empty")
    if len(value.content) > MAX_DOCUMENT:
        raise ApiError(413, "Request Entity Too Large")
    return value


def checked_caption(value: Any) -> str:
    """A caption; raises what the API answers where it is too long."""
    caption = str(value or "")
    if len(caption.encode("utf-16-le")) // 2 > MAX_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    return caption


def received(kind: str, file: Uploaded) -> Received:
    """What arrives of a file sent as this kind; raises what the API answers where it is none."""
    if kind == "photo":
        _check_photo(file)
    return Received(kind, file.content, file.name)


def message_with(
    server: "TelegramServer", chat: dict[str, Any], file: Received, caption: str, album: str = ""
) -> dict[str, Any]:
    """The message that a file makes, as the API answers it."""
    message = {"message_id": server.next_message_id(), "from": server.bot_user, "chat": chat, "date": int(time.time())}
    file_id = server.store_file(file.content, file.name, "application/octet-stream", None)
    shown = {"file_id": file_id, "file_unique_id": file_id[-8:], "file_size": len(file.content)}
    if file.kind == "photo":
        message["photo"] = [shown | {"width": 1280, "height": 960}]
    else:
        message["document"] = shown | {"file_name": file.name}
    return message | ({"caption": caption} if caption else {}) | ({"media_group_id": album} if album else {})


def album_of(parameters: Parameters) -> list[tuple[Received, str]]:
    """The files of an album, each with its caption, checked as the API checks them."""
    try:
        items = json.loads(parameters.get("media") or "")
    except ValueError as error:
        raise ApiError(400, "Bad Request: can't parse media JSON object") from error
    if not 2 <= len(items) <= 10:
        raise ApiError(400, "Bad Request: media group must include 2-10 items")
    kinds = {item["type"] for item in items}
    if not kinds <= {"photo", "video", "document"} or ("document" in kinds and len(kinds) > 1):
        raise ApiError(400, "Bad Request: document can't be mixed with other media types")
    return [_of_album(number, item, parameters) for number, item in enumerate(items, start=1)]


def _of_album(number: int, item: dict[str, Any], parameters: Parameters) -> tuple[Received, str]:
    file = uploaded(parameters | {item["type"]: item["media"]}, item["type"])
    try:
        return received(item["type"], file), checked_caption(item.get("caption"))
    except ApiError as error:
        reason = str(error).removeprefix("Bad Request: ")
        raise ApiError(
            400, f'Bad Request: failed to send message #{number} with the error message "{reason}"'
        ) from error


def _check_photo(file: Uploaded) -> None:
    if len(file.content) > MAX_PHOTO:
        size = len(file.content)
        raise ApiError(
            400, f"Bad Request: file of size {size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    if not file.content.startswith((_JPEG, _PNG)) and file.content[8:12] != _WEBP:
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    if file.content.startswith(_PNG):
        width, height = struct.unpack_from(">II", file.content, 16)
        if width + height > LONGEST_SIDES or max(width, height) > WIDEST * min(width, height):
            raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
