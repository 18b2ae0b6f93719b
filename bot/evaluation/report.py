"""The figures as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.evaluation.figures import Figures

# What is printed, under which name; a share in per cent, a number of messages as it is.
_ROWS = {
    "messages": "messages",
    "intent_accuracy": "intent: accuracy",
    "intent_macro_f1": "intent: macro-F1",
    "intent_ece": "intent: calibration error",
    "with_category": "messages with a category",
    "category_top1": "category: first",
    "category_top3": "category: among three",
    "category_ece": "category: calibration error",
    "with_agency": "messages with an agency",
    "agency_accuracy": "agency: accuracy",
    "emergencies": "emergencies",
    "emergency_recall": "emergency: recall",
    "false_alarms": "emergency: false alarms",
    "with_entities": "messages with entities stated",
}
_CONFUSIONS_SHOWN = 15
_EXAMPLE_SHOWN = 90


def report(metrics: Mapping[str, Any]) -> str:
    """Everything that `metrics.json` has, for people: shares in per cent, entities as precision / recall."""
    everyone = {"all": metrics["all"]}
    parts = [
        _table("By language", everyone | metrics["languages"]),
        _table("By style", everyone | metrics["styles"]) if metrics["styles"] else [],
        _confusions("Intents taken for others", metrics["confusions"]["intent"]),
        _confusions("Categories taken for others", metrics["confusions"]["category"]),
        _learning_curve(metrics.get("learning_curve", [])),
    ]
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part)


def _table(title: str, groups: Mapping[str, Figures]) -> Iterator[str]:
    columns = groups.values()
    rows = [[title, *groups]]
    rows += [[name, *(_number(group[key]) for group in columns)] for key, name in _ROWS.items()]
    for kind, of_all in groups["all"]["entities"].items():
        name = f"  {kind} ({of_all['expected']}): precision / recall"
        rows.append([name, *(_precision_and_recall(group["entities"].get(kind)) for group in columns)])
    return _aligned(rows)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the others to the right."""
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    for name, *cells in rows:
        yield "   ".join([f"{name:<{first}}", *(f"{cell:>{width}}" for cell, width in zip(cells, others, strict=True))])


def _number(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{100 * value:.1f} %"


def _precision_and_recall(kind: Figures | None) -> str:
    if kind is None:
        return "–"
    return " / ".join("–" if kind[key] is None else f"{100 * kind[key]:.1f}" for key in ("precision", "recall"))


def _confusions(title: str, worst: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"{title}: {sum(confusion['count'] for confusion in worst)} messages"
    for confusion in worst[:_CONFUSIONS_SHOWN]:
        pair = f"{confusion['expected']} → {confusion['predicted']}"
        yield f"{confusion['count']:>5}  {pair:<50} {confusion['example'][:_EXAMPLE_SHOWN]!r}"


def _learning_curve(points: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if points:
        head = ["Trained on", *(name.replace("_", " ") for name in points[0] if name != "share")]
        shares = [[f"{point['share']:.0%}", *map(_number, list(point.values())[1:])] for point in points]
        yield from _aligned([head, *shares])
