"""For tests that need Rasa, run in the bot's environment (see pytest.ini here). The service's environment has no Rasa
and collects nothing in this directory; tests of bot.arabic, which run in both, are in tests/bot/arabic."""

from __future__ import annotations

import importlib.util
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

if importlib.util.find_spec("rasa") is None:
    collect_ignore_glob = ["*"]
else:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"

    from postgres_server import Postgres
    from running_rasa import Gateway, Process, actions, start_rasa
    from small_assistant import train_small

    from tests.ports import claimed_port

    @pytest.fixture(scope="session")
    def postgres() -> Iterator[Postgres]:
        """A PostgreSQL server of this run's own."""
        with tempfile.TemporaryDirectory(prefix="tawasul-bot-", ignore_cleanup_errors=True) as directory:
            server = Postgres(Path(directory) / "data")
            yield server
            server.stop()

    @pytest.fixture
    def database_url(postgres: Postgres) -> str:
        """The libpq URL of an empty database."""
        return postgres.create(f"test_{secrets.token_hex(6)}")

    @pytest.fixture(scope="session")
    def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
        """The small assistant of small_assistant.py, trained: the project's pipeline on a few sentences."""
        return train_small(tmp_path_factory.mktemp("model"))

    @dataclass
    class Running:
        """The small assistant as processes."""

        gateway: Gateway
        rasa: Process
        database: str
        model: Path
        port: int
        actions_port: int
        directory: Path
        database_url: str
        credentials: Path

        def start_again(self) -> None:
            """Start Rasa anew after it was killed."""
            self.rasa = start_rasa(
                self.model, self.port, self.database_url, self.actions_port, self.directory, self.credentials
            )

    @pytest.fixture(scope="session")
    def running(model: Path, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
        """`rasa run` with the project's endpoints.yml, the rasa-sdk server and PostgreSQL."""
        directory = tmp_path_factory.mktemp("rasa")
        credentials = directory / "credentials.yml"
        credentials.write_text(
            "bot.channel.GatewayInput:\n  token: ${TAWASUL_INTERNAL_TOKEN}\n  timeout_seconds: 3\n", encoding="utf-8"
        )
        url = postgres.create("running")
        port, actions_port = claimed_port(), claimed_port()
        with actions(actions_port, directory):
            rasa = start_rasa(model, port, url, actions_port, directory, credentials)
            started = Running(Gateway(port), rasa, "running", model, port, actions_port, directory, url, credentials)
            yield started
            started.rasa.stop()
