"""Personal (CPR) numbers: YYMMNNNNC, where the month is 01 to 12. No check digit rule is published."""

from __future__ import annotations

import re

from bot.arabic.found import Found
from bot.arabic.normalise import digits

_PLAIN = r"\d\d(?:0[1-9]|1[0-2])\d{5}"
_READ_OUT = r"\d\d(?:0[ -][1-9]|1[ -][0-2])\d\d[ -]\d{3}"
_CPR = re.compile(rf"(?<![\d+])(?<!\d[ .\-]){_PLAIN}(?!\d)|(?<![\d+])(?<!\d[ .\-]){_READ_OUT}(?![ .\-]?\d)")


def find_cprs(text: str) -> list[Found]:
    """Personal numbers in `text`, in order; `value` is the nine Western digits. Never part of a longer number."""
    return [Found(re.sub(r"\D", "", match[0]), match.start(), match.end()) for match in _CPR.finditer(digits(text))]
