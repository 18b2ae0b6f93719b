"""Train a pipeline, then let it understand messages, in processes of its own environment."""

import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.nlu.examples import Example, write
from benchmarks.nlu.pipelines import ROOT, Pipeline
from bot.evaluation.figures import accuracy, macro_f1, share
from tests.e2e.system import without_settings

MEGABYTE = 1_000_000
NO_CATEGORY = "none"
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
}
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
}

Answers = list[dict[str, Any]]


@dataclass(frozen=True)
class Measured:
    """What a pipeline made of its messages. Shares from 0 to 1; seconds; bytes of resident memory."""

    learnt_from: int
    messages: Sequence[Example]
    answers: Answers
    training: float
    memory: int

    @property
    def milliseconds(self) -> float:
        """The median time that one message takes on one core."""
        return 1000 * float(statistics.median(answer["seconds"] for answer in self.answers))

    def intent_accuracy(self, variety: str | None = None) -> float | None:
        """Of all messages, or of those in one variety of Arabic."""
        return accuracy(
            (message.intent, answer["intent"])
            for message, answer in zip(self.messages, self.answers, strict=True)
            if variety in (None, message.variety)
        )

    @property
    def intent_macro_f1(self) -> float | None:
        """Of all messages."""
        expected = [message.intent for message in self.messages]
        return macro_f1(list(zip(expected, (answer["intent"] for answer in self.answers), strict=True)))

    def category_among(self, count: int) -> float | None:
        """How often the right category is among the first few; None for a pipeline that names none."""
        if not any(answer["categories"] for answer in self.answers):
            return None
        routed = [pair for pair in zip(self.messages, self.answers, strict=True) if pair[0].category]
        return share(message.category in _codes(answer)[:count] for message, answer in routed)


def _codes(answer: dict[str, Any]) -> list[str]:
    return [category["code"] for category in answer["categories"] if category["code"] != NO_CATEGORY]


def measure(pipeline: Pipeline, examples: Sequence[Example], messages: Sequence[Example]) -> Measured:
    """Train on the examples, with all cores and nothing in a cache; understand the messages, with one core."""
    with tempfile.TemporaryDirectory(prefix="tawasul-nlu-") as name:
        directory = Path(name)
        started = time.perf_counter()
        model = _train(pipeline, examples, directory)
        training = time.perf_counter() - started
        answers, memory = _understand(pipeline, model, [message.text for message in messages], directory)
    return Measured(len(examples), messages, answers, training, memory)


def memory_alone(pipeline: Pipeline, messages: Sequence[Example]) -> int:
    """Bytes of a Rasa process in the pipeline's environment that has loaded next to nothing."""
    two = [Example(text, f"{text}_said") for text in ("hello", "goodbye")]
    return measure(pipeline.alone, two, messages).memory


def _train(pipeline: Pipeline, examples: Sequence[Example], directory: Path) -> Path:
    pipeline.write(directory / "config.yml")
    write(examples, directory / "nlu.yml")
    train = (
        pipeline.programs / "rasa",
        "train",
        "nlu",
        "--nlu",
        "nlu.yml",
        "--out",
        ".",
        "--fixed-model-name",
        "model",
    )
    done = subprocess.run(train, cwd=directory, env=_environment(), capture_output=True, text=True, check=False)
    model = directory / "model.tar.gz"
    if done.returncode or not model.exists():
        raise SystemExit(f"Training ended with code {done.returncode}:\n{(done.stdout + done.stderr)[-2000:]}")
    return model


def _understand(pipeline: Pipeline, model: Path, texts: Sequence[str], directory: Path) -> tuple[Answers, int]:
    """The answers, and the memory that the process used when it had given them."""
    asked, answered = directory / "texts.json", directory / "answers.json"
    asked.write_text(json.dumps(texts), encoding="utf-8")
    command = (pipeline.programs / "python", "-m", "benchmarks.nlu.understand", model, asked, answered)
    errors = directory / "errors.txt"
    with errors.open("w") as said, subprocess.Popen(
        command, cwd=directory, env=_environment() | ONE_THREAD, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=said, text=True,
    ) as process:  # fmt: skip
        done = any(line == "done\n" for line in process.stdout or ())
        memory = psutil.Process(process.pid).memory_info().rss if done else 0
        process.communicate()
    if process.returncode:
        raise SystemExit(f"Understanding ended with code {process.returncode}:\n{errors.read_text()[-2000:]}")
    answers: Answers = json.loads(answered.read_text(encoding="utf-8"))
    return answers, memory


def _environment() -> dict[str, str]:
    return {**without_settings(os.environ), **QUIET, "PYTHONPATH": str(ROOT)}
