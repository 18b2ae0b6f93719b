"""Bahraini addresses: block, road, building, flat, in any order and in Arabic, English or Arabizi."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field

from bot.arabic.normalise import normalise, normalise_with_offsets
from bot.arabic.numbers import read_number

_LABELS = {
    "block": "مجمع بلوك بلك block blk blok blook mojama3 mojamma3 mujama3 mujamma3 mojam3 mojma3 mogama3 mjm3",
    "road": "طريق شارع سكة road rd street str avenue ave tareeg tareeq tariq tarig 6areeg 6areeq 6ari8 share3 shari3",
    "building": "مبنى بناية عمارة منزل بيت فيلا فلة building bldg bld bulding house villa mabna bayt bait beit "
    "manzil 3imara 3emara 3mara binaya benaya beet",
    "flat": "شقة flat apartment apt shaqa shaqqa shaga shagga sha8a sh8a shega",
}
_CLITICS = r"[وف]?(?:ب?ال|لل|[بل])?"
_FILLER = r"[\s:.,،#/()\-]*(?:(?:رقم|رقمه|رقمها|number|num|no|nr|raqam|ragam|r8m)\b[\s:.#]*)?"
_NUMBER = r"(?P<number>\d{1,5})(?P<letter>-?[a-dابجد](?![^\W\d_]))?(?!\d)(?!\.\d)"
# «شارع 12 متر», «بيت 5 غرف», "house 3 rooms": a quantity, not an address
_NOT_QUANTITY = (
    r"(?!\s*(?:متر|امتار|كيلو|كم|غرف|غرفه|سن[هي]ن?|سنوات|يوم|ايام|دقيق|دقايق|ساع|شهر|شهور|اشهر|نفر|اشخاص|دينار|"
    r"طوابق|ادوار|مرات|m\b|km\b|met|room|bed|year|day|hour|min|month|people|times|bd\b))"
)
_LETTERS = str.maketrans("ابجد", "ABCD")
_SPOKEN_WORDS = 7
_LEAST_SPOKEN = 10  # «بيت واحد» is one house, not house number one


def _label(part: str) -> str:
    names = sorted(map(normalise, _LABELS[part].split()), key=len, reverse=True)
    return rf"(?<![^\W_]){_CLITICS}(?:{'|'.join(names)})(?![^\W\d_])"


_LABEL_FIRST = {part: re.compile(_label(part) + _FILLER + _NUMBER + _NOT_QUANTITY) for part in _LABELS}
_NUMBER_FIRST = {part: re.compile(rf"(?<!\d)(?<!\d\.){_NUMBER}[ \-]*{_label(part)}") for part in _LABELS}
# «م ٨١٥ ط ١٥٢٧ ب ٤٥»: a letter alone says nothing, two of them in a row are an address
_INITIALS = {"block": "م", "road": "ط", "building": "ب"}
_INITIAL = {part: re.compile(rf"(?<![^\W_]){letter}[\s.:/]*{_NUMBER}") for part, letter in _INITIALS.items()}
_INITIALS_IN_A_ROW = re.compile(r"(?<![^\W_])(?:[مطب][\s.:/]*\d{1,5}(?!\d)[\s،,./\-]*){2,}")
_SPOKEN = {part: re.compile(rf"{_label(part)}{_FILLER}") for part in _LABELS}


@dataclass(frozen=True)
class Address:
    """The parts of an address that a text gives, or None.

    Values are written in Western digits, a building with its letter ("203", "44A"). `spans` gives each part's label
    and number as (start, end) in the text.
    """

    block: str | None = None
    road: str | None = None
    building: str | None = None
    flat: str | None = None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.spans)


def find_address(text: str) -> Address:
    """The address in `text`; of each part, the first one given. All None where there is no address."""
    normalised = normalise_with_offsets(text)
    found = _read(normalised.text, _LABEL_FIRST)
    reversed_order = _read(normalised.text, _NUMBER_FIRST)
    if len(reversed_order) > len(found):  # «203 مجمع 312 طريق»: between two numbers, the label belongs to the first
        found = reversed_order
    for part, value in (_read_initials(normalised.text) | _read_spoken(normalised.text)).items():
        found.setdefault(part, value)
    return Address(
        **{part: value for part, (value, _, _) in found.items()},
        spans={part: normalised.span(start, end) for part, (_, start, end) in found.items()},
    )


def labelled_numbers(text: str) -> list[tuple[int, int]]:
    """Every place where `text` may give the number of a block, road, building or flat, in no order.

    For taking addresses out: of «203 مجمع 312 طريق», all readings are there.
    """
    normalised = normalise_with_offsets(text)
    patterns = (*_LABEL_FIRST.values(), *_NUMBER_FIRST.values(), _INITIALS_IN_A_ROW)
    return [normalised.span(*found.span()) for pattern in patterns for found in pattern.finditer(normalised.text)]


_Parts = dict[str, tuple[str, int, int]]


def _read_initials(text: str) -> _Parts:
    row = _INITIALS_IN_A_ROW.search(text)
    found = _read(text, _INITIAL, *row.span()) if row else {}
    return found if len(found) > 1 else {}


def _read(text: str, patterns: dict[str, re.Pattern[str]], start: int = 0, end: int = sys.maxsize) -> _Parts:
    found: _Parts = {}
    for part, pattern in patterns.items():
        match = pattern.search(text, start, end)
        if match:
            letter = (match["letter"] or "").lstrip("-").translate(_LETTERS).upper()
            found[part] = (str(int(match["number"])) + letter, match.start(), match.end())
    return found


def _read_spoken(text: str) -> _Parts:
    """Numbers in words after a label: «مجمع مئتين وثلاثة»."""
    found: _Parts = {}
    for part, pattern in _SPOKEN.items():
        for label in pattern.finditer(text):
            words = list(re.finditer(r"\S+", text[label.end() :]))[:_SPOKEN_WORDS]
            number = read_number([re.sub(r"[^\w]", "", word[0]) for word in words])
            if number and number[0] >= _LEAST_SPOKEN:
                end = label.end() + words[number[1] - 1].end()
                found.setdefault(part, (str(number[0]), label.start(), end))
    return found
