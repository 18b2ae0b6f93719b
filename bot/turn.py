"""One turn of a conversation: what was asked, what was answered, and that it is answered once."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.trackers import DialogueStateTracker

from bot.doubt import doubt_about, taken_from

CASE_SLOTS = (
    "case_type",
    "description",
    "category",
    "area",
    "governorate",
    "block",
    "road",
    "building",
    "address",
    "lat",
    "lon",
    "attachments",
    "contact_name",
    "contact_phone",
)
# Slots that a question asks for; of other questions, yes or no, nobody outside has to know.
ASKED_FOR = frozenset(
    {
        "case_type", "description", "category", "area", "address", "attachments", "contact_name", "contact_phone",
        "confirm", "reference",
    }
)  # fmt: skip
_EXTRAS = ("image", "attachment", "custom")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


class TurnFailed(BaseException):
    """The turn cannot be completed and must leave no trace; says why.

    Not an Exception: Rasa catches those around actions, logs them and carries on as if nothing had happened.
    """


class NoModel(TurnFailed):
    """There is nothing yet to understand the turn with."""


class AlreadyAnswered(Exception):
    """The message was answered before; `reply` is what was said then."""

    def __init__(self, reply: dict[str, Any]) -> None:
        super().__init__("this message was answered before")
        self.reply = reply


class Replies(OutputChannel):
    """Collects what the assistant says, one message for each utterance, and calls itself what the citizen's channel
    is called, so that a response in domain.yml may have a wording for one channel."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.messages: list[dict[str, Any]] = []

    def name(self) -> str:
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Called by Rasa for each utterance; one without any content is left out."""
        buttons = [*(message.get("buttons") or []), *(message.get("quick_replies") or [])]
        said: dict[str, Any] = {
            "text": message.get("text"),
            "buttons": [{"title": button["title"], "payload": button["payload"]} for button in buttons],
        }
        said |= {extra: message[extra] for extra in _EXTRAS if message.get(extra)}
        if any(said.values()):
            self.messages.append(said)


@dataclass
class Turn:
    """A message under way, `understood` as bot.understanding gives it.

    `reply` is set when the conversation is saved: both are stored together or not at all.
    """

    message_id: str
    understood: dict[str, Any]
    replies: Replies
    reply: dict[str, Any] | None = None

    def conclude(self, tracker: DialogueStateTracker) -> dict[str, Any]:
        """The reply to this turn, from the conversation as it now stands. Raises TurnFailed where there is none."""
        if tracker.latest_action_name != ACTION_LISTEN_NAME:
            raise TurnFailed(f"the assistant stopped after {tracker.latest_action_name}")
        if not self.replies.messages:
            raise TurnFailed("the assistant said nothing")
        taken = taken_from(tracker).intersection(CASE_SLOTS)
        self.reply = {
            "messages": self.replies.messages,
            **_state(tracker),
            "intent": self.understood["intent"],
            "doubt": doubt_about(self.understood, taken, tracker.current_slot_values()),
        }
        return self.reply


current_turn: ContextVar[Turn | None] = ContextVar("current_turn", default=None)


def _asked_for(tracker: DialogueStateTracker) -> str | None:
    asked = tracker.get_slot(REQUESTED_SLOT) if tracker.active_loop_name else None
    return asked if asked in ASKED_FOR else None


def _state(tracker: DialogueStateTracker) -> dict[str, Any]:
    slots = tracker.current_slot_values()
    return {
        "expects": _asked_for(tracker),
        "draft": {name: slots[name] for name in CASE_SLOTS if slots.get(name) not in _EMPTY},
        "language": slots.get("language"),
    }
