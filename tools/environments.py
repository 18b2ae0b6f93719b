"""The two locked environments, and when they must be synced."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from running import run


@dataclass(frozen=True)
class Environment:
    """A uv project: what decides its content (`inputs`: files and folders), and where its packages are installed."""

    name: str
    project: Path
    inputs: tuple[Path, ...]
    python: str | None
    """The Python that it must have (`3.10`); None: the one that runs this."""

    @property
    def directory(self) -> Path:
        """Its virtual environment."""
        return self.project / ".venv"

    @property
    def stamp(self) -> Path:
        """The file that holds the hash of the inputs that it was last synced with."""
        return self.directory / ".synced-with"

    def wanted(self) -> str:
        """The hash of its inputs' names and contents, and of the place it is installed in (scripts name it)."""
        digest = hashlib.sha256(str(self.directory).encode())
        for path in self._files():
            digest.update(f"\0{path.relative_to(self.project)}\0".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_current(self) -> bool:
        """Whether it was synced with exactly these inputs, and is still there."""
        python = self.directory / "bin" / "python"
        return python.exists() and self.stamp.exists() and self.stamp.read_text() == self.wanted()

    def _files(self) -> list[Path]:
        found: list[Path] = []
        for path in self.inputs:
            found += [path] if path.is_file() else [file for file in path.rglob("*") if _is_source(file)]
        return sorted(found)


def environments(root: Path) -> tuple[Environment, ...]:
    """The environments of the project at `root`."""
    bot = root / "bot"
    return (
        Environment("the service's packages", root, (root / "pyproject.toml", root / "uv.lock"), None),
        Environment(
            "the assistant's packages", bot, (bot / "pyproject.toml", bot / "uv.lock", bot / "standins"), "3.10"
        ),
    )


def sync(uv: str, environment: Environment) -> None:
    """Bring an environment to what its lock file says. Raises `CannotSetUp`."""
    python = find_python(uv, environment.python) if environment.python else sys.executable
    stamp = environment.wanted()
    if environment.directory.exists():
        _forget_if_moved(environment.directory)
    command = [uv, "sync", "--frozen", "--no-progress", "--project", str(environment.project), "--python", python]
    run(command, f"Installing {environment.name}", environment={"VIRTUAL_ENV": "", **_certificates()})
    environment.stamp.write_text(stamp)


def find_python(uv: str, version: str) -> str:
    """A Python of this version: found by uv or among pyenv's; else the version itself, so that uv fetches one."""
    known = subprocess.run([uv, "python", "find", version], capture_output=True, text=True)
    if known.returncode == 0:
        return known.stdout.strip()
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    installed = sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"), key=_by_number)
    return str(installed[-1]) if installed else version


def _certificates() -> dict[str, str]:
    """Have uv trust what this machine trusts, if it has certificates at all: behind some proxies nothing else works."""
    paths = ssl.get_default_verify_paths()
    has_some = bool(paths.cafile) or (paths.capath is not None and any(Path(paths.capath).iterdir()))
    return {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"} if has_some else {}


def _forget_if_moved(directory: Path) -> None:
    """Remove an environment made elsewhere: its scripts name a place that is no longer there."""
    activate = directory / "bin" / "activate"
    if not activate.exists() or str(directory) not in activate.read_text():
        shutil.rmtree(directory)


def _by_number(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.parent.parent.name)]


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and not path.name.endswith((".pyc", ".egg-info"))
