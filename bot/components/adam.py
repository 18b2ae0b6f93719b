"""Adam (Kingma and Ba 2015), which steps only where a batch of texts has anything to teach."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_RATE = 2e-3
_FIRST, _SECOND = 0.9, 0.999
_TINY = 1e-8


class Adam:
    """Changes an array in place, step by step, against its slope."""

    def __init__(self, values: NDArray[np.float32]) -> None:
        self._values = values
        self._first = np.zeros_like(values)
        self._second = np.zeros_like(values)
        self._steps = 0

    def step(self, slope: NDArray[np.float32], rows: NDArray[np.intp] | slice = slice(None)) -> None:
        """One step; `rows`: those of the array that the slope belongs to, the others stay."""
        self._steps += 1
        first, second = self._first[rows], self._second[rows]
        first += (1 - _FIRST) * (slope - first)
        second += (1 - _SECOND) * (slope * slope - second)
        self._first[rows], self._second[rows] = first, second
        rate = _RATE * np.sqrt(1 - _SECOND**self._steps) / (1 - _FIRST**self._steps)
        self._values[rows] -= rate * first / (np.sqrt(second) + _TINY)
