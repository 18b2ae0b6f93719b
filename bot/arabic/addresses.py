"""Bahraini addresses: block, road, building, flat, in any order and in Arabic, English or Arabizi."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.arabic.address_part import AddressPart, apart
from bot.arabic.corrections import with_corrections
from bot.arabic.labelled_parts import any_order, labelled_parts, labels_in
from bot.arabic.numbers import InDigits, in_digits
from bot.arabic.unlabelled_parts import beside_areas, by_initials, house_before_road

__all__ = ["Address", "AddressPart", "find_address", "find_address_parts", "labelled_numbers"]


@dataclass(frozen=True)
class Address:
    """The parts of an address that a text means, or None.

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
    """The address that `text` means; all None where there is none.

    Of each part, the last number that a correction puts in the place of another («كتبت ١٢ وهو ٢١»: 21), else the first
    that is not taken back («٧٤٣ مو ٧٣٤» and «مو ٧٣٤، ٧٤٣»: 743). A part of which all numbers are taken back is None.
    """
    chosen: dict[str, AddressPart] = {}
    for named in find_address_parts(text):
        if not named.taken_back and (named.corrected or named.part not in chosen):
            chosen[named.part] = named
    return Address(
        **{part: named.value for part, named in chosen.items()},
        spans={part: (named.start, named.end) for part, named in chosen.items()},
    )


@lru_cache(maxsize=32)  # asked for one message by several finders
def find_address_parts(text: str) -> tuple[AddressPart, ...]:
    """Every part of an address that `text` names, in order, none on top of another, those taken back as well."""
    written = in_digits(text)
    labels = labels_in(written.text)
    named = _named(text, written, labelled_parts(written, labels))
    if not named and not labels:
        return ()
    return tuple(_in_original(part, written) for part in with_corrections(written, labels, named))


def labelled_numbers(text: str) -> list[tuple[int, int]]:
    """Every place where `text` may give the number of a block, road, building or flat, the likely first.

    For taking addresses out: of «203 مجمع 312 طريق», all readings are there.
    """
    written = in_digits(text)
    spans = [(part.start, part.end) for part in find_address_parts(text)]
    spans += [written.span(part.start, part.end) for part in any_order(written, labels_in(written.text))]
    return list(dict.fromkeys(spans))


def _named(text: str, written: InDigits, labelled: Sequence[AddressPart]) -> list[AddressPart]:
    """All parts, each step with those that the steps before it have found."""
    named = apart([*labelled, *by_initials(written.text, labelled)])
    named = apart([*named, *beside_areas(text, written, named)])
    return apart([*named, *house_before_road(written.text, named)])


def _in_original(part: AddressPart, written: InDigits) -> AddressPart:
    start, end = written.span(part.start, part.end)
    return replace(part, start=start, end=end)
