"""Keep personal numbers out of logs. Pure."""

import re

_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_DATE = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d:\d\d\.\d{1,9}|(?=[T\s]|$))"
_HEXADECIMAL = r"(?<![0-9a-f])(?=[0-9]*[a-f])[0-9a-f]{32,}"
_NUMBER = r"\+?\(?\d(?:[\s\u00a0\-‐-―().\u200e\u200f\u202a-\u202e]{0,3}\d){6,}"
_SEEN = re.compile(rf"(?P<left>{_UUID}|{_HEXADECIMAL}|{_DATE})|(?P<number>{_NUMBER})")
_CPR_DIGITS = 9


def redact(text: str) -> str:
    """`text` with every run of seven or more digits replaced: nine by `[cpr]`, others by `[number]`.

    Digits of any script, also with spaces, dashes, dots or direction marks between them. Dates, UUIDs and digests stay.
    What merely resembles a personal number goes too: a log loses less by that than a person by the other mistake.
    """
    return _SEEN.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    if match["left"]:
        return match["left"]
    return "[cpr]" if sum(map(str.isdecimal, match["number"])) == _CPR_DIGITS else "[number]"
