"""The rules agree with each other: Rasa's own check, which training leaves out because it takes minutes."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_rules_do_not_contradict_each_other(tmp_path: Path) -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    policies = [{**policy, "check_for_contradictions": True} for policy in config["policies"]]
    checked = {"recipe": config["recipe"], "language": config["language"], "policies": policies}
    (tmp_path / "config.yml").write_text(yaml.safe_dump(checked), encoding="utf-8")
    rasa = Path(sys.executable).with_name("rasa")
    arguments = ("train", "core", "-c", tmp_path / "config.yml", "-s", "nlu_data/rules", "--out", tmp_path)
    done = subprocess.run((rasa, *arguments), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    assert list(tmp_path.glob("*.tar.gz"))
