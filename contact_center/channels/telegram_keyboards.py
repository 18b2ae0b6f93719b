"""A message as Telegram shows it: cut to its limit, with the buttons that go below it. Pure."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from contact_center.channels.base import Button, OutboundMessage
from contact_center.channels.text import split_text

MAX_TEXT = 4096
ONE_ROW = 3
ONE_ROW_UNITS = 24
"""Buttons stand side by side where there are at most three and their titles are short; else one below the other."""
SEEN = "👍"
"""Said alone where a keyboard has to go and the message has buttons of its own: one message cannot do both."""

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


def parts_of(message: OutboundMessage) -> list[tuple[str, Markup]]:
    """What is sent, in order: texts with what goes below each.

    A button that shares a place or a number can only stand in the keyboard that replaces the letters; then the other
    choices stand there too, and choosing one says its title.
    """
    *first, last = split_text(message.text, MAX_TEXT)
    parts: list[tuple[str, Markup]] = [*((text, None) for text in first), (last, _keyboard(message.buttons))]
    if not message.after_asking or any(button.asks_for for button in message.buttons):
        return parts
    if parts[0][1] is None:
        return [(parts[0][0], ReplyKeyboardRemove()), *parts[1:]]
    return [(SEEN, ReplyKeyboardRemove()), *parts]


def _keyboard(buttons: tuple[Button, ...]) -> Markup:
    if not buttons:
        return None
    if any(button.asks_for for button in buttons):
        rows = [[_key(button)] for button in buttons]
        return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)
    keys = [InlineKeyboardButton(button.title, callback_data=button.token) for button in buttons]
    side_by_side = len(keys) <= ONE_ROW and sum(len(button.title) for button in buttons) <= ONE_ROW_UNITS
    return InlineKeyboardMarkup([keys] if side_by_side else [[key] for key in keys])


def _key(button: Button) -> KeyboardButton:
    return KeyboardButton(
        button.title, request_location=button.asks_for == "location", request_contact=button.asks_for == "contact"
    )
