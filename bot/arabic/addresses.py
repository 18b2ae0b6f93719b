"""Bahraini addresses: block, road, building, flat, in any order and in Arabic, English or Arabizi."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.arabic.address_part import AddressPart
from bot.arabic.address_parts import find_address_parts, possible_parts

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


def labelled_numbers(text: str) -> list[tuple[int, int]]:
    """Every place where `text` may give the number of a block, road, building or flat, the likely first.

    For taking addresses out: of «203 مجمع 312 طريق», all readings are there.
    """
    return possible_parts(text)
