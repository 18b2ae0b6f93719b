"""A text classifier that learns from examples alone: TF-IDF of letters and stems, and linear support vector machines.

docs/nlu.md has the measurements that chose it.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

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

Weighting = Literal["balanced"] | None

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

    A machine for each weighting of the labels, whose distances are added. They become confidences by one temperature,
    chosen so that they are right on examples held out of training. Weights are kept in half precision: half the file
    and half the memory, and the same ranking.
    """

    labels: tuple[str, ...]
    features: Features
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]
    temperature: float

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], weightings: Sequence[Weighting] = ("balanced",)
    ) -> TextClassifier:
        """Learn from texts and their labels; at least three labels are needed (ValueError).

        `weightings`: "balanced" has every label as frequent as the others, None as frequent as it is in the texts.
        """
        features, targets = Features.fit(texts), np.asarray(labels)
        matrix = features.matrix(texts)
        everything = np.arange(len(targets))
        learnt, held = train_test_split(everything, test_size=_HELD_OUT, random_state=0)

        def machine(job: tuple[NDArray[np.intp], Weighting]) -> LinearSVC:
            rows, weighting = job
            return LinearSVC(C=_C, class_weight=weighting, tol=1e-2, random_state=0).fit(matrix[rows], targets[rows])

        with ThreadPoolExecutor() as threads:  # they learn outside Python: one on each core
            fitted = list(threads.map(machine, product((everything, learnt), weightings)))
        machines, of_most = Machines.sum(fitted[: len(weightings)]), Machines.sum(fitted[len(weightings) :])
        return cls(
            labels=tuple(map(str, machines.labels)),
            features=features,
            weights=np.ascontiguousarray(machines.weights.T, dtype=np.float16),
            bias=machines.bias.astype(np.float32),
            temperature=of_most.temperature(matrix[held], targets[held]),
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
    """The sum of linear machines: one row of weights for each label."""

    labels: NDArray[np.str_]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    @classmethod
    def sum(cls, machines: Sequence[LinearSVC]) -> Machines:
        """Of machines that learnt the same labels; there must be at least three (ValueError)."""
        labels = machines[0].classes_
        if len(labels) < 3:
            raise ValueError("a classifier needs examples of at least three labels")
        return cls(labels, sum(m.coef_ for m in machines), sum(m.intercept_ for m in machines))

    def temperature(self, matrix: csr_matrix, targets: NDArray[np.str_]) -> float:
        """The divisor of scores that gives these rows, which were held out, the likeliest confidences."""
        known = np.isin(targets, self.labels)
        scores = np.asarray(matrix[known] @ self.weights.T + self.bias)
        right = np.arange(len(scores)), np.searchsorted(self.labels, targets[known])

        def surprise(temperature: float) -> float:
            return -float(log_softmax(scores / temperature, axis=1)[right].sum())

        return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)
