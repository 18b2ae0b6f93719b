"""Training around Rasa's command, which a small script stands in for: minutes are spent once, before all tests."""

import asyncio
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from contact_center.supervision import training
from contact_center.supervision.terminal import Terminal
from contact_center.supervision.training import TrainingFailed, ensure_model

GOOD = """#!/bin/sh
echo "2026-11-21 19:18:39 INFO     rasa.engine.training.hooks  - Starting to train component 'CaseRouter'."
sleep 0.3
while [ "$1" != --out ]; do shift; done
echo trained >> "$2/../times"
echo model > "$2/$4"
"""
BAD = "#!/bin/sh\necho 'InvalidDomain: two slots have one name'\nexit 1\n"


@pytest.fixture
def rasa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a script in Rasa's place; returns where the model will be."""

    def put(script: str) -> Path:
        program = tmp_path / "rasa"
        program.write_text(script)
        program.chmod(0o755)
        model = tmp_path / "models" / "0123456789abcdef.tar.gz"
        monkeypatch.setattr(training, "RASA", str(program))
        monkeypatch.setattr(training, "model_path", lambda: model)
        return model

    return put


async def test_trained_once_and_named_by_its_data(rasa: Callable[[str], Path], terminal: Terminal) -> None:
    model = rasa(GOOD)
    assert await ensure_model(terminal, os.environ) == model
    assert await ensure_model(terminal, os.environ) == model
    assert model.read_text() == "model\n"
    assert (model.parent / "times").read_text() == "trained\n"
    assert "training  | CaseRouter" in terminal.text
    assert "CaseRouter" in (model.parent / "training.log").read_text()
    assert {path.name for path in model.parent.iterdir()} == {
        model.name, "times", "training.log", "training.json", ".lock"
    }  # fmt: skip


async def test_two_starts_at_once_train_one_model(rasa: Callable[[str], Path], terminal: Terminal) -> None:
    model = rasa(GOOD)
    await asyncio.gather(ensure_model(terminal, os.environ), ensure_model(terminal, os.environ))
    assert (model.parent / "times").read_text() == "trained\n"


async def test_a_failure_shows_what_rasa_said_and_leaves_no_model(
    rasa: Callable[[str], Path], terminal: Terminal
) -> None:
    model = rasa(BAD)
    with pytest.raises(TrainingFailed) as failed:
        await ensure_model(terminal, os.environ)
    assert "InvalidDomain: two slots have one name" in failed.value.sentence
    assert str(model.parent / "training.log") in failed.value.sentence
    assert not model.exists()


async def test_a_stop_in_the_middle_ends_rasa_too(
    rasa: Callable[[str], Path], terminal: Terminal, tmp_path: Path
) -> None:
    model = rasa(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n")
    task = asyncio.create_task(ensure_model(terminal, os.environ))
    async with asyncio.timeout(10):
        while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
    assert not model.exists()


async def test_a_person_sees_a_bar(rasa: Callable[[str], Path]) -> None:
    rasa(GOOD)
    screen = io.StringIO()
    await ensure_model(Terminal(Console(file=screen, force_terminal=True, width=100)), os.environ)
    assert "━" in screen.getvalue()
    assert "CaseRouter" in screen.getvalue()
