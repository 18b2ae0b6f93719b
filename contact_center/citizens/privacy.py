"""Keep personal numbers out of logs. Pure."""

import re

_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_DATE = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=[T\s]|$)"
_NUMBER = r"(?<![\w.])\+?\(?\d(?:[\s\u00a0\-‐-―().\u200e\u200f\u202a-\u202e]{0,3}\d){6,}(?!\w)"
_SEEN = re.compile(rf"(?P<left>{_UUID}|{_DATE})|(?P<number>{_NUMBER})")
_CPR_DIGITS = 9


def redact(text: str) -> str:
    """`text` with every run of seven or more digits replaced: nine by `[cpr]`, others by `[number]`.

    Digits of any script, also with spaces, dashes, dots or direction marks between them. Dates and UUIDs stay. What
    merely resembles a personal number goes as well: a log loses less by it than a person does by the other mistake.
    """
    return _SEEN.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    if match["left"]:
        return match["left"]
    return "[cpr]" if sum(map(str.isdecimal, match["number"])) == _CPR_DIGITS else "[number]"
