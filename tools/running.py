"""Running a program that may take minutes: its output kept, and a sign of life while it works."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from failures import CannotSetUp, failure_of


def run(command: Sequence[str], what: str, *, environment: dict[str, str] | None = None) -> str:
    """Run `command` and return what it printed; `what` it does is shown, with the time it took.

    Raises `CannotSetUp`: with the sentence for a known cause, else with the last lines of its output.
    """
    started = time.monotonic()
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(what, started, done), daemon=True)
    ticker.start()
    try:
        finished = subprocess.run(
            command,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    finally:
        done.set()
        ticker.join()
    if finished.returncode:
        last_lines = "\n".join(finished.stdout.strip().splitlines()[-15:])
        raise failure_of(finished.stdout, what) or CannotSetUp(f"{what} failed:\n{last_lines}")
    print(f"{what}: done in {time.monotonic() - started:.0f} s", flush=True)
    return finished.stdout


def _tick(what: str, started: float, done: threading.Event) -> None:
    if not sys.stdout.isatty():
        print(f"{what} …", flush=True)
        return
    while not done.wait(0.5):
        print(f"\r{what} … {time.monotonic() - started:.0f} s ", end="", flush=True)
    print("\r\033[K", end="", flush=True)
