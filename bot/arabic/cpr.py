"""Personal (CPR) numbers: YYMMNNNNC, where the month is 01 to 12, typed or dictated. No check digit is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.arabic.found import Found
from bot.arabic.number_runs import runs_of
from bot.arabic.numbers import in_digits
from bot.arabic.other_numbers import is_of_a_thing

_VALUE = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{5}")
_PLAIN = re.compile(rf"(?<![0-9+])(?<![0-9][ .\-]){_VALUE.pattern}(?![0-9])")
_READ_OUT = {
    (1,) * 9, (6, 3), (3, 3, 3), (2, 2, 5), (2, 2, 2, 3), (4, 5), (2, 7), (4, 2, 3), (2, 4, 3), (4, 3, 2), (3, 6),
    (2, 2, 2, 2, 1), (6, 2, 1), (5, 4),
}  # fmt: skip


def find_cprs(text: str) -> list[Found]:
    """Personal numbers in `text`, in order; `value` is the nine Western digits. Never part of a longer number, nor
    what is said to be the number of an account or the like.
    """
    written = in_digits(text)
    return [
        Found(value, *written.span(start, end))
        for value, start, end in sorted(set(_in(written.text)), key=lambda number: number[1])
        if not is_of_a_thing(written.text, start)
    ]


def _in(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _PLAIN.finditer(text):
        yield match[0], *match.span()
    for run in runs_of(text):
        in_shape = run.shape in _READ_OUT and _VALUE.fullmatch(run.digits)
        if in_shape and not text.startswith("+", max(0, run.start - 1)) and "/" not in text[run.start : run.end]:
            yield run.digits, run.start, run.end
