"""`rasa run` and the rasa-sdk server as processes, and a client that speaks to the gateway channel."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from small_assistant import HERE, ROOT

TOKEN = "token-of-the-tests"
_START_SECONDS = 200.0
_BIN = Path(sys.executable).parent


class Process:
    """A server process that is ready when its address answers."""

    def __init__(self, command: list[str], probe: str, log: Path, **environment: str) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(HERE), **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_answered(probe)

    def _wait_until_answered(self, probe: str) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                requests.get(probe, timeout=5)
            except requests.ConnectionError:
                time.sleep(0.2)
            else:
                return
        self.kill()
        raise RuntimeError(f"did not start:\n{self.output()[-3000:]}")

    def output(self) -> str:
        """All that it printed."""
        return self._log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)


class Gateway:
    """Speaks to the gateway channel as the service does."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}/webhooks/gateway"

    def turn(self, conversation: str, message_id: str, text: str | None = None, **more: Any) -> tuple[int, Any]:
        """Status and JSON of a turn."""
        return self.post({"conversation": conversation, "message_id": message_id, "text": text, **more})

    def said(self, conversation: str, message_id: str, text: str | None = None, **more: Any) -> list[str]:
        """The texts answered to a turn that must succeed."""
        status, reply = self.turn(conversation, message_id, text, **more)
        assert status == 200, reply
        return [message["text"] for message in reply["messages"]]

    def post(self, body: Any, token: str = TOKEN) -> tuple[int, Any]:
        """Status and JSON of a posted body (bytes as they are)."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._call("POST", "/turn", data, token)

    def intent(self, body: Any, token: str = TOKEN) -> tuple[int, Any]:
        """Status and JSON of asking what words mean (bytes as they are)."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._call("POST", "/intent", data, token)

    def categories(self, body: Any, token: str = TOKEN) -> tuple[int, Any]:
        """Status and JSON of asking what words are about."""
        return self._call("POST", "/categories", json.dumps(body).encode(), token)

    def delete(self, path: str, token: str = TOKEN) -> tuple[int, Any]:
        """Status and JSON of forgetting a conversation."""
        return self._call("DELETE", path, None, token)

    def health(self) -> int:
        """Status of the health check."""
        return self._call("GET", "/", None, "")[0]

    def _call(self, method: str, path: str, data: bytes | None, token: str) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        response = requests.request(method, self._base + path, data=data, headers=headers, timeout=60)
        return response.status_code, response.json() if response.content else None


@contextmanager
def actions(port: int, directory: Path) -> Iterator[Process]:
    """The rasa-sdk server with small_actions."""
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "small_actions", "-p", str(port)]
    server = Process(command, f"http://127.0.0.1:{port}/health", directory / "actions.log")
    yield server
    server.kill()


def start_rasa(
    model: Path, port: int, database_url: str, actions_port: int, directory: Path, credentials: Path | None = None
) -> Process:
    """Plain `rasa run` at the project's root; with its own credentials.yml unless others are given."""
    options = ["--credentials", str(credentials)] if credentials else []
    return Process(
        [str(_BIN / "rasa"), "run", "-i", "127.0.0.1", "-p", str(port), "--model", str(model), *options],
        f"http://127.0.0.1:{port}/webhooks/gateway/",
        directory / "rasa.log",
        TAWASUL_INTERNAL_TOKEN=TOKEN,
        TAWASUL_RASA_DATABASE_URL=database_url,
        TAWASUL_ACTIONS_URL=f"http://127.0.0.1:{actions_port}",
    )
