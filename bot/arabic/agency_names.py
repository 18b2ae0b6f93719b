"""What `nlu_data/agency_names.yml` says: the names of agencies, and the words that tell whether one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.arabic.normalise import normalise
from bot.arabic.phrases import Phrases, key_of

Doubt = Literal["none", "weak", "strong", "choice"]

AGENCY_NAMES_FILE = Path(__file__).resolve().parents[2] / "nlu_data" / "agency_names.yml"

_WILD = re.compile(r"([*_])")
_SHAPES = {"*": r"\w{0,12}", "_": r"\w"}
_LATIN_ARTICLES = ("el", "al", "il", "lel", "lil", "bel", "bil", "fel", "fil", "wel", "wil")


class Words:
    """Words and pairs of words to look for, some by their shape: `*` stands for any letters or none, `_` for one."""

    def __init__(self, entries: Iterable[str]) -> None:
        entries = list(entries)
        self._plain = frozenset(" ".join(key_of(entry)) for entry in entries if not _WILD.search(entry))
        shapes = "|".join(_shape(entry) for entry in entries if _WILD.search(entry))
        self._shaped = re.compile(shapes or r"(?!)")

    def __contains__(self, words: str) -> bool:
        return words in self._plain or self._shaped.fullmatch(words) is not None


@dataclass(frozen=True)
class AgencyName:
    """What a written name stands for (`code` is None for a body outside the catalogue), and when it does."""

    code: str | None
    doubt: Doubt
    not_after: Words
    not_before: Words
    beside: Words


@dataclass(frozen=True)
class Cues:
    """The words that tell; `nlu_data/agency_names.yml` says what each is for."""

    articles: Words
    links: Words
    through: Words
    landmarks: Words
    staff: Words
    strong_before: Words
    weak_before: Words
    fillers: Words
    strong_after: Words
    weak_after: Words
    not_actors: Words
    choices: Words
    bodies: Words
    alone: Words


@dataclass(frozen=True)
class AgencyNames:
    """All names in text, and the cues."""

    names: Phrases[AgencyName]
    cues: Cues


@lru_cache(maxsize=4)
def agency_names(path: Path | None = None) -> AgencyNames:
    """The names in `path` (default: the project's own). Raises OSError or yaml.YAMLError if unreadable."""
    raw = yaml.safe_load((path or AGENCY_NAMES_FILE).read_text(encoding="utf-8"))
    spellings = {normalise(word): list(map(normalise, others)) for word, others in raw["spellings"].items()}
    rows = [(code, row) for code, entries in raw["agencies"].items() for row in map(_as_row, entries)]
    rows += [(None, _as_row(name)) for name in raw["others"]]
    names = [named for code, row in rows for named in _named(code, row, spellings)]
    # As listed first, so that the misspelling of one name never takes the place of another name.
    names.sort(key=lambda named: named[2])
    return AgencyNames(Phrases((name, meaning) for name, meaning, _ in names), _cues(raw["cues"]))


def _cues(raw: dict[str, Any]) -> Cues:
    plain = ("articles", "links", "through", "landmarks", "not_actors", "choices", "bodies", "alone")
    return Cues(
        **{name: Words(raw[name]) for name in plain},
        **{f"{kind}_before": Words(raw["before"][kind]) for kind in ("strong", "weak")},
        staff=Words(raw["before"]["staff"]),
        **{f"{kind}_after": Words(raw["after"][kind]) for kind in ("strong", "weak")},
        fillers=Words(raw["after"]["fillers"]),
    )


def _as_row(entry: str | dict[str, Any]) -> dict[str, Any]:
    return {"names": [entry]} if isinstance(entry, str) else entry


def _named(
    code: str | None, row: dict[str, Any], spellings: dict[str, list[str]]
) -> Iterator[tuple[str, AgencyName, bool]]:
    """The writings of a row's names, what they mean, and whether each is a spelling other than the one listed."""
    neighbours = (Words(row.get(field, [])) for field in ("not_after", "not_before", "beside"))
    meaning = AgencyName(code, row.get("doubt", "none"), *neighbours)
    for name in row.get("names", []):
        plain = " ".join(key_of(name))
        yield plain, meaning, False
        for writing in _writings(plain.split(), spellings):
            yield writing, meaning, True
    bare = meaning if meaning.doubt != "none" else replace(meaning, doubt="strong")
    for name in row.get("arabizi", []):
        yield name, bare, False
        for article, gap in product(_LATIN_ARTICLES, ("", " ")):
            yield f"{article}{gap}{name}", meaning, False


def _writings(words: list[str], spellings: dict[str, list[str]]) -> Iterator[str]:
    """A name with its words misspelt, without a final hamza, and with «و» written apart from the word after it."""
    choices = [[word, *spellings.get(word, ()), *([word[:-1]] if word.endswith("اء") else ())] for word in words]
    for chosen in product(*choices):
        yield " ".join(chosen)
        yield " ".join(f"و {word[1:]}" if word.startswith("وال") else word for word in chosen)


def _shape(entry: str) -> str:
    return " ".join(
        "".join(_SHAPES.get(part) or re.escape(normalise(part)) for part in _WILD.split(word) if part)
        for word in entry.split()
    )
