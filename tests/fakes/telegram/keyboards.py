"""Keyboards below a message or in the place of the letters, checked as the Bot API checks them."""

import json
from typing import Any

from tests.fakes.telegram.errors import ApiError

MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100


def checked_keyboard(value: Any) -> dict[str, Any] | None:
    """The keyboard in `reply_markup`, checked as the API checks it."""
    if not value:
        return None
    try:
        markup = json.loads(value) if isinstance(value, str) else value
        if "keyboard" in markup or markup.get("remove_keyboard"):
            return _reply_keyboard(markup)
        rows = markup["inline_keyboard"]
        keys = [key for row in rows for key in row]
    except (ValueError, KeyError, TypeError) as error:
        raise ApiError(400, "Bad Request: can't parse reply keyboard markup JSON object") from error
    if len(keys) > MAX_BUTTONS:
        raise ApiError(400, "Bad Request: reply markup is too long")
    for key in keys:
        if not isinstance(key.get("text"), str) or not key["text"].strip():
            raise ApiError(400, "Bad Request: inline keyboard button text must be non-empty")
        if not 1 <= len(str(key.get("callback_data", "")).encode()) <= MAX_CALLBACK_BYTES:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"inline_keyboard": rows}


def _reply_keyboard(markup: dict[str, Any]) -> dict[str, Any]:
    """A keyboard in the place of the letters, or its removal."""
    for row in markup.get("keyboard", []):
        for key in row:
            if not isinstance(key.get("text"), str) or not key["text"].strip():
                raise ApiError(400, "Bad Request: keyboard button text must be non-empty")
            if key.get("request_contact") and key.get("request_location"):
                raise ApiError(400, "Bad Request: can't parse keyboard button")
    return markup
