"""What Telegram sends us, as an `InboundMessage` or as something that is no person's message to us."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from telegram import CallbackQuery, Message, Update
from telegram.ext import filters
from telegram.helpers import effective_message_type

from bot.arabic.phones import parse_phone
from contact_center.channels.base import (
    ChannelCode,
    Ignored,
    InboundMessage,
    Location,
    Media,
    MediaKind,
    SharedContact,
)
from contact_center.channels.http import kind_of
from contact_center.errors import Unparseable

COMMANDS = ("start", "help", "status", "cancel", "language")
"""The bot's menu; any other line that begins with a slash stays words."""

_ENVELOPE = ("message_id", "date", "edit_date", "chat", "from")
"""What a message has whatever is in it."""

ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]
"""What we ask Telegram for; anything else would only be ignored."""


def parse_update(body: bytes) -> Update:
    """The update in a webhook's body. Raises `Unparseable`."""
    try:
        fields = json.loads(body)
        int(fields["update_id"])
        return _update_in(fields)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unparseable("The body is not a Telegram update.") from error


def _update_in(fields: dict[str, Any]) -> Update:
    """The update; a message whose content the library cannot read comes without it: a person waits for an answer."""
    try:
        return Update.de_json(fields)
    except (TypeError, KeyError):
        kind = next((kind for kind in ("message", "edited_message") if kind in fields), None)
        if kind is None:
            raise
        envelope = {name: fields[kind][name] for name in _ENVELOPE if name in fields[kind]}
        return Update.de_json({"update_id": fields["update_id"], kind: envelope})


def read_update(update: Update) -> InboundMessage | Ignored:
    """The person's message in an update. Raises `Unparseable` where a value cannot be true (a latitude of 200)."""
    try:
        if update.callback_query:
            return _read_press(update.update_id, update.callback_query)
        message = update.message or update.edited_message
        if message:
            return _read_message(update, message)
    except ValidationError as error:
        raise Unparseable("A value in the Telegram update cannot be true.") from error
    kinds = [kind for kind in Update.ALL_TYPES if getattr(update, kind, None)]
    return Ignored(f"not a message: {', '.join(kinds) or 'unknown update'}")


def _read_press(update_id: int, query: CallbackQuery) -> InboundMessage | Ignored:
    if query.message and query.message.chat.type != "private":
        return Ignored(f"pressed in a {query.message.chat.type}")
    if not query.data:
        return Ignored("a press without our token")
    return InboundMessage(
        channel=ChannelCode.TELEGRAM,
        address=str(query.from_user.id),
        provider_id=str(update_id),
        button=query.data,
        replies_to=str(query.message.message_id) if query.message else None,
        profile_name=query.from_user.full_name,
    )


def _read_message(update: Update, message: Message) -> InboundMessage | Ignored:
    reason = _why_ignored(update, message)
    if reason or not message.from_user:
        return Ignored(reason or "no sender")
    return InboundMessage(
        channel=ChannelCode.TELEGRAM,
        address=str(message.chat.id),
        provider_id=str(update.update_id),
        message_id=str(message.message_id),
        edits=str(message.message_id) if update.edited_message else None,
        replies_to=str(message.reply_to_message.message_id) if message.reply_to_message else None,
        profile_name=message.from_user.full_name,
        **_content(message),
    )


def _why_ignored(update: Update, message: Message) -> str | None:
    if message.chat.type != "private":
        return f"written in a {message.chat.type}"
    if message.from_user and message.from_user.is_bot:
        return "written by a bot"
    if update.edited_message and message.location:
        return "a live location that moved"
    if filters.StatusUpdate.ALL.check_update(update):
        return f"a service message: {effective_message_type(message)}"
    return None


def _content(message: Message) -> dict[str, Any]:
    """The fields of `InboundMessage` that hold what was said or sent."""
    if message.animation:  # Telegram gives an animation as a document, too
        return {"unsupported": "animation"}
    for kind, read in _READERS.items():
        if message[kind]:
            return read(message)
    return {"unsupported": effective_message_type(message) or "unknown"}


def _text(message: Message) -> dict[str, Any]:
    text = message.text or ""
    first, _, argument = text.removeprefix("/").partition(" ")
    command = first.partition("@")[0].lower() or "help"
    if not text.startswith("/") or command not in COMMANDS:
        return {"text": text}
    return {"command": command, "argument": argument.strip() or None}


def _photo(message: Message) -> dict[str, Any]:
    largest = max(message.photo, key=lambda size: size.width * size.height)
    photo = Media(kind=MediaKind.PHOTO, source=largest.file_id, media_type="image/jpeg", size=largest.file_size)
    return {"media": (photo,), "text": message.caption}


def _file(name: str, kind: MediaKind | None, default_type: str | None) -> Callable[[Message], dict[str, Any]]:
    """A reader of the message's file `name`; without `kind`, the file's own type tells it."""

    def read(message: Message) -> dict[str, Any]:
        file: Any = message[name]
        media_type = file.mime_type or default_type
        media = Media(
            kind=kind or kind_of(media_type),
            source=file.file_id,
            media_type=media_type,
            filename=getattr(file, "file_name", None),
            size=file.file_size,
        )
        return {"media": (media,), "text": message.caption}

    return read


def _location(message: Message) -> dict[str, Any]:
    place = message.venue.location if message.venue else message.location
    if place is None:
        return {"unsupported": "location"}
    named = [message.venue.title, message.venue.address] if message.venue else []
    label = "، ".join(filter(None, named)) or None
    return {"location": Location(lat=place.latitude, lon=place.longitude, label=label)}


def _contact(message: Message) -> dict[str, Any]:
    card, sender = message.contact, message.from_user
    if card is None or sender is None:
        return {"unsupported": "contact"}
    own = card.user_id == sender.id
    # Telegram gives a person's own number without its plus; a card from the address book may be a local number.
    spellings = [f"+{card.phone_number.lstrip('+')}", card.phone_number]
    numbers = [parse_phone(spelling) for spelling in (spellings if own else reversed(spellings))]
    phone = next(filter(None, numbers), None)
    name = " ".join(filter(None, [card.first_name, card.last_name])) or None
    return {
        "contact": SharedContact(phone=phone or card.phone_number, name=name, own=own),
        "verified_phone": phone if own else None,
    }


_READERS: dict[str, Callable[[Message], dict[str, Any]]] = {
    "text": _text,
    "photo": _photo,
    "voice": _file("voice", MediaKind.VOICE, "audio/ogg"),
    "audio": _file("audio", MediaKind.VOICE, "audio/mpeg"),
    "video": _file("video", MediaKind.VIDEO, "video/mp4"),
    "document": _file("document", None, None),
    "location": _location,
    "venue": _location,
    "contact": _contact,
}
