"""The Bot API's methods: what each one checks, does and answers."""

import json
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fakes.telegram.errors import ApiError
from tests.fakes.telegram.keyboards import checked_keyboard
from tests.fakes.telegram.uploads import album_of, checked_caption, message_with, received, uploaded

if TYPE_CHECKING:
    from tests.fakes.telegram.server import TelegramServer

MAX_TEXT = 4096
MAX_DOWNLOAD = 20 * 1024 * 1024
ACTIONS = {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "find_location"}

Parameters = dict[str, Any]
Method = Callable[["TelegramServer", Parameters], Awaitable[Any]]


async def get_me(server: "TelegramServer", parameters: Parameters) -> dict[str, Any]:
    return server.bot_user | {"can_join_groups": True, "can_read_all_group_messages": False}


async def set_webhook(server: "TelegramServer", parameters: Parameters) -> bool:
    url = str(parameters.get("url", ""))
    host = urlsplit(url).hostname
    # The real server insists on https everywhere; ours lets a test listen on loopback.
    if url and not url.startswith("https://") and host not in ("127.0.0.1", "localhost"):
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    secret = str(parameters.get("secret_token", ""))
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise ApiError(400, "Bad Request: secret token contains unallowed characters")
    server.set_webhook(url, secret, _allowed(parameters))
    return True


async def delete_webhook(server: "TelegramServer", parameters: Parameters) -> bool:
    if str(parameters.get("drop_pending_updates", "")).lower() == "true":
        server.updates.clear()
    server.set_webhook("", "", None)
    return True


async def get_webhook_info(server: "TelegramServer", parameters: Parameters) -> dict[str, Any]:
    return {
        "url": server.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(server.updates),
        "allowed_updates": server.allowed_updates or [],
    }


async def get_updates(server: "TelegramServer", parameters: Parameters) -> list[dict[str, Any]]:
    if server.webhook_url:
        raise ApiError(
            409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
        )
    if "allowed_updates" in parameters:
        server.allowed_updates = _allowed(parameters)
    return await server.wait_for_updates(
        offset=int(parameters.get("offset", 0)),
        limit=min(int(parameters.get("limit", 100)), 100),
        timeout=min(float(parameters.get("timeout", 0)), 50),
    )


async def send_message(server: "TelegramServer", parameters: Parameters) -> dict[str, Any]:
    citizen = server.reachable(parameters.get("chat_id"))
    text = str(parameters.get("text", ""))
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    keyboard = checked_keyboard(parameters.get("reply_markup"))
    message = {
        "message_id": server.next_message_id(),
        "from": server.bot_user,
        "chat": citizen.chat,
        "date": int(time.time()),
        "text": text,
    }
    if keyboard:
        message["reply_markup"] = keyboard
    citizen.take(message)
    # The answer shows inline keyboards only.
    return message if not keyboard or "inline_keyboard" in keyboard else message | {"reply_markup": None}


async def send_photo(server: "TelegramServer", parameters: Parameters) -> dict[str, Any]:
    return _send_file(server, parameters, "photo")


async def send_document(server: "TelegramServer", parameters: Parameters) -> dict[str, Any]:
    return _send_file(server, parameters, "document")


def _send_file(server: "TelegramServer", parameters: Parameters, kind: str) -> dict[str, Any]:
    citizen = server.reachable(parameters.get("chat_id"))
    file, caption = received(kind, uploaded(parameters, kind)), checked_caption(parameters.get("caption"))
    keyboard = checked_keyboard(parameters.get("reply_markup"))
    message = message_with(server, citizen.chat, file, caption)
    citizen.take(message | ({"reply_markup": keyboard} if keyboard else {}), file)
    return message | ({"reply_markup": keyboard} if keyboard and "inline_keyboard" in keyboard else {})


async def send_media_group(server: "TelegramServer", parameters: Parameters) -> list[dict[str, Any]]:
    citizen = server.reachable(parameters.get("chat_id"))
    album, name = album_of(parameters), secrets.token_hex(8)
    messages = []
    for file, caption in album:
        messages.append(message_with(server, citizen.chat, file, caption, name))
        citizen.take(messages[-1], file)
    return messages


async def send_chat_action(server: "TelegramServer", parameters: Parameters) -> bool:
    citizen = server.reachable(parameters.get("chat_id"))
    if parameters.get("action") not in ACTIONS:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    citizen.typing_seen += 1
    return True


async def answer_callback_query(server: "TelegramServer", parameters: Parameters) -> bool:
    query = str(parameters.get("callback_query_id", ""))
    if query not in server.open_queries:
        raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    server.open_queries.discard(query)
    return True


async def get_file(server: "TelegramServer", parameters: Parameters) -> dict[str, Any]:
    file_id = str(parameters.get("file_id", ""))
    if file_id not in server.files:
        raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    file = server.files[file_id]
    if file.size > MAX_DOWNLOAD:
        raise ApiError(400, "Bad Request: file is too big")
    return {"file_id": file_id, "file_unique_id": file_id[-8:], "file_size": file.size, "file_path": file.path}


def _allowed(parameters: Parameters) -> list[str] | None:
    value = parameters.get("allowed_updates")
    kinds = json.loads(value) if isinstance(value, str) else value
    return kinds or None


async def set_my_commands(server: "TelegramServer", parameters: Parameters) -> bool:
    value = parameters.get("commands", "[]")
    commands = json.loads(value) if isinstance(value, str) else value
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    language = str(parameters.get("language_code") or "")
    server.menus[language] = {command["command"]: command["description"] for command in commands}
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "getupdates": get_updates,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "setmycommands": set_my_commands,
}
"""By name in lower case: the API does not mind the case either."""
