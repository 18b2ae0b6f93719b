"""Numbers of an address that have no label: by initials («م ٨١٥ ط ١٥٢٧»), a block beside its area, a house that leads.

Offsets are those of the text with its numbers in digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.arabic.address_part import AddressPart, number_of, stands_before, value_of
from bot.arabic.address_words import (
    AFTER_AREA,
    BEFORE_AREA,
    HOUSE_BEFORE,
    INITIAL,
    INITIALS,
    LABEL,
    LABELLED,
    NEXT_NUMBER,
    PRICED_FAR,
    THREE_DIGITS,
)
from bot.arabic.labelled_parts import is_last
from bot.arabic.mentions import Mention, Scene, scene_of
from bot.arabic.numbers import InDigits

_INITIALS = {"مج": "block", "ط": "road", "ب": "building", "r": "road", "h": "building", "f": "flat"}
_NEAR = 3  # characters
_ROUND = {"none": 50, "weak": 10}  # by how doubtful the area's name is: «الحد ١٢٠» limits a speed


def by_initials(text: str, named: Sequence[AddressPart]) -> Iterator[AddressPart]:
    """«م ٨١٥ ط ١٥٢٧ ب ٤٥», "B 945 R 4532"; «م» and "B" are the building where the block has been named."""
    for row in INITIALS.finditer(text):
        initials = list(INITIAL.finditer(text, *row.span()))
        block_is_named = any(part.part == "block" for part in named) or any(i["initial"] == "مج" for i in initials)
        beside = any(part.end <= row.start() <= part.end + 2 or 0 <= part.start - row.end() <= 1 for part in named)
        if len({initial["initial"] for initial in initials}) > 1 or beside:
            for initial in initials:
                part = _INITIALS.get(initial["initial"], "building" if block_is_named else "block")
                yield AddressPart(part, value_of(initial), *initial.span())


def beside_areas(text: str, written: InDigits, named: Sequence[AddressPart]) -> Iterator[AddressPart]:
    """«سلماباد ٧٠٦», «الدير ٢٣٣ / ٣٣١٧»: a block of the area's governorate right after it, then road and building.

    Where a label names a block, such numbers are something else.
    """
    if any(part.part == "block" for part in named) or not THREE_DIGITS.search(written.text):
        return
    scene = scene_of(text)
    for mention in scene.mentions:
        match = AFTER_AREA.match(written.text, written.position(scene.words[mention.last - 1].end))
        if match and _is_block(scene, mention, match, written.text):
            yield AddressPart("block", value_of(match), match.start("number"), match.end())
            yield from _after_block(written.text, match.end(), number_of(match))
    if len(scene.mentions) == 1 and scene.says_nothing_but(scene.mentions):
        match = stands_before(BEFORE_AREA, written.text, written.position(scene.words[scene.mentions[0].first].start))
        if match and _is_of_area(scene, scene.mentions[0], number_of(match)):
            yield AddressPart("block", value_of(match), match.start("number"), match.end("number"))


def house_before_road(text: str, named: Sequence[AddressPart]) -> Iterator[AddressPart]:
    """«٧٧، طريق ٣٨٠٣، مجمع ٣٣٨»: the number that an address begins with."""
    for first, second in pairwise(named):
        if {first.part, second.part} == {"road", "block"} and second.start - first.end <= _NEAR:
            match = stands_before(HOUSE_BEFORE, text, first.start)
            if match and all(part.part != "building" for part in named):
                yield AddressPart("building", value_of(match), match.start("number"), match.end("number"))


def _is_block(scene: Scene, mention: Mention, match: re.Match[str], text: str) -> bool:
    """Whether a number right after an area is its block, not a sum, and not round as counts and limits are."""
    if mention.doubt not in _ROUND or not _is_of_area(scene, mention, number_of(match)):
        return False
    last, label = is_last(text, match.end()), LABEL.match(text, match.end() + 1)
    if label and not LABELLED.match(text, label.end()):
        return False  # «سترة 612 بيت»
    if number_of(match) % _ROUND[mention.doubt] == 0 and not (last and mention.doubt == "none"):
        return False
    return label is not None or not stands_before(PRICED_FAR, text, match.start())


def _is_of_area(scene: Scene, mention: Mention, block: int) -> bool:
    governorate = scene.places.blocks.get(block)
    return any(area.governorate == governorate for area in mention.name.areas)


def _after_block(text: str, position: int, block: int) -> Iterator[AddressPart]:
    """What follows a block: «/ ٣٣١٧ / ٤٤» road and building, «، ٣٦٠٧ الطريق» a number with its label.

    Roads begin with the last two digits of their block (3317 in 233), which tells one wherever no stroke does.
    """
    match = NEXT_NUMBER.match(text, position)
    label = LABEL.match(text, match.end() + 1) if match else None
    if match is None:
        return
    if label and not LABELLED.match(text, label.end()):
        yield AddressPart(label.lastgroup or "", value_of(match), match.start("number"), label.end())
    elif "/" in match["gap"] or number_of(match) // 100 == block % 100:
        yield AddressPart("road", value_of(match), match.start("number"), match.end())
        house = NEXT_NUMBER.match(text, match.end())
        if house and house["gap"].strip() and is_last(text, house.end()):
            yield AddressPart("building", value_of(house), house.start("number"), house.end())
