"""Places in a message: which town, village or district is meant, in which governorate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.arabic.addresses import Address, find_address
from bot.arabic.gazetteer import Area, Governorate, gazetteer
from bot.arabic.mentions import Mention, Scene, scene_of
from bot.arabic.phrases import words_of

__all__ = [
    "Area", "AreaMatch", "Governorate", "area_named", "english_name", "find_areas", "governorate_of_block",
    "nearest_area",
]  # fmt: skip

# South, north, west, east in degrees: the main islands with the causeway, and Hawar. Neither box touches a neighbour.
_BAHRAIN = ((25.76, 26.36, 50.31, 50.74), (25.55, 25.76, 50.70, 50.84))
_KM_PER_DEGREE = 111.2
_FARTHEST_KM = 12.0
_NEAR = 3  # characters: «، », « - »


@dataclass(frozen=True)
class AreaMatch:
    """A place named at `text[start:end]` (whole words, with their clitics): canonical Arabic name and governorate.

    Where two places share the name, `ambiguous` is set, `area` is the likelier one and `alternatives` holds the
    canonical names of the others.
    """

    area: str
    governorate: Governorate
    start: int
    end: int
    ambiguous: bool = False
    alternatives: tuple[str, ...] = ()


def find_areas(text: str, places_file: Path | None = None) -> list[AreaMatch]:
    """Places named in `text`, in order, a place said twice in a row once; a district beside its town is one more.

    Names are known in many spellings (`latin_names.py`, `slips.py`). One that is also a common word (عالي، الحد،
    القدم) counts only where something says that a place is meant: a word before it, an address, another place beside
    it, or that there is nothing else in the message. The name of a street, bridge or agency is none («شارع البديع»).
    """
    scene = scene_of(text, places_file)
    mentions = scene.mentions
    if not mentions:
        return []
    address = find_address(text)
    block = address.block if address.block and address.block.isdecimal() else "0"
    governorate = scene.places.blocks.get(int(block))
    nothing_else = scene.says_nothing_but(mentions)
    meant = {
        mention.first: _likeliest(mention, governorate)
        for mention in mentions
        if scene.is_announced(mention, nothing_else) or _is_in_address(mention, scene, address, governorate)
    }
    for mention, other in (*pairwise(mentions), *pairwise(reversed(mentions))):
        district = scene.district_beside(mention, other)
        if district and (other.first in meant or other.name.doubt == "none"):
            meant[mention.first] = [district]
        elif mention.first in meant and scene.in_row(other, mention):
            meant.setdefault(other.first, _likeliest(other, governorate))
    found = [_area_match(meant[mention.first], mention, scene) for mention in mentions if mention.first in meant]
    return [match for index, match in enumerate(found) if index == 0 or found[index - 1].area != match.area]


def area_named(text: str, places_file: Path | None = None) -> Area | None:
    """The area that `text` names and nothing else («سترة», «في منطقة سترة», "Sitra"); None where it names none.

    Of a town and its district («سترة مركوبان»), it is the district.
    """
    places = gazetteer(places_file)
    found = find_areas(text, places_file)
    towns = {places.areas[match.area].town for match in found}
    matches = [match for match in found if match.area not in towns]
    rest = [word.text for word in words_of(text) if not any(m.start <= word.start < m.end for m in found)]
    if len(matches) != 1 or not all(map(places.says_no_more, rest)):
        return None
    return places.areas[matches[0].area]


def governorate_of_block(block: int, places_file: Path | None = None) -> Governorate | None:
    """The governorate that a block number lies in; None where the number is not known."""
    return gazetteer(places_file).blocks.get(block)


def nearest_area(lat: float, lon: float, places_file: Path | None = None) -> Area | None:
    """The area whose centre is nearest to a point (degrees, WGS 84); None outside Bahrain."""
    if not any(south <= lat <= north and west <= lon <= east for south, north, west, east in _BAHRAIN):
        return None
    distance, area = min(
        ((_km(lat, lon, area), area) for area in gazetteer(places_file).areas.values()), key=lambda pair: pair[0]
    )
    return area if distance <= _FARTHEST_KM else None


def english_name(area: str, places_file: Path | None = None) -> str | None:
    """The English name of an area given by its canonical Arabic name; None for any other text."""
    known = gazetteer(places_file).areas.get(area)
    return known.english if known else None


def _km(lat: float, lon: float, area: Area) -> float:
    east = (lon - area.lon) * math.cos(math.radians(lat))
    return math.hypot(lat - area.lat, east) * _KM_PER_DEGREE


def _is_in_address(mention: Mention, scene: Scene, address: Address, governorate: Governorate | None) -> bool:
    """Right beside a part of an address, and in the governorate of its block where that is known."""
    if governorate is not None and all(area.governorate != governorate for area in mention.name.areas):
        return False
    start, end = scene.words[mention.first].start, scene.words[mention.last - 1].end
    return any(0 <= start - last <= _NEAR or 0 <= first - end <= _NEAR for first, last in address.spans.values())


def _likeliest(mention: Mention, governorate: Governorate | None) -> list[Area]:
    return [area for area in mention.name.areas if area.governorate == governorate] or list(mention.name.areas)


def _area_match(areas: Sequence[Area], mention: Mention, scene: Scene) -> AreaMatch:
    return AreaMatch(
        area=areas[0].name,
        governorate=areas[0].governorate,
        start=scene.words[mention.first].start,
        end=scene.words[mention.last - 1].end,
        ambiguous=len(areas) > 1,
        alternatives=tuple(area.name for area in areas[1:]),
    )
