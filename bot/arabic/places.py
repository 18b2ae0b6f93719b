"""Places in a message: which town, village or district is meant, in which governorate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.arabic.addresses import Address, find_address
from bot.arabic.gazetteer import Area, Gazetteer, Governorate, Name, gazetteer
from bot.arabic.phrases import Match, Word, words_of

__all__ = [
    "Area", "AreaMatch", "Governorate", "area_named", "english_name", "find_areas", "governorate_of_block",
    "nearest_area",
]  # fmt: skip

# South, north, west, east in degrees: the main islands with the causeway, and Hawar. Neither box touches a neighbour.
_BAHRAIN = ((25.76, 26.36, 50.31, 50.74), (25.55, 25.76, 50.70, 50.84))
_KM_PER_DEGREE = 111.2
_FARTHEST_KM = 12.0
_NEAR = 2  # characters: «، »


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
    """Places named in `text`, in order, a place said twice in a row once.

    A name that is also a common word (عالي، الحد، القدم) counts only where something says that a place is meant:
    a word before it, an address, another place beside it, or that there is nothing else in the message.
    """
    places = gazetteer(places_file)
    words = words_of(text)
    matches = [match for match in places.names.find(words) if _is_possible(match, words, places)]
    if not matches:
        return []
    address = find_address(text)
    block = address.block if address.block and address.block.isdecimal() else "0"
    governorate = places.blocks.get(int(block))
    certain = {
        match.first
        for match in matches
        if _is_announced(match, words, matches, places) or _is_in_address(match, words, address, governorate)
    }
    for match in matches:
        if _is_beside(match, certain, matches):
            certain.add(match.first)
    found = [_area_match(match, words, governorate) for match in matches if match.first in certain]
    return [match for index, match in enumerate(found) if index == 0 or found[index - 1].area != match.area]


def area_named(text: str, places_file: Path | None = None) -> Area | None:
    """The area that `text` names and nothing else («سترة», «في منطقة سترة», "Sitra"); None where it names none."""
    places = gazetteer(places_file)
    matches = find_areas(text, places_file)
    rest = [word.text for word in words_of(text) if not any(m.start <= word.start < m.end for m in matches)]
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


def _is_possible(match: Match[Name], words: Sequence[Word], places: Gazetteer) -> bool:
    """Not «الحد الأدنى», «يوم الخميس», «بلدية المحرق»: the neighbours do not make it something else."""
    name = match.payload
    before = words[match.first - 1].text if match.first else ""
    after = words[match.last].text if match.last < len(words) else ""
    return after not in name.not_before and before not in name.not_after and before not in places.never_after


def _is_announced(match: Match[Name], words: Sequence[Word], matches: Sequence[Match[Name]], places: Gazetteer) -> bool:
    doubt = match.payload.doubt
    if doubt == "none":
        return True
    if doubt != "alone" and _has_cue(match, words, places):
        return True
    named = {index for other in matches for index in range(other.first, other.last)}
    others = (word.text for index, word in enumerate(words) if index not in named)
    return all(map(places.says_no_more, others))


def _has_cue(match: Match[Name], words: Sequence[Word], places: Gazetteer) -> bool:
    weak = match.payload.doubt == "weak"
    before = words[match.first - 1].text if match.first else ""
    pair = f"{words[match.first - 2].text} {before}" if match.first > 1 else ""
    cues = places.weak_cues if weak else places.strong_cues
    if before in cues or pair in cues or (weak and match.prefix[-1:] in ("ب", "ل", "ع")):
        return True
    return match.first == 0 and match.last < len(words) and words[match.last].text in places.after_cues


def _is_in_address(
    match: Match[Name], words: Sequence[Word], address: Address, governorate: Governorate | None
) -> bool:
    """Part of an address: in its block's governorate, or right beside a part of it where the block does not tell."""
    if governorate is not None:
        return any(area.governorate == governorate for area in match.payload.areas)
    start, end = words[match.first].start, words[match.last - 1].end
    return any(0 <= start - last <= _NEAR or 0 <= first - end <= _NEAR for first, last in address.spans.values())


def _is_beside(match: Match[Name], certain: set[int], matches: Sequence[Match[Name]]) -> bool:
    """In a row with a sure place: «سترة وعالي»."""
    if match.payload.doubt != "weak" and not match.prefix.startswith("و"):
        return False
    return any(other.first in certain and (other.last == match.first or match.last == other.first) for other in matches)


def _area_match(match: Match[Name], words: Sequence[Word], governorate: Governorate | None) -> AreaMatch:
    areas = match.payload.areas
    fitting = [area for area in areas if area.governorate == governorate] or list(areas)
    chosen = fitting[0]
    return AreaMatch(
        area=chosen.name,
        governorate=chosen.governorate,
        start=words[match.first].start,
        end=words[match.last - 1].end,
        ambiguous=len(fitting) > 1,
        alternatives=tuple(area.name for area in fitting[1:]),
    )
