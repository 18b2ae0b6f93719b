"""A small project with both environments, set up by the real tools and the real uv, without the network."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

SetUp = Callable[..., subprocess.CompletedProcess[str]]


def write_project(directory: Path, python: str) -> None:
    """A uv project without dependencies, locked."""
    directory.mkdir(exist_ok=True)
    (directory / "pyproject.toml").write_text(
        f'[project]\nname = "{directory.name}"\nversion = "1"\nrequires-python = "{python}"\n'
    )
    (directory / "uv.lock").write_text(
        f'version = 1\nrevision = 3\nrequires-python = "{python}"\n\n'
        f'[[package]]\nname = "{directory.name}"\nversion = "1"\nsource = {{ virtual = "." }}\n'
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project: its tools are ours, its environments are small."""
    root = tmp_path / "project"
    write_project(root, ">=3.11")
    write_project(root / "bot", "==3.10.*")
    (root / "bot" / "standins").mkdir()
    (root / "bot" / "standins" / "package.py").write_text("")
    shutil.copytree(TOOLS, root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.fixture
def set_up(project: Path) -> SetUp:
    """Runs the set-up in the project; more environment variables by name."""

    def run(**environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "tools/setup.py"],
            cwd=project,
            env={**os.environ, "UV_OFFLINE": "1", **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run
