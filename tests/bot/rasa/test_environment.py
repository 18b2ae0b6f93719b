from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_assistant import ROOT

RASA = str(Path(sys.executable).with_name("rasa"))
LEFT_OUT = [
    "torch",
    "transformers",
    "keras",
    "tensorflow-hub",
    "tensorflow-text",
    "tensorflow-cpu-aws",
    "jax",
    "pandas",
]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_not_installed(name: str) -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version(name)


def test_tensorflow_is_a_stand_in() -> None:
    assert importlib.metadata.version("tensorflow") == "2.12.0+standin"


def test_the_stand_in_says_so_when_it_is_used() -> None:
    import keras.utils.anything
    import tensorflow.python.anything as anything

    for use in (anything.Model, keras.utils.anything.Thing):
        with pytest.raises(RuntimeError, match="TensorFlow is not installed"):
            use()


def test_the_lock_names_no_address_but_the_public_ones() -> None:
    lock = (ROOT / "bot" / "uv.lock").read_text(encoding="utf-8")
    assert 'registry = "https://pypi.org/simple"' in lock
    for line in lock.splitlines():
        if "://" in line:
            assert "https://pypi.org/simple" in line or "https://files.pythonhosted.org/" in line


def rasa(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TAWASUL_", "RASA_"))}
    return subprocess.run(
        [RASA, *arguments], cwd=cwd, env={**clean, **environment}, capture_output=True, text=True, timeout=600
    )


def test_plain_rasa_reports_nothing_to_its_makers(tmp_path: Path) -> None:
    said = "import rasa.plugin, rasa.telemetry as t; rasa.plugin.plugin_manager(); print(t.initialize_telemetry())"
    clean = {name: value for name, value in os.environ.items() if name != "RASA_TELEMETRY_ENABLED"}
    done = subprocess.run(
        [sys.executable, "-c", said], env={**clean, "HOME": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("arguments", [("test",), ("test", "core")])
def test_test_stories_are_looked_for_in_tests_only(arguments: tuple[str, ...]) -> None:
    assert "(default: tests/stories)" in " ".join(rasa(*arguments, "--help").stdout.split())


def test_diet_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(
        "recipe: default.v1\nassistant_id: x\nlanguage: ar\npipeline:\n- name: WhitespaceTokenizer\n"
        "- name: CountVectorsFeaturizer\n- name: DIETClassifier\npolicies:\n- name: RulePolicy\n",
        encoding="utf-8",
    )
    (tmp_path / "nlu.yml").write_text(
        "nlu:\n- intent: greet\n  examples: |\n    - هلا\n    - السلام عليكم\n"
        "- intent: goodbye\n  examples: |\n    - مع السلامة\n    - في أمان الله\n",
        encoding="utf-8",
    )
    files = ("-c", str(tmp_path / "config.yml"), "--nlu", str(tmp_path / "nlu.yml"), "--out", str(tmp_path))
    done = rasa("train", "nlu", *files, RASA_CACHE_DIRECTORY=str(tmp_path))
    assert done.returncode
    assert "TensorFlow is not installed here" in done.stderr


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project itself, trained by the command as documented."""
    directory = tmp_path_factory.mktemp("trained")
    done = rasa("train", "--out", str(directory), "--fixed-model-name", "whole")
    assert done.returncode == 0, done.stderr[-3000:]
    return directory / "whole.tar.gz"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_documented_commands(trained: Path, tmp_path: Path) -> None:
    done = rasa("data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stderr[-3000:]
    done = rasa("test", "core", "--model", str(trained), "--out", str(tmp_path), "--fail-on-prediction-errors")
    assert done.returncode == 0, done.stderr[-3000:]
    done = rasa("test", "nlu", "--model", str(trained), "--out", str(tmp_path), "--no-plot")
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "intent_report.json").exists()
    said = subprocess.run(
        [RASA, "shell", "nlu", "--model", str(trained)], cwd=ROOT, input="هلا\n/stop\n", capture_output=True, text=True
    )
    assert '"name": "greet"' in said.stdout
