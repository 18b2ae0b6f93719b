"""What a text may be given as its meaning: what the assistant learns from words, by the training data's files."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from contact_center.settings import ROOT

NO_CATEGORY = "none"
"""The category of a wish without a description."""


@lru_cache(maxsize=1)
def intents(data: Path = ROOT / "nlu_data") -> Mapping[str, bool]:
    """What a person may want, by intent in alphabetical order, and whether it has to be said what it is about."""
    files = sorted((data / "intents").glob("*.yml"))
    return {file.stem: "category:" in file.read_text(encoding="utf-8") for file in files}
