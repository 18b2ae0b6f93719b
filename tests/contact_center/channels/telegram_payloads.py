"""Updates as Telegram sends them, one of each kind."""

from typing import Any

PERSON = {"id": 5550001, "is_bot": False, "first_name": "مريم", "last_name": "أحمد", "language_code": "ar"}
CHAT = {"id": 5550001, "first_name": "مريم", "last_name": "أحمد", "type": "private"}
GROUP = {"id": -1001234, "title": "أهل الحي", "type": "supergroup"}
BOT = {"id": 123456, "is_bot": True, "first_name": "تواصل", "username": "tawasul_bot"}


def update(kind: str = "message", /, **content: Any) -> dict[str, Any]:
    """An update with one message in it."""
    message = {"message_id": 41, "from": PERSON, "chat": CHAT, "date": 1760000000}
    return {"update_id": 700000001, kind: message | content}


def file(**fields: Any) -> dict[str, Any]:
    """A file as Telegram describes it."""
    return {"file_id": "AgACAgQAAxkBAAIB", "file_unique_id": "AQADx", "file_size": 1234} | fields


def press(chat: dict[str, Any] = CHAT, **fields: Any) -> dict[str, Any]:
    """An update with a pressed button in it."""
    message = {"message_id": 40, "from": BOT, "chat": chat, "date": 1760000000, "text": "هل المعلومات صحيحة؟"}
    query = {"id": "4382bfdwdsb323b2d9", "from": PERSON, "message": message, "chat_instance": "-37", "data": "b12.0"}
    return {"update_id": 700000002, "callback_query": query | fields}


STICKER = file(type="regular", width=512, height=512, is_animated=False, is_video=False, emoji="👍")
POLL = {
    "id": "1", "question": "؟", "options": [{"text": "أ", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
    "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
}  # fmt: skip
MEMBER_CHANGE = {
    "update_id": 700000003,
    "my_chat_member": {
        "chat": CHAT, "from": PERSON, "date": 1760000000,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": "kicked", "until_date": 0},
    },
}  # fmt: skip
CHANNEL_POST = {
    "update_id": 700000004,
    "channel_post": {
        "message_id": 2, "date": 1760000000, "text": "خبر",
        "sender_chat": {"id": -100, "title": "قناة", "type": "channel"},
        "chat": {"id": -100, "title": "قناة", "type": "channel"},
    },
}  # fmt: skip
