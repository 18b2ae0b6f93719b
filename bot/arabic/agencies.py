"""Agencies by the names people call them, as `nlu_data/agency_names.yml` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.arabic.found import Found
from bot.arabic.phrases import Phrases, key_of, words_of

AGENCY_NAMES_FILE = Path(__file__).resolve().parents[2] / "nlu_data" / "agency_names.yml"


@dataclass(frozen=True)
class _Name:
    code: str
    not_after: frozenset[str]
    not_before: frozenset[str]


def find_agencies(text: str, names_file: Path | None = None) -> list[Found]:
    """Agencies named in `text`, in order; `value` is the code in the catalogue.

    A name that several agencies share («البلدية») is left out: it settles nothing.
    """
    words = words_of(text)
    found = []
    for match in _names(names_file).find(words):
        name = match.payload
        before = words[match.first - 1].text if match.first else ""
        after = words[match.last].text if match.last < len(words) else ""
        if before not in name.not_after and after not in name.not_before:
            found.append(Found(name.code, words[match.first].start, words[match.last - 1].end))
    return found


@lru_cache(maxsize=4)
def _names(path: Path | None) -> Phrases[_Name]:
    raw = yaml.safe_load((path or AGENCY_NAMES_FILE).read_text(encoding="utf-8"))
    return Phrases(
        (name, _Name(code, _words(entry, "not_after"), _words(entry, "not_before")))
        for code, entries in raw["agencies"].items()
        for entry in map(_as_row, entries)
        for name in entry["names"]
    )


def _as_row(entry: str | dict[str, Any]) -> dict[str, Any]:
    """A plain name, or names with the neighbours that make them something else."""
    return {"names": [entry]} if isinstance(entry, str) else entry


def _words(row: dict[str, Any], field: str) -> frozenset[str]:
    return frozenset(word for phrase in row.get(field, []) for word in key_of(phrase))
