"""A labelled message beside what was understood of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Facts = Counter[tuple[str, str]]
"""Kind and value of each entity, and how often."""


@dataclass(frozen=True)
class Judged:
    """One message. `expected` has no key for what cannot be judged; `predicted` has all of them.

    Both: `intent`, `category`, `agency` (None where no place settles it), `entities`. Also predicted: `confidence` of
    the intent, `categories` ({code, confidence}, best first).
    """

    text: str
    language: str
    style: str | None
    expected: Mapping[str, Any]
    predicted: Mapping[str, Any]

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> Judged:
        """A line as `tawasul nlu evaluate` hands it over."""
        predicted = {**line["predicted"], "category": line["predicted"]["categories"][0]["code"]}
        expected = dict(line["expected"])
        for side in (expected, predicted):
            if "entities" in side:
                side["entities"] = Counter((entity["entity"], entity["value"]) for entity in side["entities"])
        return cls(line["text"], line["language"], line["style"], expected, predicted)

    @property
    def wrong(self) -> list[str]:
        """What was understood otherwise than expected."""
        return [key for key, value in self.expected.items() if self.predicted[key] != value]

    @property
    def category_confidence(self) -> float:
        """The router's confidence in its best category."""
        return float(self.predicted["categories"][0]["confidence"])

    @property
    def best_three(self) -> list[str]:
        """The three likeliest categories."""
        return [category["code"] for category in self.predicted["categories"][:3]]
