"""The console's words in Arabic and English, kept in `words.yml` by dotted name."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("ar", "en")
_FILE = Path(__file__).with_name("words.yml")


@lru_cache(maxsize=1)
def all_words() -> Mapping[str, Mapping[str, str]]:
    """Every text: `{"sign_in.title": {"ar": …, "en": …}}`."""
    return dict(_flat(yaml.safe_load(_FILE.read_text(encoding="utf-8"))))


def words(name: str, language: str, /, **values: object) -> str:
    """One text, with `{values}` filled in. Raises `KeyError` for a name that is none."""
    text = all_words()[name][language]
    return text.format(**values) if values else text


def known(name: str) -> bool:
    """Whether there is a text of that name."""
    return name in all_words()


def section(prefix: str, language: str) -> dict[str, str]:
    """All texts whose names begin with `prefix.`, by the rest of their names."""
    start = f"{prefix}."
    return {name.removeprefix(start): text[language] for name, text in all_words().items() if name.startswith(start)}


def _flat(tree: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Mapping[str, str]]]:
    flat: list[tuple[str, Mapping[str, str]]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        flat += [(name, value)] if set(value) == set(LANGUAGES) else _flat(value, f"{name}.")
    return flat
