"""One message as Rasa hands it to an action: what was understood of it, where it came from, what is known so far."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker

from actions.known import NO_CATEGORY, Guesses, still_offered
from actions.word_lists import opens_with
from bot.arabic import normalise

Entity = Mapping[str, Any]

# Asked, said or wanted in between: answered by rules, and nothing to write into a form.
INTERRUPTIONS = frozenset(
    {
        "add_information", "ask_bot", "ask_help", "cancel", "check_status", "complain_about_assistant",
        "faq_attachments", "faq_cost", "faq_lost_reference", "faq_privacy", "faq_response_time", "faq_what_is_this",
        "faq_which_agency", "faq_working_hours", "goodbye", "greet", "list_my_cases", "out_of_scope", "reopen_case",
        "speak_to_agent", "switch_language", "thank", "withdraw_case", "share_contact", "edit_message",
        "unsupported_message", "stale_button", "agent_left", "agent_silent", "rate_reply", "verify_phone",
    }
)  # fmt: skip
_SURE = 0.6
_FEW_WORDS = 3
_A_SENTENCE = 6
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NOTHING = re.compile(
    r"^(?:بدون|من غير|ما\s*عند|ماكو|ما في|لا يوجد|لا شي|سكيب|ما\s*صورت"
    r"|without|no|none|nothing|skip|ma\s*3?endi|ma\s*sawart|mako|bedoon|bdoon|mafi)\b"
)
_REFUSES = re.compile("[❌🚫👎🙅⛔✖]")
_ANNOUNCED = re.compile(
    r"(?<!\w)و?(?:رقم\s+)?(?:ال|لل)?(?:تلفوني?|جوالي?|موبايلي?|هاتفي?|رقمي|رقم)(?!\w)"
    r"|\b(?:and )?(?:my )?(?:phone|number|mobile)(?: number)?(?: is| to)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Turn:
    """A message. `text` is "" where a button or something without words was sent."""

    conversation: str
    text: str
    intent: str
    confidence: float
    entities: tuple[Entity, ...]
    categories: Guesses
    """Category codes with the router's confidence, best first; `none`: a wish without a description.

    What it learnt and is offered no more is left out, so that the next best is taken.
    """
    written_in: str | None
    """`ar`, `arabizi` or `en`."""
    metadata: Mapping[str, Any]
    slots: Mapping[str, Any]
    form: str | None
    question: str | None
    """The slot that the form asks for."""
    second: Mapping[str, Any] | None = None
    """Another matter behind this one in the same message, as `bot.matters` reads it."""

    @classmethod
    def of(cls, tracker: Tracker) -> "Turn":
        """The latest message of a conversation."""
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        # The channel stands beside the slots, where the wording is chosen by both.
        slots = {**tracker.current_slot_values(), "channel": str(metadata.get("channel") or "webchat")}
        intent = message.get("intent") or {}
        text = message.get("text") or ""
        form = tracker.active_loop_name
        return cls(
            conversation=tracker.sender_id,
            text="" if is_payload(message) else text,
            intent=intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0.0),
            entities=tuple(message.get("entities") or ()),
            categories=still_offered((guess["code"], guess["confidence"]) for guess in message.get("categories") or ()),
            written_in=message.get("language"),
            metadata=metadata,
            slots=slots,
            form=form,
            question=slots.get("requested_slot") if form else None,
            second=message.get("second"),
        )

    @property
    def words(self) -> int:
        """How many words were typed."""
        return len(self.text.split())

    @property
    def channel(self) -> str:
        """The channel's code; `rasa shell` counts as web chat."""
        return str(self.slots.get("channel") or "webchat")

    @property
    def interrupts(self) -> bool:
        """Whether this is surely something in between, not an answer."""
        return self.intent in INTERRUPTIONS and (self.confidence >= _SURE or not self.text)

    @property
    def declines(self) -> bool:
        """Whether the person has nothing to give to a question that may be left open."""
        if self.text and not any(map(str.isalnum, self.text)) and not _REFUSES.search(self.text):
            return False  # a face or dots, whatever the model makes of them
        nothing = self.words <= _FEW_WORDS and _NOTHING.match(normalise(self.text))
        rather_not = self.words <= _A_SENTENCE and opens_with("rather_not", self.text)
        return self.intent in ("skip", "deny", "done") or bool(nothing) or rather_not

    def value(self, entity: str) -> str | None:
        """The first value of an entity."""
        return next((str(found["value"]) for found in self.entities if found["entity"] == entity), None)

    def without(self, entity: str) -> "Turn":
        """The same turn with all mentions of one entity, and the words that announce them, cut out of its text."""
        text = self.text
        spans = [(found["start"], found["end"]) for found in self.entities if found["entity"] == entity]
        if not text or not spans:
            return self
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
        kept = tuple(found for found in self.entities if found["entity"] != entity)
        return replace(self, text=_ANNOUNCED.sub(lambda found: " " * len(found[0]), text), entities=kept)

    @property
    def is_command(self) -> bool:
        """Whether somebody typed what looks like a command or a payload, in whatever disguise: no words to anyone."""
        return _UNSEEN.sub("", unicodedata.normalize("NFKC", self.text)).startswith("/")

    def category(self, at_least: float = 0.0) -> str | None:
        """The router's best category, if it is that sure."""
        if self.is_command:
            return None
        code, confidence = self.categories[0] if self.categories else (NO_CATEGORY, 0.0)
        return code if code != NO_CATEGORY and confidence >= at_least else None


def is_payload(message: Mapping[str, Any]) -> bool:
    """Whether a button or the gateway spoke: such a message has passed no model, so it has no language."""
    return message.get("language") is None
