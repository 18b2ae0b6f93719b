"""The towns, villages and districts of Bahrain, as `nlu_data/places.yml` lists them: read once, when first asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from bot.arabic.latin_names import SoundNames
from bot.arabic.latin_words import ENGLISH
from bot.arabic.phrases import Phrases, key_of
from bot.arabic.slips import Slips

Governorate = Literal["capital", "muharraq", "northern", "southern"]
Doubt = Literal["none", "weak", "strong", "alone"]

PLACES_FILE = Path(__file__).resolve().parents[2] / "nlu_data" / "places.yml"

_ARTICLES = ("al", "el", "il")
_SPLIT_WORDS = ("جد", "ام", "بو", "ابو")
_LEAST_GLUED = 4  # letters: elmuharraq, ilhidd
_LEAST_ARTICLED = 4  # letters: «دوار البوري», but not الجو
_LEAST_BARE = 4  # letters: «في هملة», but not «لحد»
_LATIN_ARTICLE = re.compile(r"^(?:al|as|ad|ar|az)[ \-]")


@dataclass(frozen=True)
class Area:
    """A town, village or district: canonical Arabic name, English name, governorate, centre in degrees (WGS 84).

    A district of a town that is an area itself has its canonical name as `town`.
    """

    name: str
    english: str
    governorate: Governorate
    lat: float
    lon: float
    town: str | None = None


@dataclass(frozen=True)
class Name:
    """What a written name may mean: its areas, likeliest first, and what is needed to take it for a place.

    `not_before`, `not_after` and `not_with` hold words that make it another thing beside it or in the same message.
    """

    areas: tuple[Area, ...]
    doubt: Doubt = "none"
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cues:
    """Words that tell a place by, as `cues` in the file explains them."""

    weak: frozenset[str]
    strong: frozenset[str]
    after: frozenset[str]
    fillers: frozenset[str]
    never_after: frozenset[str]
    never_before: frozenset[str]
    companies: frozenset[str]
    shops: frozenset[str]


@dataclass(frozen=True)
class Gazetteer:
    """All areas, their names in text, the words that tell a place by, and the governorates of block numbers."""

    areas: dict[str, Area]
    names: Phrases[Name]
    sounds: SoundNames[Name]
    slips: Slips[Name]
    cues: Cues
    look_alikes: frozenset[str]
    blocks: dict[int, Governorate]

    def says_no_more(self, word: str) -> bool:
        """Whether a normalised word beside a place's name adds nothing: «أنا ساكن في منطقة ...»."""
        return word in self.cues.weak or word in self.cues.fillers or word.isdecimal()


@lru_cache(maxsize=4)
def gazetteer(path: Path | None = None) -> Gazetteer:
    """The gazetteer in `path` (default: the project's own). Raises OSError or yaml.YAMLError if unreadable."""
    raw = yaml.safe_load((path or PLACES_FILE).read_text(encoding="utf-8"))
    areas = {entry["ar"]: _area(entry) for entry in raw["areas"]}
    cues = {kind.name: _cues(raw["cues"].get(kind.name, [])) for kind in fields(Cues)}
    cues["weak"] |= cues["strong"]
    names = list(_names(raw, areas))
    unlike = frozenset(word for name in raw.get("look_alikes", []) for word in key_of(name))
    return Gazetteer(
        areas=areas,
        names=Phrases(names),
        sounds=SoundNames(_latin(names), unlike | ENGLISH),
        slips=Slips(_sure(names), unlike),
        cues=Cues(**cues),
        look_alikes=unlike,
        blocks={
            block: cast(Governorate, row["governorate"])
            for row in raw["blocks"]
            for block in range(row["from"], row["to"] + 1, row.get("step", 1))
        },
    )


def _cues(words: list[str]) -> frozenset[str]:
    return frozenset(" ".join(key_of(word)) for word in words)


def _area(entry: dict[str, Any]) -> Area:
    lat, lon = entry["at"]
    return Area(entry["ar"], entry["en"], entry["in"], float(lat), float(lon), entry.get("of"))


def _names(raw: dict[str, Any], areas: dict[str, Area]) -> Iterator[tuple[str, Name]]:
    """Every writing with its meaning, the sure ones first, so that a doubtful one never shadows them."""
    for row in raw.get("shared", []):
        meant = _name(tuple(areas[name] for name in row["areas"]), row)
        yield from ((writing, meant) for name in row["names"] for writing in _writings(name))
    for entry in raw["areas"]:
        meant = _name((areas[entry["ar"]],), entry)
        yield from ((writing, meant) for writing in _writings(entry["ar"]))
        english: Doubt = entry.get("latin_doubt", "none")
        doubts: list[tuple[Doubt, list[str]]] = [
            (english, [entry["en"]]),
            ("none", entry.get("also", [])),
            ("weak" if english == "none" else english, entry.get("maybe", [])),
        ]
        for doubt, names in doubts:
            known = replace(meant, doubt=doubt)
            yield from ((writing, known) for name in names for writing in _writings(name))
    for entry in raw["areas"]:
        known = entry.get("doubt", "none")
        for writing in (other for own in _writings(entry["ar"]) for other in _other_article(own)):
            doubt = "weak" if known == "none" and len(writing) >= _LEAST_BARE else "strong"
            if known != "alone":
                yield writing, _name((areas[entry["ar"]],), entry | {"doubt": doubt})


def _latin(names: list[tuple[str, Name]]) -> Iterator[tuple[list[str], Name]]:
    """Names in Latin letters, without those that have the article written onto them: it is heard by itself."""
    known = {name for name, _ in names}
    return (
        (name.split(), meant)
        for name, meant in names
        if name.isascii() and not (name[:2] in _ARTICLES and name[2:] in known)
    )


def _sure(names: list[tuple[str, Name]]) -> Iterator[tuple[str, Name, bool]]:
    """Names that are no other words, and whether each is the canonical one: only that may be misspelt."""
    for name, meant in names:
        if meant.doubt == "none" and " " not in name and not name.isascii():
            yield name, meant, any("".join(key_of(area.name)) == name for area in meant.areas)


def _name(areas: tuple[Area, ...], row: dict[str, Any]) -> Name:
    def words(field: str) -> frozenset[str]:
        return frozenset(word for phrase in row.get(field, []) for word in key_of(phrase))

    return Name(areas, row.get("doubt", "none"), words("not_before"), words("not_after"), words("not_with"))


def _other_article(name: str) -> Iterator[str]:
    """A single word without the article that it has, or with the one that it has not."""
    if " " not in name:
        if name.startswith("ال"):
            yield name[2:]
        elif len(name) >= _LEAST_ARTICLED:
            yield f"ال{name}"


def _writings(name: str) -> dict[str, None]:
    """A name, and its parts written together or apart: جد حفص and جدحفص, بو قوة and أبوقوة, Al Hidd and Hidd."""
    plain = " ".join(key_of(name))
    if plain.isascii():
        short = _LATIN_ARTICLE.sub("", plain)
        glued = [f"{article}{short}" for article in _ARTICLES if len(short) >= _LEAST_GLUED]
        return dict.fromkeys([plain, short, plain.replace(" ", ""), *glued])
    first, _, rest = plain.partition(" ")
    writings = [plain, plain.replace(" ", "")] if len(first) > 1 else [plain]  # «م حمد» is not محمد
    if rest and first in _SPLIT_WORDS:
        firsts = ("بو", "ابو") if first in ("بو", "ابو") else (first,)
        writings += [f"{each}{gap}{rest}" for each in firsts for gap in ("", " ")]
    return dict.fromkeys(writings)
