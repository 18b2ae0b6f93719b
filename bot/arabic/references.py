"""Case reference numbers (YY-NNNN-NNNN) in whatever writing people use, typed or dictated."""

from __future__ import annotations

import re

from bot.arabic.found import Found
from bot.arabic.number_runs import SEPARATOR, runs_of
from bot.arabic.numbers import in_digits

_LENGTH = 10
_PLAIN = re.compile(rf"(?<![0-9])[0-9]{{{_LENGTH}}}(?![0-9])")
_SHAPE = re.compile(rf"(?<![0-9])[0-9][0-9]{SEPARATOR}[0-9]{{4}}{SEPARATOR}[0-9]{{4}}(?![.\-]?[0-9])")
_LISTED = re.compile(r"(?<![0-9])2[0-9] ?[,،|;:*] ?[0-9]{4} ?[,،|;:*] ?[0-9]{4}(?![0-9])")
_COUNTRY_CODE = re.compile(r"(?:\+|(?<![0-9])00)[0-9]{0,4}[ .\-]?$")
_BEFORE = 8
_NO_DIGIT = re.compile(r"[^0-9]+")

# How people break ten digits up when they read them out; other cuts are dates, or two numbers side by side.
_READ_OUT = {(1,) * 10, (2,) * 5, (2, 2, 2, 4), (2, 4, 2, 2), (2, 3, 3, 2), (2, 8), (6, 4), (5, 5)}
# Cuts as common for other numbers, good for one that begins like the years to come.
_OF_THE_TWENTIES = {
    (4, 6), (3, 7), (4, 3, 3), (3, 3, 4), (4, 4, 2), (4, 2, 4), (2, 2, 3, 3), (2, 3, 2, 3), (2, 2, 6), (2, 6, 2),
    (2, 5, 3), (2, 4, 1, 3), (2, 4, 3, 1), (2, 1, 3, 4), (2, 3, 1, 4), (2, 4, 1, 1, 2), (2, 4, 1, 1, 1, 1),
    (2, 1, 1, 1, 1, 4), (2, *(1,) * 8), (1, 1, 4, 4), (1, 1, 2, 2, 2, 2),
}  # fmt: skip
_THIS_DECADE = re.compile("2[4-9]")
_PHONE_LIKE = re.compile(r"[13678][0-9]{7}$")


def find_references(text: str) -> list[Found]:
    """Reference numbers in `text`, in order; `value` is the ten Western digits.

    The check digit is left to the service: a mistyped number has to be found so that the mistake can be said.
    Telephone numbers (8 digits, or with + or 00) and personal numbers (9 digits) are not taken.
    """
    written = in_digits(text)
    spans = {match.span() for pattern in (_PLAIN, _SHAPE, _LISTED) for match in pattern.finditer(written.text)}
    spans |= {(run.start, run.end) for run in runs_of(written.text) if _is_read_out(run.digits, run.shape)}
    found: list[Found] = []
    end_before = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        value = _NO_DIGIT.sub("", written.text[start:end])
        abroad = _COUNTRY_CODE.search(written.text, max(0, start - _BEFORE), start)
        if start >= end_before and not value.startswith("0") and not abroad:
            found.append(Found(value, *written.span(start, end)))
            end_before = end
    return found


def _is_read_out(digits: str, shape: tuple[int, ...]) -> bool:
    if len(digits) != _LENGTH or (shape == (2, 8) and _PHONE_LIKE.search(digits)):
        return False  # «عمري 25 36001234»
    return shape in _READ_OUT or (shape in _OF_THE_TWENTIES and _THIS_DECADE.match(digits) is not None)
