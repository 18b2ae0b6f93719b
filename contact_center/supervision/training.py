"""Training the assistant: Rasa's own command, a progress bar, and what it said where it fails."""

import asyncio
import json
import re
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from contact_center.errors import TawasulError
from contact_center.settings import ROOT
from contact_center.supervision.models import lock, model_path, prune
from contact_center.supervision.terminal import Terminal
from contact_center.supervision.tethered import Tethered, start

RASA = str(ROOT / "bot/.venv/bin/rasa")
FIRST_GUESS_SECONDS = 90.0
"""How long a training is taken to last before one was measured on this machine; for the progress bar only."""
STAGE = re.compile(r"Starting to train component '(\w+)'")
LINES_SHOWN = 25


class TrainingFailed(TawasulError):
    """The model could not be trained; the sentence ends with Rasa's last lines."""

    code = "training_failed"


async def ensure_model(terminal: Terminal, environment: Mapping[str, str]) -> Path:
    """The model for the data as they are, trained now if there is none. Raises `TrainingFailed`."""
    path = model_path()
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        async with lock(path.parent):
            if not path.exists():  # somebody else may have trained it while we waited
                await _train(path, terminal, environment)
    prune(path.parent, keep=path)
    return path


async def _train(path: Path, terminal: Terminal, environment: Mapping[str, str]) -> None:
    terminal.say("The assistant is trained: there is no model of its data and configuration yet.")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        await _run_rasa(Path(scratch), path.name, path.parent / "training.log", terminal, environment)
        (Path(scratch) / path.name).replace(path)
    seconds = time.monotonic() - started
    (path.parent / "training.json").write_text(json.dumps({"seconds": seconds}))
    terminal.say(f"The assistant is trained, in {seconds:.0f} s.", style="green")


async def _run_rasa(out: Path, name: str, log: Path, terminal: Terminal, environment: Mapping[str, str]) -> None:
    # `--force`: Rasa's own cache does not notice a change in our components' code.
    command = (RASA, "train", "-v", "--force", "--out", str(out), "--fixed-model-name", name)
    rasa = await start(command, environment, ROOT)
    try:
        said = await _watch(rasa, log, terminal)
        if await rasa.process.wait():
            raise TrainingFailed("\n".join([f"The assistant could not be trained (see {log}):", *said[-LINES_SHOWN:]]))
    finally:
        rasa.kill_group()


async def _watch(rasa: Tethered, log: Path, terminal: Terminal) -> list[str]:
    """Follow Rasa's lines into the log, with a bar that fills as fast as last time; returns the lines."""
    said: list[str] = []
    bar = _Bar(terminal, _seconds_of_last(log.parent))
    with log.open("w") as file, bar.progress:
        filling = asyncio.create_task(bar.fill())
        try:
            async for line in rasa.lines():
                said.append(line)
                file.write(line + "\n")
                if stage := STAGE.search(line):
                    bar.show(stage[1])
        finally:
            filling.cancel()
    return said


class _Bar:
    """A progress bar at a terminal, a line for each stage elsewhere."""

    def __init__(self, terminal: Terminal, guess: float) -> None:
        columns = (TextColumn("training {task.description:<20}"), BarColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=terminal.console, transient=True, disable=not terminal.is_a_person)
        self._terminal = terminal
        self._guess = guess
        self._task: TaskID = self.progress.add_task("", total=guess)

    def show(self, stage: str) -> None:
        self.progress.update(self._task, description=stage)
        if not self._terminal.is_a_person:
            self._terminal.line("training", "default", stage)

    async def fill(self) -> None:
        started = time.monotonic()
        while True:
            self.progress.update(self._task, completed=min(time.monotonic() - started, 0.97 * self._guess))
            await asyncio.sleep(0.5)


def _seconds_of_last(models: Path) -> float:
    measured = models / "training.json"
    return float(json.loads(measured.read_text())["seconds"]) if measured.exists() else FIRST_GUESS_SECONDS
