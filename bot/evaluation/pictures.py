"""Confusion matrices and the learning curve as PNG files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib  # type: ignore[import-untyped]
import numpy as np

from bot.evaluation.judged import Judged

matplotlib.use("Agg")  # no window: this runs on servers
from matplotlib import pyplot as plt

_WORST_CATEGORIES = 30
_INCHES_PER_LABEL = 0.3
_MARGIN = 4.0
_DPI = 110


def draw_intents(messages: Sequence[Judged], file: Path) -> None:
    """All intents, expected by predicted."""
    pairs = _pairs(messages, "intent")
    _matrix(pairs, sorted({label for pair in pairs for label in pair}), "Intents", file)


def draw_categories(messages: Sequence[Judged], file: Path) -> None:
    """The categories that are confused most often; whatever else they are taken for is left out."""
    pairs = _pairs(messages, "category")
    mistakes = Counter(label for pair, count in pairs.items() if pair[0] != pair[1] for label in pair * count)
    worst = sorted(label for label, _ in mistakes.most_common(_WORST_CATEGORIES))
    _matrix(pairs, worst, f"The {len(worst)} categories confused most often", file)


def draw_learning_curve(points: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Each share of the training data with what was reached on the messages."""
    figure, axes = plt.subplots(figsize=(8, 5))
    shares = [100 * point["share"] for point in points]
    for name in ("intent_accuracy", "intent_macro_f1", "category_top1", "category_top3"):
        reached = [np.nan if point[name] is None else 100 * point[name] for point in points]
        axes.plot(shares, reached, marker="o", label=name.replace("_", " "))
    axes.set(xlabel="training data (%)", ylabel="reached (%)", title="Learning curve")
    axes.grid(alpha=0.3)
    axes.legend()
    _save(figure, file)


def _pairs(messages: Sequence[Judged], key: str) -> Counter[tuple[str, str]]:
    return Counter((message.expected[key], message.predicted[key]) for message in messages if key in message.expected)


def _matrix(pairs: Counter[tuple[str, str]], labels: Sequence[str], title: str, file: Path) -> None:
    """Rows are what was expected; the number is a cell's messages, its colour their share of the row as shown."""
    counts = np.array([[pairs[row, column] for column in labels] for row in labels]).reshape(len(labels), len(labels))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    inches = _MARGIN + _INCHES_PER_LABEL * len(labels)
    figure, axes = plt.subplots(figsize=(inches, inches))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set(title=title, xlabel="predicted", ylabel="expected", xticks=range(len(labels)), yticks=range(len(labels)))
    axes.set_xticklabels(labels, rotation=90)
    axes.set_yticklabels(labels)
    for row, column in np.argwhere(counts):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, counts[row, column], ha="center", va="center", color=colour, fontsize=7)
    _save(figure, file)


def _save(figure: Any, file: Path) -> None:
    figure.savefig(file, dpi=_DPI, bbox_inches="tight")
    plt.close(figure)
