"""The supervisor as a process of its own, over small real processes in place of the large ones."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.ports import claimed_port

SMALL_PROCESSES = '''
import asyncio, sys
from pathlib import Path
from contact_center import supervisor
from contact_center.settings import get_settings
from contact_center.supervision import processes
from contact_center.supervision.child import Process

CODE = """
import http.server, os, signal, sys, threading
name, port, log = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def note(what):
    with open(log, 'a') as file:
        file.write(f'{name} {what} {os.getpid()}\\\\n')
def end(*_):
    note('stops'); os._exit(0)
signal.signal(signal.SIGTERM, end)
note('starts')
print('worker_ready', flush=True)
class Ok(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(('127.0.0.1', port), Ok).serve_forever()
"""

def small(definition):
    def make(settings, *rest):
        real = definition(settings, *rest)
        port = real.ready_at.split(':')[2].split('/')[0] if real.ready_at else '0'
        command = (sys.executable, '-c', CODE, real.name, port, sys.argv[1])
        return Process(**{**vars(real), 'command': command})
    return make

for name in ('web', 'worker', 'actions', 'assistant'):
    setattr(processes, name, small(getattr(processes, name)))
supervisor.model_path = lambda: Path(__file__)
asyncio.run(supervisor.run(get_settings()))
'''


class Up:
    """A supervisor that was started, its output in a file."""

    def __init__(self, directory: Path, environment: dict[str, str]) -> None:
        directory.mkdir(exist_ok=True)
        self.noted = directory / "noted"
        self.noted.touch()
        self.said = directory / f"said-{secrets.token_hex(4)}"
        script = directory / "up.py"
        script.write_text(SMALL_PROCESSES)
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, script, self.noted],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def text(self) -> str:
        return self.said.read_text()

    def until(self, text: str, seconds: float = 30) -> None:
        """Wait until it has said `text`."""
        wait_until(lambda: text in self.text, seconds, lambda: self.text)

    def pids(self) -> dict[str, int]:
        """The newest process of each name."""
        lines = [line.split() for line in self.noted.read_text().splitlines()]
        return {name: int(pid) for name, what, pid in lines if what == "starts"}


def wait_until(condition: Callable[[], bool], seconds: float = 10, say: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, say()
        time.sleep(0.05)


def lives(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Ports and a data directory of its own, on this test's database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAWASUL_")}
    return kept | {
        "TAWASUL_DATABASE_URL": database_url,
        "TAWASUL_DATA_DIR": str(tmp_path / "var"),
        "TAWASUL_PORT": str(claimed_port()),
        "TAWASUL_RASA_URL": f"http://127.0.0.1:{claimed_port()}",
        "TAWASUL_ACTIONS_URL": f"http://127.0.0.1:{claimed_port()}",
        "TAWASUL_TELEGRAM_TOKEN": "123:token",
    }


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Up]]:
    """Starts a supervisor; more environment variables by name."""
    started: list[Up] = []

    def start(**more: str) -> Up:
        started.append(Up(tmp_path / "up", environment | more))
        return started[-1]

    yield start
    for up in started:
        up.process.kill()
        up.process.wait()


def test_from_start_to_ctrl_c(start: Callable[..., Up], environment: dict[str, str]) -> None:
    up = start()
    up.until("Everything is ready after")
    assert f"Chat     http://127.0.0.1:{environment['TAWASUL_PORT']}/chat" in up.text
    assert up.text.count("Sign in to the console as admin with the password ") == 1
    assert "telegram, webchat, call_center" in up.text.replace("\n", " ")
    assert "sms is off: set TAWASUL_TWILIO_ACCOUNT_SID" in up.text
    os.killpg(up.process.pid, signal.SIGINT)  # as the terminal does
    assert up.process.wait(20) == 0
    stops = [line.split()[0] for line in up.noted.read_text().splitlines() if " stops " in line]
    assert set(stops[:2]) == {"web", "worker"}
    assert set(stops[2:]) == {"actions", "assistant"}
    assert not any(map(lives, up.pids().values()))


def test_a_second_start_shows_no_password(start: Callable[..., Up]) -> None:
    for passwords in (1, 0):
        up = start()
        up.until("Everything is ready after")
        assert up.text.count("with the password") == passwords
        up.process.terminate()
        assert up.process.wait(20) == 0


def test_a_killed_process_comes_back_and_the_others_stay(start: Callable[..., Up]) -> None:
    up = start()
    up.until("Everything is ready after")
    before = up.pids()
    os.kill(before["worker"], signal.SIGKILL)
    up.until("worker was ended by SIGKILL; it is started again in 0.5 s.")
    wait_until(lambda: up.pids()["worker"] != before["worker"])
    assert {**up.pids(), "worker": 0} == {**before, "worker": 0}


def test_a_killed_supervisor_leaves_nobody_behind_and_the_next_one_starts(start: Callable[..., Up]) -> None:
    up = start()
    up.until("Everything is ready after")
    up.process.kill()
    up.process.wait()
    wait_until(lambda: not any(map(lives, up.pids().values())))
    start().until("Everything is ready after")


def test_a_second_one_on_the_same_data_is_refused(start: Callable[..., Up]) -> None:
    up = start()
    up.until("Everything is ready after")
    second = start(TAWASUL_PORT=str(claimed_port()))
    assert second.process.wait(20) == 1
    assert "Tawasul already runs on" in second.text
    assert f"(process {up.process.pid})" in second.text
    assert up.process.poll() is None


def test_a_taken_port_stops_it_before_anything_starts(start: Callable[..., Up], environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", int(environment["TAWASUL_PORT"])))  # noqa: S104 -- as the web process does
        other.listen()
        refused = start()
        assert refused.process.wait(20) == 1
    assert f"Port {environment['TAWASUL_PORT']} is taken" in refused.text
    assert refused.pids() == {}


def test_each_process_has_the_settings_it_needs_and_the_assistant_no_more(
    start: Callable[..., Up], environment: dict[str, str]
) -> None:
    up = start()
    up.until("Everything is ready after")
    environments = {name: psutil.Process(pid).environ() for name, pid in up.pids().items()}
    for variables in environments.values():
        assert variables["TAWASUL_DATA_DIR"] == environment["TAWASUL_DATA_DIR"]
    assert environments["worker"]["TAWASUL_TELEGRAM_TOKEN"] == "123:token"
    assert "TAWASUL_TELEGRAM_TOKEN" not in environments["assistant"]
    assert environments["assistant"]["TAWASUL_RASA_DATABASE_URL"] == environment["TAWASUL_DATABASE_URL"]
    assert environments["assistant"]["RASA_TELEMETRY_ENABLED"] == "false"
    assert environments["actions"]["SANIC_HOST"] == "127.0.0.1"
    tokens = {environments[name]["TAWASUL_INTERNAL_TOKEN"] for name in ("web", "worker", "assistant")}
    assert len(tokens) == 1


def test_stopped_while_it_still_starts(start: Callable[..., Up]) -> None:
    up = start()
    wait_until(lambda: up.pids() != {}, 30)
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(20) == 0
    wait_until(lambda: not any(map(lives, up.pids().values())))
    assert "Traceback" not in up.text
