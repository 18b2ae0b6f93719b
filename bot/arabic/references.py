"""Case reference numbers (YY-NNNN-NNNN) in whatever writing people use."""

from __future__ import annotations

import re

from bot.arabic.found import Found
from bot.arabic.normalise import digits

_LENGTH = 10
_SEPARATOR = r"[ \u00a0./\-‐‑‒–—−_ـ]{1,3}"
_PLAIN = re.compile(rf"(?<!\d)\d{{{_LENGTH}}}(?!\d)")
_SHAPE = re.compile(rf"(?<!\d)\d\d{_SEPARATOR}\d{{4}}{_SEPARATOR}\d{{4}}(?![.\-]?\d)")
_GROUPS = re.compile(rf"(?<!\d)\d+(?:{_SEPARATOR}\d+)*")
_COUNTRY_CODE = re.compile(r"(?:\+|(?<!\d)00)\d{0,4}[ .\-]?$")

# How people break ten digits up when they read them out; other cuts are dates, or two numbers side by side.
_READ_OUT = {(1,) * 10, (2,) * 5, (2, 2, 2, 4), (2, 4, 2, 2), (2, 3, 3, 2), (2, 8), (6, 4), (5, 5)}
_PHONE_LIKE = re.compile(r"[13678]\d{7}$")


def find_references(text: str) -> list[Found]:
    """Reference numbers in `text`, in order; `value` is the ten Western digits.

    The check digit is left to the service: a mistyped number has to be found so that the mistake can be said.
    Telephone numbers (8 digits, or with + or 00) and personal numbers (9 digits) are not taken.
    """
    western = digits(text)
    spans = [match.span() for match in (*_PLAIN.finditer(western), *_SHAPE.finditer(western))]
    spans += [match.span() for match in _GROUPS.finditer(western) if _is_read_out(match[0])]
    found = (Found(re.sub(r"\D", "", western[start:end]), start, end) for start, end in sorted(set(spans)))
    return [
        reference
        for reference in found
        if not reference.value.startswith("0") and not _COUNTRY_CODE.search(western[: reference.start])
    ]


def _is_read_out(written: str) -> bool:
    groups = re.split(r"\D+", written)
    shape = tuple(map(len, groups))
    if shape == (2, 8) and _PHONE_LIKE.match(groups[1]):
        return False  # «عمري 25 36001234»
    return shape in _READ_OUT
