"""Where a case lies, drawn from the centres of Bahrain's towns and villages as `nlu_data/places.yml` has them. Pure.

There is no coastline and no street in it: we have none of our own that could be vouched for, and fetch none elsewhere.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic import nearest_area
from bot.arabic.gazetteer import Area, gazetteer
from contact_center.cases.likeness import METRES_PER_DEGREE

_KM_PER_DEGREE = METRES_PER_DEGREE / 1000
_SIZE = 300
"""Width of a drawing, in its own units."""
_AROUND_KM = 3.0
"""From the middle of the near drawing to its sides."""
_MARGIN_KM = 3.0
_AMID_KM = 0.2
"""The gazetteer's centres are no more exact than that."""
_MOST_NAMES = 7
_LETTER, _LINE = 8.0, 16.0
"""About how wide a letter and how high a line of a name is, in the drawing's units."""
_DOT, _ABOVE = 4.0, 9.0
"""Of a place: from its middle to its edge, and to the foot of its name."""
_SCALE_EDGE, _SCALE_HIGH = 12.0, 36.0
"""How far the scale lies from the side, and its height with its words; as the template draws it."""
_MIDDLE_LATITUDE = 26.1
_Box = tuple[float, float, float, float]
"""West, north, east, south."""


@dataclass(frozen=True)
class Dot:
    """A place in a drawing; `name` where there is room for it."""

    x: float
    y: float
    name: str = ""


@dataclass(frozen=True)
class Drawing:
    """Dots on a sheet of `width` by `height` units, north up; `kilometre` is so many units long."""

    width: float
    height: float
    kilometre: float
    dots: tuple[Dot, ...]
    pin: Dot


@dataclass(frozen=True)
class PlaceMap:
    """`exact`: whether the point is the person's own, not the middle of the area that they named."""

    lat: float
    lon: float
    exact: bool
    nearest: str
    """The nearest place's canonical name."""
    away_km: float
    near: Drawing
    whole: Drawing

    @property
    def how(self) -> str:
        """How that is said, by its name in `words.yml`: `near` the middle of the place, `amid` it, or only `about`."""
        if not self.exact:
            return "about"
        return "amid" if self.away_km < _AMID_KM else "near"


def place_map(lat: float | None, lon: float | None, area: str | None, language: str) -> PlaceMap | None:
    """A point (WGS 84) drawn, else the middle of an area; None where neither is known, or lies in Bahrain."""
    named = gazetteer().areas.get(area or "")
    exact = lat is not None and lon is not None
    if lat is None or lon is None:
        if named is None:
            return None
        lat, lon = named.lat, named.lon
    nearest = nearest_area(lat, lon)
    if nearest is None:
        return None
    near = _drawing(_Window.around(lat, lon), lat, lon, language, named_too=True)
    whole = _drawing(_whole(), lat, lon, language, named_too=False)
    return PlaceMap(lat, lon, exact, nearest.name, _km_apart(lat, lon, nearest), near, whole)


@dataclass(frozen=True)
class _Window:
    """A part of the country: its north-west corner in degrees, and how far it reaches in kilometres."""

    north: float
    west: float
    width_km: float
    height_km: float

    @classmethod
    def around(cls, lat: float, lon: float) -> "_Window":
        side = 2 * _AROUND_KM
        return cls(lat + _AROUND_KM / _KM_PER_DEGREE, lon - _AROUND_KM / _km_east(), side, side)

    @property
    def unit(self) -> float:
        """Units to a kilometre."""
        return _SIZE / self.width_km

    def place(self, lat: float, lon: float, name: str = "") -> Dot:
        east, south = (lon - self.west) * _km_east(), (self.north - lat) * _KM_PER_DEGREE
        return Dot(round(east * self.unit, 1), round(south * self.unit, 1), name)

    def holds(self, dot: Dot) -> bool:
        return 0 <= dot.x <= _SIZE and 0 <= dot.y <= self.height_km * self.unit


@lru_cache(maxsize=1)
def _whole() -> _Window:
    areas = gazetteer().areas.values()
    edge, beside = _MARGIN_KM / _KM_PER_DEGREE, _MARGIN_KM / _km_east()
    north, west = max(area.lat for area in areas) + edge, min(area.lon for area in areas) - beside
    south, east = min(area.lat for area in areas) - edge, max(area.lon for area in areas) + beside
    return _Window(north, west, (east - west) * _km_east(), (north - south) * _KM_PER_DEGREE)


def _drawing(window: _Window, lat: float, lon: float, language: str, *, named_too: bool) -> Drawing:
    areas = sorted(gazetteer().areas.values(), key=lambda area: _km_apart(lat, lon, area))
    placed = [window.place(area.lat, area.lon, area.english if language == "en" else area.name) for area in areas]
    pin = window.place(lat, lon)
    height = round(window.height_km * window.unit, 1)
    scale = (0.0, height - _SCALE_HIGH, 2 * _SCALE_EDGE + window.unit, height)
    dots = _with_names([dot for dot in placed if window.holds(dot)], pin, scale, _MOST_NAMES if named_too else 0)
    return Drawing(_SIZE, height, round(window.unit, 2), dots, pin)


def _with_names(dots: Sequence[Dot], pin: Dot, scale: _Box, most: int) -> tuple[Dot, ...]:
    """The dots, of which the first (the nearest) keep their names as long as none is written over something else."""
    taken = [scale, *((dot.x - _DOT, dot.y - _DOT, dot.x + _DOT, dot.y + _DOT) for dot in dots)]
    taken.append((pin.x - _LINE, pin.y - 2 * _LINE, pin.x + _LINE, pin.y))
    shown: list[Dot] = []
    for dot in dots:
        half = len(dot.name) * _LETTER / 2
        box = (dot.x - half, dot.y - _ABOVE - _LINE, dot.x + half, dot.y - _DOT - 1)
        inside = box[0] >= 0 and box[2] <= _SIZE and box[1] >= 0
        if most and inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            most -= 1
            shown.append(dot)
        else:
            shown.append(Dot(dot.x, dot.y))
    return tuple(shown)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _km_apart(lat: float, lon: float, area: Area) -> float:
    return math.hypot((area.lat - lat) * _KM_PER_DEGREE, (area.lon - lon) * _km_east())


def _km_east() -> float:
    """Kilometres to a degree of longitude, in the middle of the country."""
    return _KM_PER_DEGREE * math.cos(math.radians(_MIDDLE_LATITUDE))
