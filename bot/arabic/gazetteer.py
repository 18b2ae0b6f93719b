"""The towns, villages and districts of Bahrain, as `nlu_data/places.yml` lists them: read once, when first asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from bot.arabic.phrases import Phrases, key_of

Governorate = Literal["capital", "muharraq", "northern", "southern"]
Doubt = Literal["none", "weak", "strong", "alone"]

PLACES_FILE = Path(__file__).resolve().parents[2] / "nlu_data" / "places.yml"

_SPLIT_WORDS = ("جد", "ام", "بو", "ابو")
_LEAST_GLUED = 4  # letters: elmuharraq, ilhidd
_LATIN_ARTICLE = re.compile(r"^(?:al|el|as|ad|ar|az)[ \-]")


@dataclass(frozen=True)
class Area:
    """A town, village or district: canonical Arabic name, English name, governorate, centre in degrees (WGS 84)."""

    name: str
    english: str
    governorate: Governorate
    lat: float
    lon: float


@dataclass(frozen=True)
class Name:
    """What a written name may mean: its areas, likeliest first, and what is needed to take it for a place."""

    areas: tuple[Area, ...]
    doubt: Doubt = "none"
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Gazetteer:
    """All areas, their names in text, the words that tell a place by, and the governorates of block numbers."""

    areas: dict[str, Area]
    names: Phrases[Name]
    weak_cues: frozenset[str]
    strong_cues: frozenset[str]
    after_cues: frozenset[str]
    fillers: frozenset[str]
    never_after: frozenset[str]
    blocks: dict[int, Governorate]

    def says_no_more(self, word: str) -> bool:
        """Whether a normalised word beside a place's name adds nothing: «أنا ساكن في منطقة ...»."""
        return word in self.weak_cues or word in self.fillers or word.isdecimal()


@lru_cache(maxsize=4)
def gazetteer(path: Path | None = None) -> Gazetteer:
    """The gazetteer in `path` (default: the project's own). Raises OSError or yaml.YAMLError if unreadable."""
    raw = yaml.safe_load((path or PLACES_FILE).read_text(encoding="utf-8"))
    areas = {entry["ar"]: _area(entry) for entry in raw["areas"]}
    cues = {kind: frozenset(" ".join(key_of(word)) for word in raw["cues"][kind]) for kind in raw["cues"]}
    return Gazetteer(
        areas=areas,
        names=Phrases(_names(raw, areas)),
        weak_cues=cues["weak"] | cues["strong"],
        strong_cues=cues["strong"],
        after_cues=cues["after"],
        fillers=cues["fillers"],
        never_after=cues["never_after"],
        blocks={
            block: cast(Governorate, row["governorate"])
            for row in raw["blocks"]
            for block in range(row["from"], row["to"] + 1, row.get("step", 1))
        },
    )


def _area(entry: dict[str, Any]) -> Area:
    lat, lon = entry["at"]
    return Area(entry["ar"], entry["en"], entry["in"], float(lat), float(lon))


def _names(raw: dict[str, Any], areas: dict[str, Area]) -> list[tuple[str, Name]]:
    """Every writing with its meaning, the sure ones first, so that a doubtful one never shadows them."""
    sure: list[tuple[str, Name]] = []
    doubtful: list[tuple[str, Name]] = []
    for row in raw.get("shared", []):
        meant = tuple(areas[name] for name in row["areas"])
        sure += [(writing, _name(meant, row)) for name in row["names"] for writing in _writings(name)]
    for entry in raw["areas"]:
        meant = (areas[entry["ar"]],)
        own = _writings(entry["ar"])
        sure += [(writing, _name(meant, entry)) for writing in own]
        english = Name(meant, entry.get("latin_doubt", "none"))
        sure += [(writing, english) for writing in _writings(entry["en"])]
        sure += [(writing, Name(meant)) for name in entry.get("also", []) for writing in _writings(name)]
        bare = [writing[2:] for writing in own if writing.startswith("ال") and " " not in writing]
        doubtful += [(writing, Name(meant, "strong")) for writing in bare]
    return sure + doubtful


def _name(areas: tuple[Area, ...], row: dict[str, Any]) -> Name:
    def words(field: str) -> frozenset[str]:
        return frozenset(word for phrase in row.get(field, []) for word in key_of(phrase))

    return Name(areas, row.get("doubt", "none"), words("not_before"), words("not_after"))


def _writings(name: str) -> set[str]:
    """A name, and its parts written together or apart: جد حفص and جدحفص, بو قوة and أبوقوة, Al Hidd and Hidd."""
    plain = " ".join(key_of(name))
    if plain.isascii():
        short = _LATIN_ARTICLE.sub("", plain)
        glued = {f"{article}{short}" for article in ("al", "el", "il") if len(short) >= _LEAST_GLUED}
        return glued | ({plain, short, f"al {short}"} if short != plain else {plain, plain.replace(" ", "")})
    writings = {plain}
    first, _, rest = plain.partition(" ")
    if rest and first in _SPLIT_WORDS:
        firsts = ("بو", "ابو") if first in ("بو", "ابو") else (first,)
        writings |= {f"{each}{gap}{rest}" for each in firsts for gap in ("", " ")}
    return writings
