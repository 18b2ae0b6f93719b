"""What learns to tell labels apart from rows of TF-IDF.

The linear machine is scikit-learn's; the network is our own, since scikit-learn's computes with all columns at each
step, where a batch of texts has a tenth of them. Both are kept as plain arrays in half precision: half the file and
half the memory, and the same ranking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.svm import LinearSVC

from bot.components.adam import Adam
from bot.components.bag_of_terms import Row

# Between 0.25 and 1 it makes no difference but in the time of training, which grows with it.
_C = 0.5
_HIDDEN = 64
# 600 steps of 256 texts: three passes over fifty thousand. With many more a network knows our writers by heart.
_STEPS = 600
_BATCH = 256
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
        return cls(_halved(machine.coef_.T), np.asarray(machine.intercept_, dtype=np.float32))

    def scores(self, row: Row) -> NDArray[np.float32]:
        """The distance of a row from each label's border."""
        columns, weights = row
        distances: NDArray[np.float32] = weights @ self.weights[columns].astype(np.float32) + self.bias
        return distances


@dataclass(frozen=True)
class Network:
    """A neural network with one hidden layer of rectified units, trained briefly by Adam on the cross-entropy."""

    inward: NDArray[np.float16]
    hidden_bias: NDArray[np.float32]
    outward: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def fit(cls, matrix: csr_matrix, targets: NDArray[np.intp], seed: int) -> Network:
        """Learn from rows and their labels, numbered from 0 without a gap."""
        random = np.random.default_rng(seed)
        labels = int(targets.max()) + 1
        inward, outward = _weights(random, matrix.shape[1], _HIDDEN), _weights(random, _HIDDEN, labels)
        hidden_bias, bias = np.zeros(_HIDDEN, np.float32), np.zeros(labels, np.float32)
        learners = [Adam(values) for values in (inward, hidden_bias, outward, bias)]
        for batch in _batches(random, len(targets)):
            rows, columns = _used(matrix[batch])
            hidden = np.maximum(rows @ inward[columns] + hidden_bias, 0)
            wrong = softmax(hidden @ outward + bias, axis=1)
            wrong[np.arange(len(batch)), targets[batch]] -= 1
            wrong /= len(batch)
            back = (wrong @ outward.T) * (hidden > 0)
            learners[0].step(rows.T @ back, columns)
            for learner, slope in zip(learners[1:], (back.sum(0), hidden.T @ wrong, wrong.sum(0)), strict=True):
                learner.step(slope)
        return cls(_halved(inward), hidden_bias, outward, bias)

    def scores(self, row: Row) -> NDArray[np.float32]:
        """The logarithm of how likely each label is, never below -12."""
        columns, weights = row
        hidden = np.maximum(weights @ self.inward[columns].astype(np.float32) + self.hidden_bias, 0)
        likely: NDArray[np.float32] = np.maximum(log_softmax(hidden @ self.outward + self.bias), _LOWEST)
        return likely


def _batches(random: np.random.Generator, examples: int) -> Iterator[NDArray[np.intp]]:
    size = min(_BATCH, examples)
    return (random.choice(examples, size, replace=False) for _ in range(_STEPS))


def _used(rows: csr_matrix) -> tuple[csr_matrix, NDArray[np.intp]]:
    """The rows with only those columns that any of them has, and which columns these are."""
    columns, places = np.unique(rows.indices, return_inverse=True)
    used = csr_matrix((rows.data.astype(np.float32), places, rows.indptr), shape=(rows.shape[0], len(columns)))
    return used, columns


def _weights(random: np.random.Generator, inputs: int, outputs: int) -> NDArray[np.float32]:
    """Weights to begin with, as Glorot and Bengio (2010) have them."""
    most = np.sqrt(6 / (inputs + outputs))
    return random.uniform(-most, most, (inputs, outputs)).astype(np.float32)


def _halved(weights: NDArray[Any]) -> NDArray[np.float16]:
    return np.ascontiguousarray(weights, dtype=np.float16)
