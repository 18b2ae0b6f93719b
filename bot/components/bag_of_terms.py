"""Texts as numbers: TF-IDF over whatever terms a function finds in them.

scikit-learn's TfidfVectorizer gives the same numbers (a test compares them), but is made for many texts at once: one
text takes it 1.3 ms, of which nine tenths are checks and matrices. A turn has one text and four bags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Terms = Callable[[str], Iterator[str]]
Row = tuple[NDArray[np.intp], NDArray[np.float32]]


# A term of a single text is mostly a slip of the pen: two thirds of all terms, and nothing is lost without them.
_FEWEST_TEXTS = 2


@dataclass(frozen=True)
class BagOfTerms:
    """The terms that training met more than once, each with its column and its rarity (inverse document frequency)."""

    terms: Terms
    columns: dict[str, int]
    rarity: NDArray[np.float32]

    @classmethod
    def fit(cls, terms: Terms, texts: Sequence[str]) -> BagOfTerms:
        """Learn which terms there are and how rare each is."""
        texts_with = Counter(chain.from_iterable(set(terms(text)) for text in texts))
        known = (term for term, count in texts_with.items() if count >= _FEWEST_TEXTS)
        columns = {term: column for column, term in enumerate(sorted(known))}
        counts = np.fromiter((texts_with[term] for term in columns), np.float32, len(columns))
        return cls(terms, columns, np.log((1 + len(texts)) / (1 + counts), dtype=np.float32) + 1)

    def row(self, text: str) -> Row:
        """The columns of the known terms in a text, and their weights, which together have length 1."""
        counts = Counter(self.columns[term] for term in self.terms(text) if term in self.columns)
        columns = np.fromiter(counts, np.intp, len(counts))
        often = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(often)) * self.rarity[columns]
        length = np.sqrt(weights @ weights)
        return columns, weights / length if length else weights
