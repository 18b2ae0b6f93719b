"""What could tell who somebody is, taken out of a text that others will read or learn from.

Placeholders are those that the classifiers see anyway (`bot.components.reading`), so a text teaches the same with and
without its numbers. Names of places stay: a town is not a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.arabic.addresses import labelled_numbers
from bot.arabic.cpr import find_cprs
from bot.arabic.latin_words import ENGLISH
from bot.arabic.normalise import digits, normalise, normalise_with_offsets
from bot.arabic.phones import find_phones
from bot.arabic.phrases import Phrases, words_of
from bot.arabic.places import area_named
from bot.arabic.references import find_references

Span = tuple[int, int, str]

PLACEHOLDERS = ("email", "link", "iban", "account", "phone", "cpr", "reference", "place", "plate", "number", "name")
_PLACEHOLDER = re.compile(rf"§(?:{'|'.join(PLACEHOLDERS)})(?![a-z])")
_IN_A_ROW = re.compile(r"(§(?:place|name))(?:[\s,،.:/\-]*\1(?![a-z]))+")

_WRITTEN = {
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "link": re.compile(
        r"(?:https?://|www\.)[^\s§]+|(?<![\w.-])(?:[a-z0-9-]+\.)+(?:com|net|org|bh|info|me|io|app|link|ly)\b(?:/[^\s§]*)?",
        re.IGNORECASE,
    ),
    "iban": re.compile(
        r"(?<![^\W_])(?:BH ?\d\d ?[A-Z]{4}(?: ?[A-Z0-9]){14}|[A-Z]{2}\d\d(?=[A-Z]*\d)[A-Z0-9]{11,30})(?![^\W_])",
        re.IGNORECASE,
    ),
    "account": re.compile(r"(?<![\w.§@])@\w[\w.]+"),
}
"""Read in the text as typed, with Western digits."""

_FOLDED = {
    "plate": re.compile(
        r"(?<![^\W_])(?:ال|لل|ب|بال)?(?:(?:لوح|نمر)[هت]\w*|رقم (?:ال)?(?:سيار[هت]|موتر)\w*|plate|car n(?:o|umber))"
        r"(?![^\W\d_])[\s:.#،,-]*(?:(?:رقم\w*|number|no|n)\b[\s:.#]*)?\d[\d ]{0,8}"
    ),
    "number": re.compile(r"\d{4,}|\d(?:[\s.()\-‐-―]{0,3}\d){6,}"),
}
"""Read in the normalised text, where no mark or odd digit can hide a number."""

_I_AM_CALLED = re.compile(
    r"(?<![^\W_])(?:[وف]?اسمي|اسم (?:المتصل|المشتكي)ه?|الاسم ?[:=]|name ?[:=]|my name(?: is|'s|s)?|[ei]smi|asmi)"
    r"(?![^\W_])[\s:،,.=-]*(?:(?:هو|هوه|الكامل|الثلاثي|is|full)(?![^\W_])[\s:=-]*)*"
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)* ?")
_LONGEST_NAME = 4
_STOPS = (
    "و من في انا اني ابي ابغي اريد اود بغيت عندي عندنا ساكن ساكنة اسكن رقمي رقم تلفوني بس هل كم وش شنو ويش ليش متى عن "
    "مع لكن اتصل اشتكي and i i'm im from in live living my the a an at with have want is am calling but u w 3ndi men"
)
_AFTER_A_NAME = frozenset(map(normalise, _STOPS.split()))
_SHORTEST_PART = 3  # «أم», «بو», "Al": too common to be taken for a name on their own


def redact(text: str, names: Iterable[str] = ()) -> str:
    """`text` with a placeholder (`§phone`, `§name`, …) for each thing that says who somebody is.

    Telephone, personal, reference and account numbers, e-mail and web addresses, number plates, block, road, building
    and flat, every run of four digits or more however written, what follows «اسمي», and `names`, whole or in part.
    Idempotent for the same names, and defined for any string.
    """
    known = _phrases(names)
    while True:
        redacted = _once(text, known)
        if redacted == text:
            return text
        text = redacted


def _once(text: str, names: Phrases[str]) -> str:
    kept: list[Span] = [(*match.span(), match[0]) for match in _PLACEHOLDER.finditer(text)]
    # The longest first: of a number that looks like a telephone's with a digit too many, nothing may be left.
    for start, end, name in sorted(_spans(text, names), key=lambda span: span[0] - span[1]):
        if all(end <= other_start or other_end <= start for other_start, other_end, _ in kept):
            kept.append((start, end, f"§{name}"))
    return _IN_A_ROW.sub(r"\1", "".join(_replaced(text, sorted(kept))))


def _replaced(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """The text with the spans replaced. A new placeholder stands on its own, as the classifiers see it."""
    position = 0
    for start, end, placeholder in spans:
        is_new = text[start:end] != placeholder
        yield text[position:start]
        yield " " if is_new and start and not text[start - 1].isspace() else ""
        yield placeholder
        yield " " if is_new and end < len(text) and not text[end].isspace() else ""
        position = end
    yield text[position:]


def _spans(text: str, names: Phrases[str]) -> Iterator[Span]:
    """What to replace, the most telling name for the same letters first; spans may overlap."""
    western = digits(text)
    for name, pattern in _WRITTEN.items():
        yield from ((*match.span(), name) for match in pattern.finditer(western))
    for name, find in (("phone", find_phones), ("cpr", find_cprs), ("reference", find_references)):
        yield from ((found.start, found.end, name) for found in find(text))
    yield from ((start, end, "place") for start, end in labelled_numbers(text))
    normalised = normalise_with_offsets(text)
    for name, pattern in _FOLDED.items():
        for match in pattern.finditer(normalised.text):
            yield (*normalised.span(*match.span()), name)
    yield from ((*normalised.span(start, end), "name") for start, end in _introductions(normalised.text))
    yield from ((start, end, "name") for start, end in _known_names(text, names))


def _introductions(text: str) -> Iterator[tuple[int, int]]:
    """Where the names stand that people introduce themselves by, in a normalised text."""
    for said in _I_AM_CALLED.finditer(text):
        end = said.end()
        for _ in range(_LONGEST_NAME):
            word = _NAME_WORD.match(text, end)
            if not word or _ends_a_name(word[0].strip()):
                break
            end = word.end()
        if end > said.end():
            yield said.end(), said.end() + len(text[said.end() : end].rstrip())


def _ends_a_name(word: str) -> bool:
    return word in _AFTER_A_NAME or word.startswith("وال") or (word.startswith("و") and word[1:] in _AFTER_A_NAME)


def _phrases(names: Iterable[str]) -> Phrases[str]:
    """What to look for: each name as a whole, and those of its words that are neither common nor a place."""
    wanted = [name for name in names if sum(map(str.isalpha, name)) >= _SHORTEST_PART and area_named(name) is None]
    parts = [part for name in wanted for part in name.split()]
    return Phrases((name, name.rstrip()) for name in wanted + [part for part in parts if _is_telling(part)])


def _is_telling(part: str) -> bool:
    word = normalise(part)
    return len(word) >= _SHORTEST_PART and word not in ENGLISH and area_named(part) is None


def _known_names(text: str, names: Phrases[str]) -> Iterator[tuple[int, int]]:
    words = words_of(text)
    for match in names.find(words):
        start, end = words[match.first].start, words[match.last - 1].end
        if match.payload.endswith("ى") or not text[start:end].endswith("ى"):  # «على» is not Mr «علي»
            yield start, end
