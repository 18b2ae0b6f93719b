"""The people of citizens.yml, what each knows and how they put it; the manners of manners.yml, which many share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.arabic import area_named
from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.routing import agency_for

HERE = Path(__file__).parent
PARTS = ("block", "road", "building")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@dataclass(frozen=True)
class Change:
    """What somebody takes back later: their words, and the fields that hold from then on (None: nothing there)."""

    says: str
    fields: Mapping[str, str | None]


@dataclass(frozen=True)
class Someone:
    """A person with a matter. `tells`: first messages that hold the place as well; `says`: ones that do not.

    `where` and `exactly`: how they answer when asked for the area and the address; `place` holds area, block, road and
    building as far as they know them. `none_of`: categories that they would accept as well.
    """

    name: str
    phone: str
    manner: str
    type: str
    category: str
    tells: tuple[str, ...]
    says: tuple[str, ...]
    more: str
    changes: tuple[Change, ...]
    where: str = ""
    exactly: str = ""
    place: Mapping[str, str] = field(default_factory=dict)
    accepts: tuple[str, ...] = ()

    @property
    def english(self) -> bool:
        """Whether they are answered in English."""
        return self.manner == "english"

    @property
    def categories(self) -> tuple[str, ...]:
        """The codes under which their matter is well kept, the best first."""
        return (self.category, *self.accepts)

    def category_names(self) -> list[str]:
        """The names by which they recognise their matter."""
        return [catalogue().categories[code].name("en" if self.english else "ar") for code in self.categories]

    def governorate(self, area: str | None) -> str | None:
        """The governorate of an area."""
        known = area_named(area) if area else None
        return known.governorate if known else None

    def conveyed(self, text: str) -> dict[str, str]:
        """The facts of the place that some words of theirs hold."""
        numbers = set(re.findall(r"\d+", text.translate(_ARABIC_DIGITS)))
        told = {name: value for name, value in self.place.items() if name in PARTS and value in numbers}
        if text in (*self.tells, self.where) and "area" in self.place:
            told["area"] = self.place["area"]
        return told


@dataclass(frozen=True)
class Manner:
    """How people of a manner say what everybody says."""

    greets: tuple[str, ...]
    wishes: Mapping[str, tuple[str, ...]]
    agrees: tuple[str, ...]
    no_files: tuple[str, ...]
    enough: tuple[str, ...]
    no_address: tuple[str, ...]
    all_well: tuple[str, ...]
    """What they say where 999 was named, and nobody is in danger."""
    types: Mapping[str, str]
    none_of_these: tuple[str, ...]
    between: Mapping[str, tuple[str, ...]]
    """What they say in between, by what it is."""


def expected_agency(category: str, governorate: str | None) -> str | None:
    """The agency that a case belongs to."""
    return agency_for(catalogue(), category, governorate)


@lru_cache(maxsize=1)
def people() -> tuple[Someone, ...]:
    """Everybody in citizens.yml."""
    return tuple(_someone(raw) for raw in yaml.safe_load((HERE / "citizens.yml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def manners() -> Mapping[str, Manner]:
    """The manners of manners.yml by name."""
    raw = yaml.safe_load((HERE / "manners.yml").read_text(encoding="utf-8"))
    return {name: Manner(**_frozen(manner)) for name, manner in raw.items()}


def _someone(raw: Mapping[str, Any]) -> Someone:
    place = {name: str(value) for name, value in (raw.get("place") or {}).items()}
    changes = tuple(_change(change) for change in raw.get("changes", ()))
    plain = {name: value for name, value in raw.items() if name not in ("place", "changes", "phone")}
    return Someone(**_frozen(plain), phone=str(raw["phone"]), place=place, changes=changes)


def _change(raw: Mapping[str, Any]) -> Change:
    fields = {name: None if value is None else str(value) for name, value in raw.items() if name != "says"}
    return Change(raw["says"], fields)


def _frozen(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
