"""What learns to tell labels apart from rows of TF-IDF: scikit-learn's, kept as plain arrays in half precision.

Half precision is half the file and half the memory, and the same ranking; one row is a few array lookups, where
scikit-learn's own methods take a millisecond for their checks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.neural_network import MLPClassifier
from sklearn.svm import LinearSVC

from bot.components.bag_of_terms import Row

# Between 0.25 and 1 it makes no difference but in the time of training, which grows with it.
_C = 0.5
_HIDDEN = 64
# 500 steps of 256 texts: three passes over fifty thousand. With more of them a network knows our writers by heart.
_STEPS = 500
_BATCH = 256
_LEARNING_RATE = 2e-3
# Terms of fewer texts take a network most of its time and teach it nothing.
_FEWEST_TEXTS = 4
# How unlikely a network may call a label: it is far too sure of itself.
_LOWEST = -12.0


@dataclass(frozen=True)
class Linear:
    """A linear support vector machine for each label, all labels counting as if equally frequent."""

    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    @classmethod
    def fit(cls, matrix: csr_matrix, targets: NDArray[np.intp]) -> Linear:
        """Learn from rows and their labels, numbered from 0 without a gap."""
        machine = LinearSVC(C=_C, class_weight="balanced", tol=1e-2, random_state=0).fit(matrix, targets)
        return cls(
            np.ascontiguousarray(machine.coef_.T, dtype=np.float16), np.asarray(machine.intercept_, dtype=np.float32)
        )

    def scores(self, row: Row) -> NDArray[np.float32]:
        """The distance of a row from each label's border."""
        columns, weights = row
        distances: NDArray[np.float32] = weights @ self.weights[columns].astype(np.float32) + self.bias
        return distances


@dataclass(frozen=True)
class Network:
    """A neural network with one hidden layer, trained briefly."""

    inward: NDArray[np.float16]
    hidden_bias: NDArray[np.float32]
    outward: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def fit(cls, matrix: csr_matrix, targets: NDArray[np.intp], seed: int) -> Network:
        """Learn from rows and their labels, numbered from 0 without a gap."""
        texts_with = np.bincount(matrix.indices, minlength=matrix.shape[1])
        frequent = np.flatnonzero(texts_with >= min(_FEWEST_TEXTS, texts_with.max()))
        rows, labels = matrix[:, frequent].astype(np.float32), np.arange(targets.max() + 1)
        size = min(_BATCH, len(targets))
        network = MLPClassifier(
            (_HIDDEN,), alpha=0, batch_size=size, learning_rate_init=_LEARNING_RATE, random_state=seed
        )
        random = np.random.default_rng(seed)
        for _ in range(_STEPS):
            batch = random.choice(len(targets), size, replace=False)
            network.partial_fit(rows[batch], targets[batch], classes=labels)
        inward = np.zeros((matrix.shape[1], _HIDDEN), dtype=np.float16)
        inward[frequent] = network.coefs_[0]
        return cls(inward, network.intercepts_[0], network.coefs_[1], network.intercepts_[1])

    def scores(self, row: Row) -> NDArray[np.float32]:
        """The logarithm of how likely each label is, never below -12."""
        columns, weights = row
        hidden = np.maximum(weights @ self.inward[columns].astype(np.float32) + self.hidden_bias, 0)
        likely: NDArray[np.float32] = np.maximum(log_softmax(hidden @ self.outward + self.bias), _LOWEST)
        return likely
