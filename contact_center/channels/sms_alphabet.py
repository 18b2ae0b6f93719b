"""What an SMS costs: 153 characters a part in GSM's alphabet, 67 where one letter is outside it. Pure.

The alphabet is that of GSM 03.38 with its extension table; a single part holds 160 or 70.
"""

import re

from contact_center.channels.text import utf16_units

GSM_PART, UNICODE_PART = 153, 67
GSM_SINGLE, UNICODE_SINGLE = 160, 70

_GSM = re.compile(r"[A-Za-z0-9\n\r @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\\[~\]|€]*")
_TWICE = re.compile(r"[\^{}\\\[~\]|€]")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})
_UNSEEN = re.compile("[\u2066-\u2069\u200e\u200f\ufe0f]")
_ORNAMENT = re.compile("[ \\t]*[\u2190-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+")


def is_gsm(text: str) -> bool:
    """Whether every character is in GSM's alphabet."""
    return _GSM.fullmatch(text) is not None


def in_few_parts(text: str) -> str:
    """The text without quotation marks and ornaments of another alphabet, where all else is in GSM's."""
    plain = _ORNAMENT.sub("", _UNSEEN.sub("", text)).translate(_PLAIN).strip()
    return plain if is_gsm(plain) else text


def parts(text: str) -> int:
    """How many parts an SMS takes."""
    if is_gsm(text):
        length, single, joined = len(text) + len(_TWICE.findall(text)), GSM_SINGLE, GSM_PART
    else:
        length, single, joined = utf16_units(text), UNICODE_SINGLE, UNICODE_PART
    return 1 if length <= single else -(-length // joined)
