"""Would more data help? Both classifiers, trained on parts of the training data and measured on the same messages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from math import ceil
from operator import itemgetter
from pathlib import Path
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.case_router import CaseRouter
from bot.components.intent_classifier import IntentClassifier
from bot.components.reading import read
from bot.components.text_classifier import TextClassifier
from bot.evaluation.figures import accuracy, macro_f1, share
from bot.evaluation.judged import Judged

SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
_SEED = 3
_NO_CATEGORY = "none"

Example = tuple[str, str]
"""A text as Reading.words gives it, and its label."""


def learning_curve(data: Path, messages: Sequence[Judged]) -> Iterator[dict[str, Any]]:
    """For each share of the training data: the examples that it has, and what was reached on the messages.

    The classifiers alone: no sign of an emergency helps them here. The parts lie within one another.
    """
    loaded = RasaFileImporter(training_data_paths=[str(data)]).get_nlu_data().training_examples
    intents, categories = (_examples(loaded, label) for label in (IntentClassifier.label_of, CaseRouter.label_of))
    for part in SHARES:
        yield {"share": part, **_of_intents(subset(intents, part), messages)} | _of_categories(
            subset(categories, part), messages
        )


def subset(examples: Sequence[Example], part: float) -> list[Example]:
    """The same share of each label's examples, at least one; a larger share holds all of a smaller one."""
    chosen: list[Example] = []
    for _, group in groupby(sorted(examples, key=itemgetter(1)), key=itemgetter(1)):
        of_label = list(group)
        random.Random(_SEED).shuffle(of_label)  # noqa: S311 -- the same parts each time
        chosen += of_label[: ceil(part * len(of_label))]
    return chosen


def _examples(loaded: Sequence[Message], label_of: Callable[[Message], str | None]) -> list[Example]:
    labelled = ((message.get(TEXT), label_of(message)) for message in loaded)
    return [(_words(text), label) for text, label in labelled if text and label]


@cache  # a text is read in 3 ms, and asked for up to ten times
def _words(text: str) -> str:
    return read(text).words


def _ranked(
    examples: Sequence[Example], messages: Sequence[Judged], networks: int
) -> Iterator[tuple[Judged, list[str]]]:
    texts, labels = zip(*examples, strict=True)
    classifier = TextClassifier.fit(texts, labels, networks)
    for message in messages:
        yield message, [label for label, _ in classifier.rank(_words(message.text)) if label != _NO_CATEGORY]


def _of_intents(examples: Sequence[Example], messages: Sequence[Judged]) -> dict[str, Any]:
    pairs = [
        (message.expected["intent"], ranking[0])
        for message, ranking in _ranked(examples, messages, IntentClassifier.networks)
    ]
    return {
        "intent_examples": len(examples),
        "intent_accuracy": accuracy(pairs),
        "intent_macro_f1": macro_f1(pairs),
    }


def _of_categories(examples: Sequence[Example], messages: Sequence[Judged]) -> dict[str, Any]:
    routed = [message for message in messages if "category" in message.expected]
    ranked = [
        (message.expected["category"], ranking) for message, ranking in _ranked(examples, routed, CaseRouter.networks)
    ]
    return {
        "category_examples": len(examples),
        "category_top1": share(ranking[0] == expected for expected, ranking in ranked),
        "category_top3": share(expected in ranking[:3] for expected, ranking in ranked),
    }
