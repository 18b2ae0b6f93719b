"""What was not sure in a person's words, for the engineers who mend the training data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY

_GUESSES = 3
_DESCRIPTION = "description"
_CHOOSING = ("top", "sections")
"""The values of `category_step` for a description of which no category could be proposed."""


def taken_from(tracker: DialogueStateTracker) -> set[str]:
    """The slots that the latest message gave a value to."""
    taken = set()
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, SlotSet) and event.value:
            taken.add(event.key)
    return taken


def doubt_about(understood: Mapping[str, Any], taken: set[str], slots: Mapping[str, Any]) -> dict[str, Any] | None:
    """`about` what (`intent` or `category`), with the best guesses of both; None where there is no doubt.

    `taken`: the fields of the case that the words filled. Only words are doubted, never a button's payload; and no
    name, place or other answer that was taken as one: nobody asked for its intent. A category is in doubt where a
    description was taken and none was sure enough to be proposed.
    """
    about = _about(understood, taken, slots)
    if about is None:
        return None
    return {
        "about": about,
        "intents": understood[INTENT_RANKING_KEY][:_GUESSES],
        "categories": understood["categories"][:_GUESSES],
    }


def _about(understood: Mapping[str, Any], taken: set[str], slots: Mapping[str, Any]) -> str | None:
    if "categories" not in understood:  # a payload, which has passed no model
        return None
    not_understood = understood[INTENT][INTENT_NAME_KEY] == DEFAULT_NLU_FALLBACK_INTENT_NAME
    if not_understood and (not taken or _DESCRIPTION in taken):
        return "intent"
    if _DESCRIPTION in taken and not slots.get("category") and slots.get("category_step") in _CHOOSING:
        return "category"
    return None
