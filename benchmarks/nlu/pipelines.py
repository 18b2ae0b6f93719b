"""The pipelines that are compared, each with the environment that it runs in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.turns import stock

ROOT = Path(__file__).parents[2]
EPOCHS = 100
NEEDS_CATEGORIES = ("CaseRouter", "EmergencyWatch")

Components = list[dict[str, Any]]


@dataclass(frozen=True)
class Pipeline:
    """Components as config.yml names them, and the environment's folder of programs."""

    components: Components
    programs: Path

    @property
    def alone(self) -> "Pipeline":
        """The least that Rasa can load in the same environment: what a process weighs without any of this."""
        return Pipeline([{"name": "WhitespaceTokenizer"}, {"name": "KeywordIntentClassifier"}], self.programs)

    def write(self, file: Path) -> None:
        """As a project's config.yml."""
        content = {"recipe": "default.v1", "assistant_id": "measured", "language": "ar", "pipeline": self.components}
        file.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def ours() -> Pipeline:
    """The project's own, as config.yml has it."""
    components = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return Pipeline(components, ROOT / "bot/.venv/bin")


def our_intents() -> Pipeline:
    """The project's own for data that has no categories and no emergencies."""
    whole = ours()
    kept = [component for component in whole.components if not component["name"].endswith(NEEDS_CATEGORIES)]
    return Pipeline(kept, whole.programs)


def default() -> Pipeline:
    """What Rasa 3.6.21 falls back to where config.yml names no pipeline, with its default epochs.

    Without the ResponseSelector, which chooses among answers and takes no part in understanding.
    """
    components: Components = [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]
    return Pipeline(components, Path(stock.RASA).parent)
