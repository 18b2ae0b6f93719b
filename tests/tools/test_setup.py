"""The set-up: both environments as locked, nothing twice, and one sentence for whatever is in the way."""

import ast
import os
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from failures import CannotSetUp, failure_of, make_room
from setup import check_python
from uv import fetch, version_of

SetUp = Callable[..., subprocess.CompletedProcess[str]]
TOOLS = Path(__file__).resolve().parents[2] / "tools"
NOWHERE = "http://127.0.0.1:9/simple"


def version(python: Path) -> str:
    code = "import sys; print(*sys.version_info[:2], sep='.')"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_both_environments_are_made_and_then_left_alone(project: Path, set_up: SetUp, tmp_path: Path) -> None:
    first = set_up()
    assert (first.returncode, first.stderr) == (0, "")
    assert version(project / ".venv/bin/python") >= "3.11"
    assert version(project / "bot/.venv/bin/python") == "3.10"
    second = set_up(PATH=str(tmp_path))  # no uv in sight
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_only_what_changed_is_synced_again(project: Path, set_up: SetUp) -> None:
    assert set_up().returncode == 0
    for file in (project / "uv.lock", project / "bot/uv.lock"):
        os.utime(file, (1, 1))
    assert set_up().stdout == ""
    (project / "bot/standins/package.py").write_text("changed = True")
    again = set_up()
    assert "assistant" in again.stdout
    assert "service" not in again.stdout


def test_a_moved_project_gets_its_environments_anew(project: Path, set_up: SetUp) -> None:
    assert set_up().returncode == 0
    moved = project.rename(project.with_name("moved"))
    again = subprocess.run(
        [sys.executable, "tools/setup.py"],
        cwd=moved,
        env={**os.environ, "UV_OFFLINE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert str(moved) in (moved / ".venv/bin/activate").read_text()


def test_without_the_network_it_says_so(project: Path, set_up: SetUp) -> None:
    with (project / "uv.lock").open("a") as lock:
        lock.write(
            'dependencies = [{ name = "far" }]\n\n[package.metadata]\nrequires-dist = [{ name = "far" }]\n\n'
            f'[[package]]\nname = "far"\nversion = "1"\nsource = {{ registry = "{NOWHERE}" }}\n'
            f'wheels = [{{ url = "{NOWHERE}/far-1-py3-none-any.whl", hash = "sha256:{"0" * 64}" }}]\n'
        )
    with (project / "pyproject.toml").open("a") as pyproject:
        pyproject.write('dependencies = ["far"]\n')
    refused = set_up(UV_OFFLINE="0", UV_HTTP_RETRIES="0")
    assert refused.returncode == 1
    assert refused.stderr == (
        "Installing the service's packages needs the network, which was not reached: "
        "check the connection (or the proxy) and try again.\n"
    )


def test_a_private_uv_needs_the_network_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PIP_INDEX_URL": NOWHERE, "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(CannotSetUp, match=r"^Fetching uv needs the network"):
        fetch(tmp_path / "tools")


def test_a_stand_in_for_uv_that_points_at_nothing_does_not_count(tmp_path: Path) -> None:
    stand_in = tmp_path / "uv"
    stand_in.write_text("#!/bin/sh\necho 'pyenv: uv: command not found' >&2\nexit 127\n")
    stand_in.chmod(0o755)
    assert version_of(str(stand_in)) == ()
    assert version_of(str(tmp_path / "missing")) == ()


@pytest.mark.parametrize("found", [(3, 9, 18), (3, 10, 13)])
def test_an_old_python_is_told_what_is_needed(found: tuple[int, ...]) -> None:
    with pytest.raises(CannotSetUp, match=r"^Python 3\.11 or newer is needed, and this is 3\.(9\.18|10\.13): "):
        check_python(found)


@pytest.mark.parametrize("found", [(3, 11, 0), (3, 14, 1)])
def test_a_new_python_is_fine(found: tuple[int, ...]) -> None:
    check_python(found)


def test_an_old_python_can_read_the_tools_at_all() -> None:
    for file in TOOLS.glob("*.py"):
        ast.parse(file.read_text(), feature_version=(3, 9))


def test_a_full_disk_is_seen_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(0, 0, 400_000_000))
    with pytest.raises(CannotSetUp, match=r"has 0\.4 GB free, and the set-up needs 2 GB"):
        make_room(tmp_path, [tmp_path / ".venv", tmp_path / "bot/.venv"])


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "needs more room"),
        ("error: failed to write: Permission denied (os error 13)", "may not write"),
        ("error sending request for url", "needs the network"),
        ("error sending request for url: invalid peer certificate: UnknownIssuer", "does not trust"),
        ("Failed to establish a new connection: [Errno -3] Temporary failure in name resolution", "needs the network"),
    ],
)
def test_a_known_failure_is_one_sentence(output: str, sentence: str) -> None:
    failure = failure_of(f"lines\nbefore\n{output}\nand after", "Installing")
    assert failure
    assert sentence in str(failure)
    assert "\n" not in str(failure)


def test_an_unknown_failure_is_not_guessed_at() -> None:
    assert failure_of("error: the lock file is for another project", "Installing") is None
