"""What callers hear, in Arabic and English: kept in `words.yml`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from contact_center.channels.voice import Line

_FILE = Path(__file__).with_name("words.yml")


@lru_cache(maxsize=1)
def all_words() -> Mapping[str, Mapping[str, str]]:
    """Every text by its name: `{"menu": {"ar": …, "en": …}}`."""
    words: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words


def words(name: str, language: str, /, **values: object) -> str:
    """One text, with `{values}` filled in. Raises `KeyError` for a name that is none."""
    return all_words()[name][language].format(**values)


def line(name: str, language: str, /, **values: object) -> Line:
    """One text to be read aloud."""
    return Line(words(name, language, **values), language)
