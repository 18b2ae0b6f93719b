"""The installed command: failures that an operator can mend are one sentence and exit code 1."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contact_center.cli import COMMANDS, GROUPS

TAWASUL = str(Path(sys.executable).with_name("tawasul"))


def tawasul(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAWASUL_")}
    return subprocess.run(
        [TAWASUL, *arguments], env=kept | environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["settings"], {"TAWASUL_PORT": "http"}, "TAWASUL_PORT cannot be used: Input should be a valid integer"),
        (["chat"], {"TAWASUL_PORT": "9"}, "http://127.0.0.1:9 does not answer: is the service running"),
        (
            ["cases", "list"],
            {"TAWASUL_DATABASE_URL": "postgresql://127.0.0.1:9/tawasul"},
            "The database does not answer (",
        ),
        (["up"], {"TAWASUL_DATA_DIR": "/dev/null/var"}, "/dev/null/var cannot be written to (Not a directory)"),
        (["up"], {"TAWASUL_RASA_URL": "http://192.0.2.1"}, "TAWASUL_RASA_URL is http://192.0.2.1, but"),
    ],
)
def test_one_sentence(arguments: list[str], environment: dict[str, str], sentence: str, tmp_path: Path) -> None:
    refused = tawasul(*arguments, **{"TAWASUL_DATA_DIR": str(tmp_path), **environment})
    assert refused.returncode == 1
    assert refused.stderr.startswith(sentence)
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""


def test_help_names_every_command() -> None:
    said = tawasul("--help").stdout
    for name in COMMANDS + GROUPS:
        assert f" {name} " in said


def test_settings_hide_secrets(tmp_path: Path) -> None:
    said = tawasul("settings", TAWASUL_TELEGRAM_TOKEN="123:very-secret", TAWASUL_PORT="8123").stdout
    assert "very-secret" not in said
    assert "TAWASUL_TELEGRAM_TOKEN=********" in said
    assert "TAWASUL_PORT=8123" in said
