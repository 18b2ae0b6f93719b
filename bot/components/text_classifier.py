"""A text classifier that learns from few examples: TF-IDF of letters and stems, and a linear support vector machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from bot.components.bag_of_terms import BagOfTerms, Row
from bot.components.terms import letters, stems

_FILE = "classifier.joblib"
_HELD_OUT = 0.25
_TEMPERATURES = (0.02, 5.0)
# Held-out examples are right more often when letters weigh more than stems; between 1.3 and 1.7 it makes no difference.
_WEIGHT_OF_LETTERS = 1.5


@dataclass(frozen=True)
class Features:
    """What a text is judged by: letters carry over the spellings of dialects, stems the meaning."""

    letters: BagOfTerms
    stems: BagOfTerms

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Features:
        """Learn which letters and stems there are, and how rare each is."""
        return cls(BagOfTerms.fit(letters, texts), BagOfTerms.fit(stems, texts))

    def row(self, text: str) -> Row:
        """Columns and weights of one text."""
        letter_columns, letter_weights = self.letters.row(text)
        stem_columns, stem_weights = self.stems.row(text)
        return (
            np.concatenate([letter_columns, stem_columns + len(self.letters.columns)]),
            np.concatenate([letter_weights * _WEIGHT_OF_LETTERS, stem_weights]),
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row for each text."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns, weights = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        width = len(self.letters.columns) + len(self.stems.columns)
        return csr_matrix((weights, columns, ends), shape=(len(texts), width))


@dataclass(frozen=True)
class TextClassifier:
    """Labels for a text as Reading.words gives it, with confidences that sum to 1.

    The machine's distances become confidences by one temperature, chosen so that they are right on examples held out
    of training. Weights are kept in half precision: half the file and half the memory, and the same ranking.
    """

    labels: tuple[str, ...]
    features: Features
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]
    temperature: float

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> TextClassifier:
        """Learn from texts and their labels; at least three labels are needed (ValueError)."""
        features, targets = Features.fit(texts), np.asarray(labels)
        matrix = features.matrix(texts)
        machine = _machine().fit(matrix, targets)
        if len(machine.classes_) < 3:
            raise ValueError("a classifier needs examples of at least three labels")
        return cls(
            labels=tuple(map(str, machine.classes_)),
            features=features,
            weights=np.ascontiguousarray(machine.coef_.T, dtype=np.float16),
            bias=machine.intercept_.astype(np.float32),
            temperature=_temperature(matrix, targets),
        )

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its confidence, best first."""
        columns, weights = self.features.row(text)
        scores = weights @ self.weights[columns].astype(np.float32) + self.bias
        confidences = softmax(scores / self.temperature)
        return [(self.labels[index], float(confidences[index])) for index in np.argsort(-confidences)]

    def save(self, directory: Path) -> None:
        """Write to a directory of the model."""
        # Rasa packs a model with gzip at its slowest, which takes 12 s for what this squeezes into a third at once.
        joblib.dump(self, directory / _FILE, compress=1)

    @staticmethod
    def load(directory: Path) -> TextClassifier:
        """Read what `save` wrote. A model is code (pickle): load only those that you trained."""
        classifier: TextClassifier = joblib.load(directory / _FILE)
        return classifier


def _machine() -> LinearSVC:
    return LinearSVC(class_weight="balanced", tol=1e-2, random_state=0)


def _temperature(matrix: csr_matrix, targets: NDArray[np.str_]) -> float:
    """The divisor of scores that gives held-out examples the likeliest confidences."""
    learnt, held = train_test_split(np.arange(len(targets)), test_size=_HELD_OUT, random_state=0)
    machine = _machine().fit(matrix[learnt], targets[learnt])
    held = held[np.isin(targets[held], machine.classes_)]
    scores = machine.decision_function(matrix[held])
    right = np.arange(len(held)), np.searchsorted(machine.classes_, targets[held])

    def surprise(temperature: float) -> float:
        return -float(log_softmax(scores / temperature, axis=1)[right].sum())

    return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)
