"""Telephone numbers, as Google's libphonenumber knows them; local ones are Bahraini."""

from __future__ import annotations

import re

import phonenumbers

from bot.arabic.found import Found
from bot.arabic.normalise import digits
from bot.arabic.references import find_references

_REGION = "BH"
_MIN_DIGITS = 7
_DATE = re.compile(r"\d{1,2}\D\d{1,2}\D\d{4}|\d{4}\D\d{1,2}\D\d{1,2}")


def find_phones(text: str) -> list[Found]:
    """Telephone numbers in `text`, in order; `value` is E.164. Dates and reference numbers are not taken."""
    western = digits(text)
    if sum(map(str.isdecimal, western)) < _MIN_DIGITS:
        return []
    references = find_references(western)
    return [
        Found(_e164(match.number), match.start, match.end)
        for match in phonenumbers.PhoneNumberMatcher(western, _REGION)
        if not _DATE.fullmatch(match.raw_string)
        and not any(match.start < reference.end and reference.start < match.end for reference in references)
    ]


def parse_phone(text: str) -> str | None:
    """The one telephone number that `text` gives, in E.164; None where there is none, or more than one."""
    western = digits(text).strip()
    if _DATE.fullmatch(western):
        return None
    try:
        number = phonenumbers.parse(western, _REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_valid_number(number) and not re.search(r"[^\W\d_]", western):
        return _e164(number)
    values = {found.value for found in find_phones(text)}
    return values.pop() if len(values) == 1 else None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
