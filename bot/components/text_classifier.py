"""A text classifier that learns from examples alone: TF-IDF of letters and stems, a linear machine and small networks.

docs/nlu.md has the measurements that chose it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from os import cpu_count
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax

from bot.components.bag_of_terms import BagOfTerms, Row
from bot.components.learners import Linear, Network
from bot.components.terms import letters, stems

_FILE = "classifier.joblib"
# Of each label, every fourth example is held out of the second training; never the first.
_HELD_OUT = 4
_TEMPERATURES = (0.02, 5.0)
# What the networks together count beside the linear machine; between 0.3 and 0.4 it makes no difference.
_WEIGHT_OF_NETWORKS = 0.35
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

    The scores of a linear machine and of networks are added. They become confidences by one temperature, chosen so that
    they are right on examples held out of a second training, which has one network at most.
    """

    labels: tuple[str, ...]
    features: Features
    judges: Judges
    temperature: float

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], networks: int = 0) -> TextClassifier:
        """Learn from texts and their labels; at least three labels are needed (ValueError)."""
        names, targets = np.unique(np.asarray(labels), return_inverse=True)
        if len(names) < 3:
            raise ValueError("a classifier needs examples of at least three labels")
        features = Features.fit(texts)
        matrix = features.matrix(texts)
        held = _place_in_label(targets) % _HELD_OUT == 1
        with ThreadPoolExecutor(cpu_count()) as threads:  # they learn mostly outside Python
            trial = Judges.learning(threads, matrix[~held], targets[~held], min(networks, 1))
            final = Judges.learning(threads, matrix, targets, networks)
            of_most, judges = trial(), final()
        temperature = _temperature(of_most.scores_of(matrix[held]), targets[held])
        return cls(tuple(map(str, names)), features, judges, temperature)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its confidence, best first."""
        confidences = softmax(self.judges.scores(self.features.row(text)) / self.temperature)
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
class Judges:
    """A linear machine and networks that learnt the same; their scores are added."""

    linear: Linear
    networks: tuple[Network, ...]

    @classmethod
    def learning(
        cls, threads: ThreadPoolExecutor, matrix: csr_matrix, targets: NDArray[np.intp], networks: int
    ) -> Callable[[], Judges]:
        """Start to learn which row has which label (0, 1, ...); what is returned waits for the end."""
        linear = threads.submit(Linear.fit, matrix, targets)
        others = [threads.submit(Network.fit, matrix, targets, seed) for seed in range(networks)]
        return lambda: cls(linear.result(), tuple(other.result() for other in others))

    def scores(self, row: Row) -> NDArray[np.float32]:
        """A score for each label; the highest is the likeliest."""
        scores = self.linear.scores(row)
        for network in self.networks:
            scores = scores + network.scores(row) * (_WEIGHT_OF_NETWORKS / len(self.networks))
        return scores

    def scores_of(self, matrix: csr_matrix) -> NDArray[np.float32]:
        """The scores of each row."""
        rows = pairwise(matrix.indptr)
        return np.array([self.scores((matrix.indices[a:b], matrix.data[a:b])) for a, b in rows])


def _place_in_label(targets: NDArray[np.intp]) -> NDArray[np.intp]:
    """How many examples of its label stand before each one."""
    order = np.argsort(targets, kind="stable")
    starts = np.searchsorted(targets[order], targets[order])
    places = np.empty_like(order)
    places[order] = np.arange(len(order)) - starts
    return places


def _temperature(scores: NDArray[np.float32], targets: NDArray[np.intp]) -> float:
    """The divisor of these scores, of rows that were held out, that makes their right labels likeliest."""
    if not len(targets):
        return 1.0
    right = np.arange(len(scores)), targets

    def surprise(temperature: float) -> float:
        return -float(log_softmax(scores / temperature, axis=1)[right].sum())

    return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)
