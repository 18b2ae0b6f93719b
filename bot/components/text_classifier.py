"""A text classifier that learns from few examples: TF-IDF of letters and stems, and a linear support vector machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from bot.components.stems import stems_and_pairs

_FILE = "classifier.joblib"
_HELD_OUT = 0.25
_TEMPERATURES = (0.02, 5.0)
# Held-out examples are right more often when letters weigh more than stems; between 1.3 and 1.7 it makes no difference.
_WEIGHT_OF_LETTERS = 1.5


@dataclass(frozen=True)
class Features:
    """A text as numbers: letters (2 to 4 within a word) carry over the spellings of dialects, stems the meaning."""

    letters: TfidfVectorizer
    stems: TfidfVectorizer

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Features:
        """Learn which letters and stems there are, and how common each is."""
        common = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32}
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), **common)
        stems = TfidfVectorizer(analyzer=stems_and_pairs, **common)
        return cls(letters.fit(texts), stems.fit(texts))

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """One row for each text."""
        return hstack([self.letters.transform(texts) * _WEIGHT_OF_LETTERS, self.stems.transform(texts)], format="csr")


@dataclass(frozen=True)
class TextClassifier:
    """Labels for a text as Reading.words gives it, with confidences that sum to 1.

    The machine's distances become confidences by one temperature, chosen so that they are right on examples held out
    of training.
    """

    labels: tuple[str, ...]
    features: Features
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> TextClassifier:
        """Learn from texts and their labels; at least three labels are needed (ValueError)."""
        features, targets = Features.fit(texts), np.asarray(labels)
        matrix = features.of(texts)
        machine = _machine().fit(matrix, targets)
        if len(machine.classes_) < 3:
            raise ValueError("a classifier needs examples of at least three labels")
        return cls(
            labels=tuple(map(str, machine.classes_)),
            features=features,
            weights=np.ascontiguousarray(machine.coef_.T, dtype=np.float32),
            bias=machine.intercept_.astype(np.float32),
            temperature=_temperature(matrix, targets),
        )

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its confidence, best first."""
        scores = self.features.of([text]) @ self.weights + self.bias
        confidences = softmax(scores[0] / self.temperature)
        return [(self.labels[index], float(confidences[index])) for index in np.argsort(-confidences)]

    def save(self, directory: Path) -> None:
        """Write to a directory of the model."""
        joblib.dump(self, directory / _FILE)

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
