"""The figures of a set of judged messages: plain arithmetic. Shares go from 0 to 1; None where there is nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bot.evaluation.judged import Facts, Judged

Figures = dict[str, Any]

EMERGENCY = "emergency"
_BINS = 10


def figures(messages: Sequence[Judged]) -> Figures:
    """All of them, flat, and `entities` by kind. Each denominator is there too: messages, with_category, …"""
    intents = [(message.expected["intent"], message.predicted["intent"]) for message in messages]
    routed = [message for message in messages if "category" in message.expected]
    sent = [message for message in messages if "agency" in message.expected]
    return {
        "messages": len(messages),
        "intent_accuracy": accuracy(intents),
        "intent_macro_f1": macro_f1(intents),
        "intent_ece": calibration_error((m.predicted["confidence"], _right(m, "intent")) for m in messages),
        "with_category": len(routed),
        "category_top1": share(_right(message, "category") for message in routed),
        "category_top3": share(message.expected["category"] in message.best_three for message in routed),
        "category_ece": calibration_error((m.category_confidence, _right(m, "category")) for m in routed),
        "with_agency": len(sent),
        "agency_accuracy": share(_right(message, "agency") for message in sent),
        "emergencies": sum(expected == EMERGENCY for expected, _ in intents),
        "emergency_recall": share(predicted == EMERGENCY for expected, predicted in intents if expected == EMERGENCY),
        "false_alarms": share(predicted == EMERGENCY for expected, predicted in intents if expected != EMERGENCY),
        "with_entities": sum("entities" in message.expected for message in messages),
        "entities": _entities(messages),
    }


def share(hits: Iterable[bool]) -> float | None:
    """How many of them are true."""
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None


def accuracy(pairs: Iterable[tuple[str, str]]) -> float | None:
    """How many predicted labels are the expected ones."""
    return share(expected == predicted for expected, predicted in pairs)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float | None:
    """The mean F1 of all labels that were expected or predicted, each counting the same."""
    expected, predicted = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    right = Counter(pair[0] for pair in pairs if pair[0] == pair[1])
    scores = [2 * right[label] / (expected[label] + predicted[label]) for label in expected | predicted]
    return sum(scores) / len(scores) if scores else None


def calibration_error(answers: Iterable[tuple[float, bool]]) -> float | None:
    """Expected calibration error: how far confidence and accuracy are apart in ten bins, weighted by their answers."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, right))
    apart = [abs(sum(confidence - right for confidence, right in one)) for one in bins.values()]
    return sum(apart) / sum(map(len, bins.values())) if bins else None


def _right(message: Judged, key: str) -> bool:
    return bool(message.predicted[key] == message.expected[key])


def _entities(messages: Sequence[Judged]) -> dict[str, Figures]:
    """Precision and recall of each kind by exact value, over the messages whose entities are stated."""
    expected, predicted, right = Facts(), Facts(), Facts()
    for message in messages:
        if "entities" in message.expected:
            expected += message.expected["entities"]
            predicted += message.predicted["entities"]
            right += message.expected["entities"] & message.predicted["entities"]
    return {
        kind: _kind(*(sum(facts[fact] for fact in facts if fact[0] == kind) for facts in (expected, predicted, right)))
        for kind in sorted({kind for kind, _ in expected | predicted})
    }


def _kind(expected: int, predicted: int, right: int) -> Figures:
    return {
        "expected": expected,
        "predicted": predicted,
        "precision": right / predicted if predicted else None,
        "recall": right / expected if expected else None,
    }
