"""The other side: Rasa 3.6.21 as released, with TensorFlow, on its default configuration and its own REST channel."""

import asyncio
import contextlib
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import httpx
import psutil

from benchmarks.turns import stock_project
from benchmarks.turns.conversation import Turn
from benchmarks.turns.measuring import Measured, measure
from tests.e2e.system import without_settings
from tests.ports import claimed_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ENVIRONMENT = HERE / ".venv"
RASA = str(ENVIRONMENT / "bin" / "rasa")
RELEASE = "rasa==3.6.21"
MEGABYTE = 1_000_000
READY_SECONDS = 180


async def make_environment() -> None:
    """An environment with the release, made at the first run (2.5 GB)."""
    if shutil.which(RASA):
        return
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    await _run(uv, "venv", "--python", str(ROOT / "bot" / ".venv" / "bin" / "python"), "--clear", str(ENVIRONMENT))
    await _run(uv, "pip", "install", "--python", str(ENVIRONMENT / "bin" / "python"), RELEASE)


async def measured(directory: Path, turns: Sequence[Turn]) -> Measured:
    """Train the default project, run it, and measure the same conversation."""
    port, actions_port = claimed_port(), claimed_port()
    stock_project.write(directory, turns, f"http://127.0.0.1:{actions_port}")
    await _run(RASA, "train", "--quiet", cwd=directory)
    actions = (sys.executable, "-m", "rasa_sdk", "--actions", "benchmarks.turns.stock_actions", "--port")
    serve = (RASA, "run", "--interface", "127.0.0.1", "--port", str(port))
    async with _running(*actions, str(actions_port), cwd=ROOT), httpx.AsyncClient(timeout=60) as http:
        url = f"http://127.0.0.1:{port}"
        started = time.perf_counter()
        async with _running(*serve, cwd=directory) as rasa:
            await _until_it_answers(http, url)
            ready = time.perf_counter() - started
            median, p95, per_second = await measure(lambda: _talk(http, url, turns))
            memory = psutil.Process(rasa.pid).memory_info().rss / MEGABYTE
    return Measured(median, p95, per_second, memory, ready)


async def _talk(http: httpx.AsyncClient, url: str, turns: Sequence[Turn]) -> list[float]:
    sender, took = uuid4().hex, []
    for turn in turns:
        started = time.perf_counter()
        answer = await http.post(f"{url}/webhooks/rest/webhook", json={"sender": sender, "message": turn.says})
        took.append(time.perf_counter() - started)
        said = [message["text"] for message in answer.raise_for_status().json()]
        if _words(said) != _words(turn.answers):  # Rasa cuts a text into messages where it has an empty line
            raise RuntimeError(f"to «{turn.says}» the default answered {said}")
    return took


def _words(texts: Sequence[str]) -> list[str]:
    return " ".join(texts).split()


async def _until_it_answers(http: httpx.AsyncClient, url: str) -> None:
    """A model is loaded: the server listens only then."""
    async with asyncio.timeout(READY_SECONDS):
        while True:
            with contextlib.suppress(httpx.TransportError):
                if (await http.get(f"{url}/webhooks/rest/")).is_success:
                    return
            await asyncio.sleep(0.1)


@contextlib.asynccontextmanager
async def _running(*command: str, cwd: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=cwd, env=_environment(), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _run(*command: str, cwd: Path = ROOT) -> None:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=cwd, env=_environment(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{said.decode()[-2000:]}")


def _environment() -> Mapping[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    return without_settings(os.environ) | quiet | {"SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
