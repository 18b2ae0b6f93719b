"""Places, addresses, numbers and agencies named in a message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.arabic.addresses import find_address
from bot.arabic.agencies import find_agencies
from bot.arabic.cpr import find_cprs
from bot.arabic.phones import find_phones
from bot.arabic.places import find_areas
from bot.arabic.references import find_references

Entity = dict[str, Any]

_ADDRESS_PARTS = ("block", "road", "building")
# In order of precedence: of two that stand on the same letters, the earlier stays. «بلدية المحرق» names an agency,
# not the place where something happened.
_FINDERS = {
    "reference": find_references,
    "cpr": find_cprs,
    "phone": find_phones,
    "agency": find_agencies,
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityFinder(GraphComponent, EntityExtractorMixin):
    """Adds the entities of intents.md with their canonical values, on offsets of the text as typed.

    An `area` also carries its `governorate`, and `alternatives` where the name is that of several places.
    """

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
            entities = find_entities(message.get(TEXT))
            message.set(ENTITIES, self.add_extractor_name(entities), add_to_output=True)
        return messages


def find_entities(text: str) -> list[Entity]:
    """All entities of a text in the order in which they stand, none on top of another."""
    kept: list[Entity] = []
    for entity in _all(text):
        if all(entity["end"] <= other["start"] or other["end"] <= entity["start"] for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda entity: int(entity["start"]))


def _all(text: str) -> Iterator[Entity]:
    for name, find in _FINDERS.items():
        for found in find(text):
            yield _entity(name, found.value, found.start, found.end)
    address = find_address(text)
    for part in _ADDRESS_PARTS:
        if part in address.spans:
            yield _entity(part, getattr(address, part), *address.spans[part])
    for area in find_areas(text):
        more: Entity = {"governorate": area.governorate}
        if area.ambiguous:
            more["alternatives"] = list(area.alternatives)
        yield _entity("area", area.area, area.start, area.end, **more)


def _entity(name: str, value: str, start: int, end: int, **more: Any) -> Entity:
    return {"entity": name, "value": value, "start": start, "end": end, "confidence_entity": 1.0, **more}
