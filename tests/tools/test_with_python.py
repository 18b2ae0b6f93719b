"""Finding a Python, on paths made for the purpose."""

import subprocess
import sys
from pathlib import Path

import pytest

WITH_PYTHON = Path(__file__).resolve().parents[2] / "tools" / "with-python"
BROKEN = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"
WORKING = f'#!/bin/sh\nexec {sys.executable} "$@"\n'
OLD = f'#!/bin/sh\ncase "$*" in *"3, 11"*) exit 1;; esac\necho old\nexec {sys.executable} "$@"\n'
CODE = ["-c", "print('ran')"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder that is the whole path."""
    return tmp_path


def put(path: Path, name: str, script: str) -> None:
    (path / name).write_text(script)
    (path / name).chmod(0o755)


def with_python(path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(path), **environment}
    return subprocess.run(["/bin/sh", WITH_PYTHON, *CODE], env=env, capture_output=True, text=True, timeout=30)


def test_the_first_that_works_is_taken(path: Path) -> None:
    put(path, "python3.13", BROKEN)
    put(path, "python3", WORKING)
    assert with_python(path).stdout == "ran\n"


def test_one_may_be_named(path: Path) -> None:
    assert with_python(path, TAWASUL_PYTHON=sys.executable).stdout == "ran\n"


def test_an_old_one_runs_the_script_which_says_what_is_needed(path: Path) -> None:
    put(path, "python3", OLD)
    assert with_python(path).stdout.endswith("old\nran\n")


def test_without_any_one_sentence(path: Path) -> None:
    put(path, "python3", BROKEN)
    refused = with_python(path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Python 3.11 or newer is needed and none was found")
    assert refused.stderr.count("\n") == 1
