"""What is taken for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.evaluation.judged import Judged


def confusions(messages: Sequence[Judged], key: str) -> list[dict[str, Any]]:
    """Each pair of an expected and another predicted `key` with its count and one text, most frequent first."""
    texts: dict[tuple[str, str], list[str]] = {}
    for message in messages:
        if key in message.wrong:
            texts.setdefault((message.expected[key], message.predicted[key]), []).append(message.text)
    worst = sorted(texts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {"expected": expected, "predicted": predicted, "count": len(found), "example": min(found, key=len)}
        for (expected, predicted), found in worst
    ]
