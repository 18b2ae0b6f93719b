"""A second matter in one conversation: one case at a time, and nothing of the other is lost."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.known import still_offered
from actions.reading import Reading
from actions.summary import shortened
from actions.texts import Slots, Utterance, utterance
from actions.turn import Turn
from bot.arabic import normalise

_ANNOUNCED = re.compile(
    r"^(?:و\s*)?(?:(?:عندي|ابي|لدي|في)\s+)?(?:شكو[يه]|اقتراح|استفسار|بلاغ|موضوع|مشكله)\s+"
    r"(?:بعد|ثاني[هي]?|اخر[ي]?|غير\w*)(?!\w)"
    r"|^(?:and |also |i have |there is )*(?:another|a second|one more)"
    r" (?:complaint|suggestion|inquiry|issue|problem|matter)"
)
_ENOUGH_WORDS = 4
_MOST_KEPT = 5
_SHOWN = 80


def names_another_matter(turn: Turn) -> bool:
    """Whether a message inside the form announces one: «اقتراح بعد: حطوا مظلات»."""
    return turn.words >= _ENOUGH_WORDS and bool(_ANNOUNCED.match(normalise(turn.text)))


def keep_for_later(reading: Reading) -> None:
    """Keep the whole message for a case of its own."""
    turn = reading.turn
    matter = {
        "text": turn.text,
        "intent": turn.intent,
        "confidence": turn.confidence,
        "entities": [dict(entity) for entity in turn.entities],
        "categories": [list(guess) for guess in turn.categories],
    }
    keep(reading, matter)
    reading.answered()


def keep(reading: Reading, matter: Mapping[str, Any]) -> None:
    """Keep a matter as a message of its own is understood, and say that it is for later."""
    kept = reading.slots.get("other_matters") or []
    reading.set(other_matters=[*kept, dict(matter)][:_MOST_KEPT])
    reading.say("say_one_at_a_time")


def offer(slots: Slots) -> list[Utterance]:
    """The question whether to go on with the next kept matter; nothing where there is none."""
    kept = slots.get("other_matters") or []
    return [utterance("say_other_matter", slots, matter=shortened(kept[0]["text"], _SHOWN))] if kept else []


def first_kept(turn: Turn) -> Turn:
    """The turn as if the first kept matter had just been written."""
    matter = turn.slots["other_matters"][0]
    return replace(
        turn,
        text=matter["text"],
        intent=matter["intent"],
        confidence=matter["confidence"],
        entities=tuple(matter["entities"]),
        categories=still_offered((code, confidence) for code, confidence in matter["categories"]),
    )
