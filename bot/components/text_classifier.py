"""A text classifier that learns from few examples: TF-IDF of letters and words, and a linear support vector machine."""

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
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import KFold
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

_FILE = "classifier.joblib"
_FOLDS = 4
_TEMPERATURES = (0.02, 5.0)

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class TextClassifier:
    """Labels for a normalised text, with confidences that sum to 1.

    Letters (2 to 5 within a word) carry over the spellings and endings of dialects; words and pairs of words tell
    apart what letters confuse. The machine's distances become confidences by one temperature, chosen so that they
    are right on examples held out of training.
    """

    labels: tuple[str, ...]
    features: FeatureUnion
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> TextClassifier:
        """Learn from texts and their labels; at least three labels are needed (ValueError)."""
        features = _features()
        matrix, targets = features.fit_transform(texts), np.asarray(labels)
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
        scores = self.features.transform([text]) @ self.weights + self.bias
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


def _features() -> FeatureUnion:
    common = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32}
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **common)
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", **common)
    return FeatureUnion([("letters", letters), ("words", words)])


def _machine() -> LinearSVC:
    return LinearSVC(class_weight="balanced", random_state=0)


def _temperature(matrix: csr_matrix, targets: NDArray[np.str_]) -> float:
    """The divisor of scores that gives held-out examples the likeliest confidences."""
    held_out: list[tuple[Scores, NDArray[np.intp]]] = []
    for learnt, held in KFold(_FOLDS, shuffle=True, random_state=0).split(targets):
        machine = _machine().fit(matrix[learnt], targets[learnt])
        held = held[np.isin(targets[held], machine.classes_)]
        right = np.searchsorted(machine.classes_, targets[held])
        held_out.append((machine.decision_function(matrix[held]), right))

    def surprise(temperature: float) -> float:
        return -sum(
            log_softmax(scores / temperature, axis=1)[np.arange(len(right)), right].sum() for scores, right in held_out
        )

    return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)
