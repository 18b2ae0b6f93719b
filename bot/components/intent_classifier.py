"""What a person wants: one intent of those in domain.yml."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.components.trained import Ranking, TrainedComponent

_RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(TrainedComponent):
    """Sets `intent` and `intent_ranking`.

    Where the best intent's confidence is below `threshold`, the intent is `nlu_fallback`; the ranking keeps what was
    guessed.
    """

    # Three, since one alone is a matter of luck: they differ by as much as they add.
    networks = 3

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.3}

    @staticmethod
    def label_of(message: Message) -> str | None:
        intent: str | None = message.get(INTENT)
        return intent

    def annotate(self, message: Message, ranking: Ranking) -> None:
        intents = [as_intent(name, confidence) for name, confidence in ranking[:_RANKING_LENGTH]]
        best = intents[0]
        if best[PREDICTED_CONFIDENCE_KEY] < self.config["threshold"]:
            best = as_intent(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0 - best[PREDICTED_CONFIDENCE_KEY])
        message.set(INTENT, best, add_to_output=True)
        message.set(INTENT_RANKING_KEY, intents, add_to_output=True)


def as_intent(name: str, confidence: float) -> dict[str, Any]:
    """An intent as Rasa writes it."""
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
