"""What the trained components share: learning from labelled messages, keeping the model, loading it."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar

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

_COMPONENTS = Path(__file__).parent
_CODE = {".py", ".yml"}


@lru_cache(maxsize=1)
def _code_version() -> str:
    """A digest of all that decides how a text is read."""
    digest = hashlib.sha256()
    for directory in (_COMPONENTS, _COMPONENTS.parent / "arabic"):
        for path in sorted(directory.rglob("*")):
            if path.suffix in _CODE:
                digest.update(path.read_bytes())
    return digest.hexdigest()


@cache  # the components learn from the same examples; nobody's message comes through here
def _words_of_example(text: str) -> str:
    return read(text).words


class TrainedComponent(GraphComponent, ABC):
    """A component around one TextClassifier; says which label a training message has, and what to do with a ranking."""

    networks: ClassVar[int] = 0

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

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What, beside data and configuration, makes Rasa train anew instead of taking the model from its cache."""
        return _code_version()

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
            (_words_of_example(message.get(TEXT)), label)
            for message in training_data.training_examples
            if message.get(TEXT) and (label := self.label_of(message))
        ]
        texts, labels = [words for words, _ in labelled], [label for _, label in labelled]
        classifier = TextClassifier.fit(texts, labels, self.networks)
        with self._model_storage.write_to(self._resource) as directory:
            classifier.save(directory)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Called by Rasa with the messages of one turn."""
        if self._classifier is None:
            raise RuntimeError("a component that was not trained cannot process a message")
        for message in messages:
            self.annotate(message, self._classifier.rank(read(message.get(TEXT)).words))
        return messages
