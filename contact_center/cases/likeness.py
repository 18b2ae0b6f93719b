"""Whether two complaints tell of the same thing: their category, their place, their words. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import yaml

from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.entries import CategoryEntry
from contact_center.cases.wording import groups, shared

FILE = Path(__file__).with_name("one_thing.yml")
NEAR_METRES = 300
ALIKE = 0.45
"""Of the letter groups of the shorter text, how many the other has too: tried on the pairs of the tests."""

METRES_PER_DEGREE = 111_195


class Located(Protocol):
    """What is compared: a draft or a case. Degrees in WGS 84, numbers of blocks and roads as text."""

    @property
    def category(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def area(self) -> str | None: ...
    @property
    def block(self) -> str | None: ...
    @property
    def road(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...


@dataclass(frozen=True)
class OneThing:
    """The table of one_thing.yml: how far a category's thing reaches, and what it is taken for."""

    reach: Mapping[str, str]
    taken_for: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def one_thing() -> OneThing:
    """The table. Raises `ValueError` where it names a category that does not exist."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    reach = {code: reach for reach, codes in raw["reach"].items() for code in codes}
    taken_for: dict[str, frozenset[str]] = {}
    for codes in raw["taken_for_each_other"]:
        for code in codes:
            taken_for[code] = taken_for.get(code, frozenset()) | frozenset(codes)
    unknown = ({*reach, *taken_for}) - set(catalogue().categories)
    if unknown:
        raise ValueError(f"{FILE.name} names unknown categories: {', '.join(sorted(unknown))}")
    return OneThing(reach, taken_for)


def comparable(category: str) -> Sequence[str]:
    """The categories in which the same thing may have been filed, itself among them."""
    return sorted({category} | one_thing().taken_for.get(category, frozenset()))


def is_shared(category: CategoryEntry | None) -> bool:
    """Whether the thing may be other people's too: it lies somewhere, and is not one person's own affair."""
    return category is not None and category.place == "required"


def same_thing(new: Located, known: Located) -> bool:
    """Whether a case that somebody else filed is about the same thing."""
    near = _nearness(new, known, reach_of(new.category, known.category))
    if near is None:
        return False
    return certain(new.category, known.category, near) or alike(new.description, known.description)


def same_matter(new: Located, known: Located) -> bool:
    """Whether a case of the person's own is about the same matter: also what has no place, if the words say so."""
    if same_thing(new, known):
        return True
    apart = _known_apart(new, known)
    return new.category == known.category and not apart and alike(new.description, known.description)


def metres(new: Located, known: Located) -> float | None:
    """How far apart two pins are; None where either has none."""
    if new.lat is None or new.lon is None or known.lat is None or known.lon is None:
        return None
    east = (new.lon - known.lon) * math.cos(math.radians(new.lat))
    return math.hypot(new.lat - known.lat, east) * METRES_PER_DEGREE


def alike(one: str, other: str) -> bool:
    """Whether two texts speak of the same, in whatever spelling; texts of a word or less say nothing."""
    return likeness(one, other) >= ALIKE


def likeness(one: str, other: str) -> float:
    """0 to 1: the share of the smaller text's letter groups that the other holds too."""
    return shared(groups(one), groups(other))


def certain(new: str, known: str, near: str) -> bool:
    """Whether a category and nearness (`pin`, `block`, `area`) alone say that two complaints tell of the same thing."""
    reach = reach_of(new, known)
    return reach is not None and (near != "area" or reach == "area")


def reach_of(new: str, known: str) -> str | None:
    """How far the one thing of two equal categories reaches; None where the words have to be alike."""
    return one_thing().reach.get(known) if new == known else None


def _nearness(new: Located, known: Located, reach: str | None) -> str | None:
    """By what two places are the same: `pin`, `block` or `area`; None where they are not, or nobody knows."""
    distance = metres(new, known)
    if distance is not None and distance <= NEAR_METRES:
        return "pin"
    if distance is not None and reach != "area":
        return None
    if new.block and known.block:
        return None if new.block != known.block or (reach == "spot" and _other_road(new, known)) else "block"
    same_area = bool(new.area) and new.area == known.area
    return "area" if same_area and not (new.block or known.block) else None


def _known_apart(new: Located, known: Located) -> bool:
    distance = metres(new, known)
    if distance is not None:
        return distance > NEAR_METRES
    pairs = ((new.block, known.block), (new.area, known.area))
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _other_road(new: Located, known: Located) -> bool:
    return bool(new.road and known.road and new.road != known.road)
