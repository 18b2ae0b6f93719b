"""Two matters in one message: «في حفرة في شارعنا، وبعد الليتات طافية». Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Understood = dict[str, Any]

_BETWEEN = re.compile(
    r"(?:^|(?<=[\s.،,;:!؟?]))(?:"
    r"و?(?:عندي|في|فيه)?\s*(?:شي|شيء|موضوع|شكو[ىه]|مشكل[ةه])\s+ثاني[ةه]?|و?(?:ال)?ثاني(?:ا|اً|ة)?\s*:|ثانيا[ً]?|وبعد(?:ين)?\s|وكمان\s|وأيضا[ً]?\s|وايضا[ً]?\s|وكذلك\s"
    r"|2\s*[-.)]|٢\s*[-.)]|(?:and )?(?:also|secondly|another (?:thing|issue|problem|complaint)|the second)\b"
    r")[\s:،,-]*",
    re.IGNORECASE,
)
_EMERGENCY = "emergency"
_LEAST_WORDS = 3
_SURE = 0.6


def understand_matters(text: str, understand: Callable[[str], Understood]) -> Understood:
    """What a text means. Of one that surely tells of two matters, the first, with the other one as `second`.

    Danger is never the second matter: a text that calls for help anywhere is read as one.

    `second`: `text`, `intent`, `confidence`, `entities` and `categories` (code and confidence, best first).
    """
    whole = understand(text)
    for mark in _BETWEEN.finditer(text):
        parts = text[: mark.start()].strip(" ،,.;:\n"), text[mark.end() :].strip()
        if min(len(part.split()) for part in parts) < _LEAST_WORDS:
            continue
        first, second = map(understand, parts)
        for calling in (whole, first, second):
            if calling["intent"]["name"] == _EMERGENCY:
                return {**whole, "intent": calling["intent"]}
        if _are_two(first, second):
            return {**first, "second": _kept(second)}
    return whole


def _are_two(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether both are surely about something, and not about the same field."""
    subjects = [_subject(understood) for understood in (first, second)]
    return None not in subjects and len({str(code).split(".")[0] for code in subjects}) == 2


def _subject(understood: Mapping[str, Any]) -> str | None:
    best = next(iter(understood.get("categories") or ()), None)
    return str(best["code"]) if best and best["code"] != "none" and best["confidence"] >= _SURE else None


def _kept(understood: Mapping[str, Any]) -> Understood:
    return {
        "text": understood["text"],
        "intent": understood["intent"]["name"],
        "confidence": understood["intent"]["confidence"],
        "entities": understood["entities"],
        "categories": [[guess["code"], guess["confidence"]] for guess in understood["categories"]],
    }
