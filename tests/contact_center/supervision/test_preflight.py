"""What must hold before a start, each refused with one sentence."""

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from contact_center.errors import InvalidInput
from contact_center.settings import Settings
from contact_center.supervision import preflight
from contact_center.supervision.preflight import MARK, CannotStart

FREE = 0
"""Bound to port 0, a probe gets one that is free."""


def test_a_data_directory_has_one_supervisor(tmp_path: Path) -> None:
    refusal = rf"already runs on .*var \(process {os.getpid()}\)"
    with (
        preflight.only_one(tmp_path / "var"),
        pytest.raises(CannotStart, match=refusal),
        preflight.only_one(tmp_path / "var"),
    ):
        pytest.fail("a second one got in")
    with preflight.only_one(tmp_path / "var"):
        pass


def test_the_lock_of_a_killed_supervisor_is_stale(tmp_path: Path) -> None:
    code = (
        "import pathlib, time\n"
        "from contact_center.supervision.preflight import only_one\n"
        f"with only_one(pathlib.Path({str(tmp_path)!r})): print('held', flush=True); time.sleep(600)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(CannotStart), preflight.only_one(tmp_path):
        pytest.fail("the lock was not held")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with preflight.only_one(tmp_path):
        pass


def test_a_data_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refusal = r"cannot be written to .*TAWASUL_DATA_DIR"
    with pytest.raises(CannotStart, match=refusal), preflight.only_one(tmp_path / "file" / "var"):
        pytest.fail("there can be no such folder")


def test_a_taken_port_is_named_with_its_setting() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} is taken by .*\(process {os.getpid()}\).*TAWASUL_PORT"):
            preflight.check_ports({"TAWASUL_PORT": ("127.0.0.1", port)})
    preflight.check_ports({"TAWASUL_PORT": ("127.0.0.1", port)})


def test_one_port_for_two_processes() -> None:
    addresses = {"TAWASUL_RASA_URL": ("127.0.0.1", FREE), "TAWASUL_ACTIONS_URL": ("127.0.0.1", FREE)}
    with pytest.raises(CannotStart, match="TAWASUL_RASA_URL and TAWASUL_ACTIONS_URL name the same port") as refused:
        preflight.check_ports(addresses)
    assert "\n" not in str(refused.value)


def test_the_assistant_listens_on_loopback_only() -> None:
    settings = Settings(rasa_url="http://192.0.2.1:5005", _env_file=None)
    with pytest.raises(CannotStart, match=r"TAWASUL_RASA_URL is http://192\.0\.2\.1:5005, but .* loopback"):
        preflight.addresses(settings)


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 5_000_000))
    with pytest.raises(CannotStart, match="has 5 MB free, and 300 MB are needed"):
        preflight.check_room(tmp_path)


def test_leftovers_of_this_directory_alone_are_ended(tmp_path: Path) -> None:
    def sleeper(data_dir: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["sleep", "600"], env={**os.environ, MARK: str(data_dir)})

    ours, others = sleeper(tmp_path / "ours"), sleeper(tmp_path / "others")
    try:
        assert preflight.end_leftovers(tmp_path / "ours") == 1
        assert ours.poll() is not None
        assert others.poll() is None
    finally:
        others.kill()
        others.wait()


@pytest.mark.parametrize(
    ("setting", "refusal"),
    [
        ({"require_two_factor": "admin, king"}, "No roles: king"),
        ({"oidc_issuer": "https://id.example"}, "TAWASUL_OIDC_CLIENT_ID"),
        ({"oidc_client_id": "tawasul"}, "TAWASUL_OIDC_ISSUER"),
    ],
)
def test_a_way_to_sign_in_that_cannot_be(setting: dict[str, str], refusal: str) -> None:
    with pytest.raises(InvalidInput, match=refusal):
        preflight.check_sign_in(Settings(_env_file=None, **setting))


def test_ways_to_sign_in_that_can_be() -> None:
    preflight.check_sign_in(Settings(_env_file=None))
    preflight.check_sign_in(
        Settings(
            _env_file=None, require_two_factor="admin,head", oidc_issuer="https://id.example", oidc_client_id="tawasul"
        )
    )
