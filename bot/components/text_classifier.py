"""A text classifier that learns from examples alone: TF-IDF of letters and stems, and linear support vector machines.

docs/nlu.md has the measurements that chose it.
"""

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
# Between 0.25 and 1 it makes no difference but in the time of training, which grows with it.
_C = 0.5
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

    Two machines, whose distances are added: one learns every label as if it were as frequent as the others, one as it
    is in the data. Their distances become confidences by one temperature, chosen so that they are right on examples
    held out of training. Weights are kept in half precision: half the file and half the memory, and the same ranking.
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
        machines = Machines.fit(matrix, targets)
        return cls(
            labels=tuple(map(str, machines.labels)),
            features=features,
            weights=np.ascontiguousarray(machines.weights.T, dtype=np.float16),
            bias=machines.bias.astype(np.float32),
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


@dataclass(frozen=True)
class Machines:
    """The sum of the two linear machines: one row of weights for each label."""

    labels: NDArray[np.str_]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    @classmethod
    def fit(cls, matrix: csr_matrix, targets: NDArray[np.str_]) -> Machines:
        """Learn from rows and their labels; at least three labels are needed (ValueError)."""
        machines = [_machine(weighting).fit(matrix, targets) for weighting in ("balanced", None)]
        labels = machines[0].classes_
        if len(labels) < 3:
            raise ValueError("a classifier needs examples of at least three labels")
        return cls(labels, sum(m.coef_ for m in machines), sum(m.intercept_ for m in machines))

    def scores(self, matrix: csr_matrix) -> NDArray[np.float64]:
        """For each row how far it is on each label's side."""
        return np.asarray(matrix @ self.weights.T + self.bias)


def _machine(weighting: str | None) -> LinearSVC:
    return LinearSVC(C=_C, class_weight=weighting, tol=1e-2, random_state=0)


def _temperature(matrix: csr_matrix, targets: NDArray[np.str_]) -> float:
    """The divisor of scores that gives held-out examples the likeliest confidences."""
    learnt, held = train_test_split(np.arange(len(targets)), test_size=_HELD_OUT, random_state=0)
    machines = Machines.fit(matrix[learnt], targets[learnt])
    held = held[np.isin(targets[held], machines.labels)]
    scores = machines.scores(matrix[held])
    right = np.arange(len(held)), np.searchsorted(machines.labels, targets[held])

    def surprise(temperature: float) -> float:
        return -float(log_softmax(scores / temperature, axis=1)[right].sum())

    return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)
