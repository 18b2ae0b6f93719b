"""The placeholders of a canned reply: which there are, and what comes in their place. Pure."""

import re
from collections.abc import Mapping

PLACEHOLDERS = ("name", "reference", "agency", "category", "date")
"""The person's name (left out where it is not known), the case's number, its agency and category, and the day by which
it is to be answered."""
_LEFT_OUT = frozenset({"name"})
_PLACEHOLDER = re.compile(r" ?\{([^{}]*)\}")


def unknown(text: str) -> list[str]:
    """What stands in braces and is no placeholder; a brace without its other is named by itself."""
    rest = _PLACEHOLDER.sub("", text)
    named = {name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS}
    return sorted(named | {brace for brace in "{}" if brace in rest})


def can_be_filled(text: str, values: Mapping[str, str]) -> bool:
    """Whether there is a value for every placeholder that cannot be left out."""
    return all(values.get(name) or name in _LEFT_OUT for name in _PLACEHOLDER.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with `values` in the place of its placeholders; one that is left out takes the space before it along."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1], "")
        return f"{' ' * found[0].startswith(' ')}{value}" if value else ""

    return _PLACEHOLDER.sub(put, text).strip()
