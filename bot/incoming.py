"""A turn as the service sends it to the gateway channel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.turn import Replies
from bot.understanding import Understood


class BadTurn(ValueError):
    """The request is not a turn; says what is wrong with it."""


@dataclass(frozen=True)
class Incoming:
    """Exactly one of `text` (typed by a person) and `payload` (of a button, from the service) is given."""

    conversation: str
    message_id: str
    text: str | None
    payload: str | None
    metadata: dict[str, Any]

    @classmethod
    def parse(cls, body: bytes) -> Incoming:
        """Read a request body. Raises BadTurn."""
        given = _json_object(body)
        conversation, message_id = (_text(given, name) for name in ("conversation", "message_id"))
        text, payload = (_text(given, name).strip() for name in ("text", "payload"))
        metadata = given.get("metadata", {})
        if not conversation or not message_id:
            raise BadTurn("conversation and message_id are needed")
        if bool(text) == bool(payload):
            raise BadTurn("give exactly one of text and payload")
        if not isinstance(metadata, dict):
            raise BadTurn("metadata is not an object")
        return cls(conversation, message_id, text or None, payload or None, metadata)

    def message(self, understood: Understood, replies: Replies) -> UserMessage:
        """The turn as Rasa takes it."""
        return UserMessage(
            text=self.payload or self.text,
            output_channel=replies,
            sender_id=self.conversation,
            parse_data=understood,
            input_channel=replies.name(),
            message_id=self.message_id,
            metadata={**self.metadata, "message_id": self.message_id},
        )


def words_of(body: bytes) -> str:
    """The words of a request that asks only what they mean. Raises BadTurn."""
    text = _text(_json_object(body), "text").strip()
    if not text:
        raise BadTurn("text is needed")
    return text


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        given = _storable(json.loads(body))
    except (ValueError, RecursionError) as error:
        raise BadTurn("the body is not JSON") from error
    if not isinstance(given, dict):
        raise BadTurn("the body is not a JSON object")
    return given


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise BadTurn(f"{name} is not a text")
    return value or ""


def _storable(value: Any) -> Any:
    """JSON without what PostgreSQL cannot store in a text: NUL and lone surrogates."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value
