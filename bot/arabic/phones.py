"""Telephone numbers, as Google's libphonenumber knows them, typed or dictated; local ones are Bahraini."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.arabic.corrections import is_taken_back
from bot.arabic.found import Found
from bot.arabic.normalise import digits
from bot.arabic.number_runs import runs_of
from bot.arabic.numbers import in_digits
from bot.arabic.other_numbers import is_of_a_thing
from bot.arabic.references import find_references

_REGION = "BH"
_COUNTRY_CODE = 973
_MIN_DIGITS = 7
_PLUS = re.compile(r"\+ ?$")
_LEAST_ABROAD = 10  # digits, those of the country included
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\D(?:0?[1-9]|1[0-2])\D(?:19|20)\d\d|(?:19|20)\d\d\D\d{1,2}\D\d{1,2}")
# Numbers in use before libphonenumber has heard of their range, and ways to break up eight digits that it leaves alone.
_LOCAL = re.compile(r"(?:3|6[3-7]|1[367])\d+")
_LOCAL_LENGTH = 8
_LOCAL_SHAPES = {
    (8,), (4, 4), (2, 6), (6, 2), (3, 5), (5, 3), (2, 3, 3), (3, 3, 2), (3, 2, 3), (4, 2, 2), (2, 2, 4), (2, 4, 2),
    (4, 1, 3), (4, 3, 1), (1, 3, 4), (1, 3, 2, 2), (2, 2, 2, 2), (1,) * 8,
}  # fmt: skip
_SHAPES = (
    _LOCAL_SHAPES | {(code, *shape) for code in (3, 5) for shape in _LOCAL_SHAPES} | {(11,), (13,), (7, 4), (9, 4)}
)


def find_phones(text: str) -> list[Found]:
    """Telephone numbers in `text`, in order; `value` is E.164.

    Dates, reference numbers, and what is said to be the number of a meter, an account or a plate are not taken.
    """
    written = in_digits(text)
    if sum(map(str.isdecimal, written.text)) < _MIN_DIGITS:
        return []
    references = find_references(text)
    found: list[Found] = []
    for value, start, end in sorted(_candidates(written.text), key=lambda number: number[1]):
        phone = Found(value, *written.span(start, end))
        taken = any(phone.start < other.end and other.start < phone.end for other in (*references, *found))
        if not taken and not is_of_a_thing(written.text, start):
            found.append(phone)
    return found


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    for match in phonenumbers.PhoneNumberMatcher(text, _REGION):
        if not _DATE.fullmatch(match.raw_string) and not _is_of_a_row(text, match.start, match.end):
            yield _e164(match.number), match.start, match.end
    for run in runs_of(text):
        plus = _PLUS.search(text, max(0, run.start - 2), run.start)
        usual = run.shape in _SHAPES and not _DATE.fullmatch(text[run.start : run.end])
        number = (_parsed(run.digits) if usual else None) or (_abroad(run.digits) if plus else None)
        if number:
            yield number, plus.start() if plus else run.start, run.end


def _is_of_a_row(text: str, start: int, end: int) -> bool:
    """Whether it is cut out of a row with strokes, as an address may be: «436/3627/1452»."""
    beside = (text[max(0, start - 1) : start], text[end : end + 1])
    return "/" in text[start:end] and "/" in beside


def parse_phone(text: str) -> str | None:
    """The one telephone number that `text` gives, in E.164; None where there is none, or more than one.

    A number that the text takes back («36208841 not 36208814») does not count.
    """
    western = digits(text).strip()
    number = None if _DATE.fullmatch(western) or re.search(r"[^\W\d_]", western) else _parsed(western)
    if number:
        return number
    values = {found.value for found in find_phones(text) if not is_taken_back(text, found.start)}
    return values.pop() if len(values) == 1 else None


def _parsed(written: str) -> str | None:
    try:
        number = phonenumbers.parse(written, _REGION)
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(number)
    local = number.country_code == _COUNTRY_CODE and len(national) == _LOCAL_LENGTH and _LOCAL.fullmatch(national)
    return _e164(number) if local or phonenumbers.is_valid_number(number) else None


def _abroad(written: str) -> str | None:
    """A number with another country's code, also of a range that libphonenumber does not know."""
    try:
        number = phonenumbers.parse(f"+{written}", None)
    except phonenumbers.NumberParseException:
        return None
    known = number.country_code != _COUNTRY_CODE and len(written) >= _LEAST_ABROAD
    return _e164(number) if known and phonenumbers.is_possible_number(number) else None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
