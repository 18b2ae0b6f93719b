"""A small assistant for tests: the project's pipeline and channel, a form, and a few sentences to learn from."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import rasa
import yaml
from rasa.utils.log_utils import configure_structlog

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SMALL = HERE / "small"


def train_small(directory: Path) -> Path:
    """Train it with the project's own config.yml, its development set aside; the path of the model."""
    configure_structlog(logging.WARNING)
    os.environ["RASA_CACHE_DIRECTORY"] = str(directory / "cache")
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    for importer in config["importers"]:
        importer.pop("development", None)
    (directory / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    result = rasa.train(
        domain=str(SMALL / "domain.yml"),
        config=str(directory / "config.yml"),
        training_files=[str(SMALL / "nlu.yml"), str(SMALL / "rules.yml")],
        output=str(directory),
        fixed_model_name="small",
    )
    assert result.code == 0
    assert result.model is not None
    return Path(result.model)
