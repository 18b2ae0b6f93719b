"""The facts of a message as Rasa's entities."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.facts import Fact
from bot.components.reading import read


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityFinder(GraphComponent, EntityExtractorMixin):
    """Sets `entities`. An `area` also carries its `governorate`, and `alternatives` where its name is ambiguous."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityFinder:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Called by Rasa with the messages of one turn."""
        for message in messages:
            entities = [_entity(fact) for fact in read(message.get(TEXT)).facts]
            message.set(ENTITIES, self.add_extractor_name(entities), add_to_output=True)
        return messages


def _entity(fact: Fact) -> dict[str, Any]:
    entity = {
        "entity": fact.entity,
        "value": fact.value,
        "start": fact.start,
        "end": fact.end,
        "confidence_entity": 1.0,
    }
    if fact.governorate:
        entity["governorate"] = fact.governorate
    if fact.alternatives:
        entity["alternatives"] = list(fact.alternatives)
    return entity
