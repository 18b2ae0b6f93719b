"""What is in the way of a start is said in one clear sentence, without a traceback, and soon."""

import socket
from pathlib import Path

import pytest

from tests.e2e.system import System, run_tawasul, without_settings
from tests.ports import claimed_port

pytestmark = pytest.mark.timeout(120, func_only=True)

SECONDS = 20


async def test_a_second_up_on_the_same_data_says_that_one_runs_already(system: System) -> None:
    code, out, error = await run_tawasul(system.environment, "up", seconds=SECONDS)
    _one_sentence(code, out + error, "already runs")
    assert (await system.http.get(f"{system.url}/healthz")).status_code == 200


@pytest.mark.parametrize("setting", ["TAWASUL_PORT", "TAWASUL_RASA_URL", "TAWASUL_ACTIONS_URL"])
async def test_a_taken_port_is_named_with_the_setting_that_changes_it(
    system: System, tmp_path: Path, setting: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        web, rasa, actions = claimed_port(), claimed_port(), claimed_port()
        environment = without_settings(system.environment) | {
            "TAWASUL_DATA_DIR": str(tmp_path / "data"),
            "TAWASUL_PORT": str(web),
            "TAWASUL_RASA_URL": f"http://127.0.0.1:{rasa}",
            "TAWASUL_ACTIONS_URL": f"http://127.0.0.1:{actions}",
        }
        environment[setting] = str(port) if setting == "TAWASUL_PORT" else f"http://127.0.0.1:{port}"
        code, out, error = await run_tawasul(environment, "up", seconds=SECONDS)
    _one_sentence(code, out + error, str(port), setting)


async def test_a_data_directory_that_cannot_be_written_is_named(system: System, tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.touch()
    environment = without_settings(system.environment) | {"TAWASUL_DATA_DIR": str(file / "data")}
    code, out, error = await run_tawasul(environment, "up", seconds=SECONDS)
    _one_sentence(code, out + error, "TAWASUL_DATA_DIR")


async def test_a_setting_that_cannot_be_used_is_named(system: System) -> None:
    environment = system.environment | {"TAWASUL_PORT": "many"}
    code, out, error = await run_tawasul(environment, "up", seconds=SECONDS)
    _one_sentence(code, out + error, "TAWASUL_PORT")


def _one_sentence(code: int, said: str, *words: str) -> None:
    assert code != 0
    assert "Traceback" not in said
    assert all(word in " ".join(said.split()) for word in words)
    assert len(said.strip().splitlines()) <= 3
