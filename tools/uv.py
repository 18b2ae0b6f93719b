"""uv: the one that is installed, else a private copy."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from failures import CannotSetUp
from running import run

PINNED = "0.13.9"
"""The version that the lock files were made with, and the one that is fetched."""
OLDEST = (0, 11)
"""Older ones read parts of `pyproject.toml` differently."""


def find_or_fetch(tools: Path) -> str:
    """The path of a uv that works: on the path, or in `tools` (put there first where it is missing)."""
    private = tools / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(private)):
        if candidate and version_of(candidate) >= OLDEST:
            return candidate
    fetch(tools)
    if version_of(str(private)) < OLDEST:
        raise CannotSetUp(f"uv was fetched, yet {private} does not run on this machine.")
    return str(private)


def version_of(uv: str) -> tuple[int, ...]:
    """The version of the program at this path; () where it does not run (a version manager's empty stand-in)."""
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.match(r"uv (\d+)\.(\d+)\.(\d+)", said.stdout)
    return tuple(map(int, found.groups())) if found and said.returncode == 0 else ()


def fetch(tools: Path) -> None:
    """Put a private uv into `tools`: a virtual environment where this Python can make one, else by its pip alone."""
    wanted = f"uv=={PINNED}"
    if _has("ensurepip"):
        run([sys.executable, "-m", "venv", "--clear", str(tools)], "Making a place for uv")
        run([str(tools / "bin" / "python"), "-m", "pip", "install", wanted], "Fetching uv")
    elif _has("pip"):
        place = ["--upgrade", "--target", str(tools)]
        run([sys.executable, "-m", "pip", "install", *place, wanted], "Fetching uv")
    else:
        raise CannotSetUp(
            f"The Python at {sys.executable} has neither venv nor pip: install them "
            "(for example 'apt install python3-venv'), or uv itself, and try again."
        )


def _has(module: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0
