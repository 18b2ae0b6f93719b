"""Which categories of the catalogue a description may belong to."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import METADATA, METADATA_INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.components.trained import Ranking, TrainedComponent

_CATEGORIES_SHOWN = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CaseRouter(TrainedComponent):
    """Adds the message property `categories`: the five likeliest as {code, confidence}, best first.

    Learns from the examples whose block has `metadata: category:`. The code `none` stands for a wish without a
    description («ابي اسجل شكوى»), so that a caller sees whether there is something to route yet.
    """

    @staticmethod
    def label_of(message: Message) -> str | None:
        of_block = message.get(METADATA, {}).get(METADATA_INTENT) or {}
        category: str | None = of_block.get("category")
        return category

    def annotate(self, message: Message, ranking: Ranking) -> None:
        categories = [{"code": code, "confidence": confidence} for code, confidence in ranking[:_CATEGORIES_SHOWN]]
        message.set("categories", categories, add_to_output=True)
