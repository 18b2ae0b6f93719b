"""What the trained components share: learning from labelled messages, keeping the model, loading it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self

from bot.components.reading import read
from bot.components.text_classifier import TextClassifier

Ranking = list[tuple[str, float]]


class TrainedComponent(GraphComponent, ABC):
    """A component around one TextClassifier; says which label a training message has, and what to do with a ranking."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: TextClassifier | None = None,
    ) -> None:
        self.config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @staticmethod
    @abstractmethod
    def label_of(message: Message) -> str | None:
        """The label that a training message teaches, or None where it teaches nothing here."""

    @abstractmethod
    def annotate(self, message: Message, ranking: Ranking) -> None:
        """Write to the message what a ranking (label and confidence, best first) means."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """The component as `train` kept it."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, TextClassifier.load(directory))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training messages that have a label here; three labels at least (ValueError)."""
        labelled = [
            (read(message.get(TEXT)).words, label)
            for message in training_data.training_examples
            if message.get(TEXT) and (label := self.label_of(message))
        ]
        classifier = TextClassifier.fit([words for words, _ in labelled], [label for _, label in labelled])
        with self._model_storage.write_to(self._resource) as directory:
            classifier.save(directory)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Called by Rasa with the messages of one turn."""
        assert self._classifier is not None, "Rasa loads a component before it processes a message"
        for message in messages:
            self.annotate(message, self._classifier.rank(read(message.get(TEXT)).words))
        return messages
