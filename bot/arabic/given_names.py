"""First names as they are met in Bahrain: what `nlu_data/given_names.yml` lists, read once, when first asked."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.arabic.normalise import normalise

GIVEN_NAMES_FILE = Path(__file__).resolve().parents[2] / "nlu_data" / "given_names.yml"
KUNYA = re.compile(r"(?:ابو|بو|ام|abu|bu|um|umm)\s+\w{3,}")
"""«بو علي», "um hassan", in normalised text."""


def is_given_name(word: str) -> bool:
    """Whether a normalised word is a first name."""
    return word in _given_names()


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    names: dict[str, list[str]] = yaml.safe_load(GIVEN_NAMES_FILE.read_text(encoding="utf-8"))
    return frozenset(normalise(name) for of_a_script in names.values() for name in of_a_script)
