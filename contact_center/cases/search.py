"""How a case is found by words: one normalised text per case, and the terms that a query asks of it. Pure."""

import re

from bot.arabic.normalise import normalise

_SEPARATED_NUMBER = re.compile(r"\d[\d \-().]*\d")


def search_text(reference: str, *texts: str | None) -> str:
    """What is kept beside a case: its reference and all `texts`, in one spelling, numbers without separators."""
    return _one_spelling(" ".join([reference, *(text for text in texts if text)]))


def search_terms(query: str) -> list[str]:
    """The terms that a case's search text must all hold, in any order; empty for a query without letters or digits."""
    return [term for term in _one_spelling(query).split() if re.search(r"\w", term)]


def _one_spelling(text: str) -> str:
    return _SEPARATED_NUMBER.sub(lambda number: re.sub(r"\D", "", number[0]), normalise(text))
