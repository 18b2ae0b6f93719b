"""Sections and groups of categories, as category_groups.yml has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("category_groups.yml")
SECTIONS = "sections"
"""The code of the first list."""


@dataclass(frozen=True)
class Choice:
    """One list: the groups, or else the categories, that it offers, by their codes."""

    title: Mapping[str, str]
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def choices() -> Mapping[str, Choice]:
    """Every list by its code: `sections`, then `roads`, then `roads.0`."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    lists = {SECTIONS: Choice({}, groups=tuple(raw))}
    for code, section in raw.items():
        lists |= _section(code, section)
    return lists


def _section(code: str, section: Mapping[str, Any]) -> dict[str, Choice]:
    groups = {f"{code}.{number}": group for number, group in enumerate(section.get("groups", ()))}
    own = Choice(section["title"], groups=tuple(groups), categories=tuple(section.get("categories", ())))
    return {code: own} | {
        name: Choice(group["title"], categories=tuple(group["categories"])) for name, group in groups.items()
    }
