"""The assistant's side of a conversation as the web chat, the call desk and their clients see it."""

from typing import Any

from contact_center.conversations.buttons import token
from contact_center.conversations.models import OutboxMessage


def as_line(message: OutboxMessage) -> dict[str, Any]:
    """`{"id", "role", "text", "buttons": [{"title", "payload"}], "expects"}`; a payload is a token to send back."""
    buttons = [{"title": b["title"], "payload": token(message.id, i)} for i, b in enumerate(message.buttons)]
    return {
        "id": str(message.id),
        "role": message.role,
        "text": message.text,
        "buttons": buttons,
        "expects": message.expects,
    }
