"""Danger to life: noticed by signs that anyone can read and mend, and by the model's own suspicion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.arabic.normalise import normalise
from bot.components.intent_classifier import as_intent
from bot.components.reading import read

EMERGENCY = "emergency"

_SIGNS = Path(__file__).with_name("emergency_signs.yml")
_PREFIXES = r"(?<!\w)[وف]?[بل]?(?:ال|لل)?"
# What a sign is worth beside the model's confidence, which is about as often right at this height.
_CONFIDENCE_OF_SIGN = 0.8


class Weight(IntEnum):
    """What the signs in a text are worth: nothing, something beside the model's own suspicion, or enough alone."""

    NONE = 0
    HINT = 1
    ENOUGH = 2


@dataclass(frozen=True)
class Signs:
    """The list in emergency_signs.yml, ready to be looked up."""

    words: dict[str, re.Pattern[str]]
    rows: tuple[frozenset[str], ...]
    always: tuple[frozenset[str], ...]
    figures: re.Pattern[str]
    unless: re.Pattern[str]

    def weight_in(self, words: str) -> Weight:
        """What a text, as Reading.words gives it, shows."""
        if self.figures.search(words):
            return Weight.NONE
        seen = {name for name, pattern in self.words.items() if pattern.search(words)}
        if any(row <= seen for row in self.always):
            return Weight.ENOUGH
        shown = any(row <= seen for row in self.rows) and not self.unless.search(words)
        return Weight.HINT if shown else Weight.NONE


@lru_cache(maxsize=1)
def load_signs() -> Signs:
    """Read the list. Raises KeyError for a row that uses words which the list does not have."""
    listed = yaml.safe_load(_SIGNS.read_text(encoding="utf-8"))
    words = {name: _pattern(entries) for name, entries in listed["words"].items()}
    rows, always = _rows(listed["signs"], words), _rows(listed["always"], words)
    return Signs(words, rows, always, _pattern(listed["figures"]), _pattern(listed["unless"]))


def _rows(listed: Iterable[Iterable[str]], words: Mapping[str, object]) -> tuple[frozenset[str], ...]:
    rows = tuple(map(frozenset, listed))
    if unknown := frozenset().union(*rows) - words.keys():
        raise KeyError(f"signs of words that are not listed: {sorted(unknown)}")
    return rows


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    spelt = [(normalise(entry.rstrip(".")), entry.endswith(".")) for entry in entries]
    choices = "|".join(re.escape(word) + (r"(?!\w)" if whole else "") for word, whole in spelt)
    return re.compile(f"{_PREFIXES}(?:{choices})")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EmergencyWatch(GraphComponent):
    """Makes `emergency` the intent where the model's confidence in it reaches `threshold`; where a sign is seen too,
    `threshold_with_sign` is enough: most signs alone are often a danger that is over, or may come."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._threshold = config["threshold"]
        self._threshold_with_sign = config["threshold_with_sign"]
        self._signs = load_signs()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.15, "threshold_with_sign": 0.01}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EmergencyWatch:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Called by Rasa with the messages of one turn, after IntentClassifier."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY)
            suspicion = _confidence(ranking)
            weight = self._signs.weight_in(read(message.get(TEXT)).words)
            if weight is Weight.ENOUGH or (weight is Weight.HINT and suspicion >= self._threshold_with_sign):
                suspicion = max(suspicion, _CONFIDENCE_OF_SIGN)
            if suspicion >= self._threshold:
                emergency = as_intent(EMERGENCY, suspicion)
                others = [intent for intent in ranking if intent[INTENT_NAME_KEY] != EMERGENCY]
                message.set(INTENT, emergency, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [emergency, *others], add_to_output=True)
        return messages


def _confidence(ranking: list[dict[str, Any]]) -> float:
    found = (intent[PREDICTED_CONFIDENCE_KEY] for intent in ranking if intent[INTENT_NAME_KEY] == EMERGENCY)
    return max(found, default=0.0)
