"""The processes of one machine, as data: commands, environments, what shows that each is ready, who stops first."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from contact_center.settings import ROOT, Settings
from contact_center.supervision.child import Process
from contact_center.supervision.preflight import MARK, address_of

PYTHON = sys.executable
TAWASUL = str(Path(PYTHON).with_name("tawasul"))
RASA = str(ROOT / "bot/.venv/bin/rasa")
PREFIX = "TAWASUL_"
QUIET_PYTHON = {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}

Environment = Mapping[str, str]


def database(settings: Settings, environment: Environment) -> Process:
    """The embedded PostgreSQL; its ready line's group 1 is the libpq URL."""
    return Process(
        name="database",
        command=(PYTHON, "-m", "contact_center.supervision.postgres", str(settings.data_dir / "postgres")),
        colour="blue",
        environment=environment,
        ready_line=r"^listening on (\S+)$",
        stops=3,
        in_good_order=True,
    )


def web(settings: Settings, environment: Environment) -> Process:
    """Pages, webhooks and the API."""
    return Process(
        name="web",
        command=(TAWASUL, "web"),
        colour="cyan",
        environment=environment,
        directory=ROOT,
        ready_at=f"{settings.local_url}/healthz",
        stops=1,
        grace_seconds=10,
    )


def worker(environment: Environment) -> Process:
    """Carries out jobs; lets those under way finish."""
    return Process(
        name="worker",
        command=(TAWASUL, "worker"),
        colour="magenta",
        environment=environment,
        directory=ROOT,
        ready_line="worker_ready",
        stops=1,
        grace_seconds=22,
    )


def actions(settings: Settings, environment: Environment) -> Process:
    """The standard rasa-sdk server over `actions/`."""
    host, port = address_of(settings.actions_url)
    return Process(
        name="actions",
        command=(PYTHON, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)),
        colour="yellow",
        environment={**environment, "SANIC_HOST": host},
        directory=ROOT,
        ready_at=f"{settings.actions_url}/health",
        stops=2,
    )


def assistant(settings: Settings, model: Path, environment: Environment) -> Process:
    """The standard Rasa server with our input channel; its address is never a public one."""
    host, port = address_of(settings.rasa_url)
    return Process(
        name="assistant",
        command=(RASA, "run", "--model", str(model), "--interface", host, "--port", str(port)),
        colour="green",
        environment=environment,
        directory=ROOT,
        ready_at=f"{settings.rasa_url}/webhooks/gateway/",
        stops=2,
    )


def service_environment(settings: Settings, database_url: str | None) -> dict[str, str]:
    """For our own processes: all settings as they are in force here, and everything that was in the environment.

    `database_url`: the server that was started for them; None while there is none.
    """
    named = {f"{PREFIX}{name.upper()}": plain(value) for name, value in settings if value is not None}
    secrets = {
        f"{PREFIX}SECRET_KEY": settings.effective_secret_key,
        f"{PREFIX}INTERNAL_TOKEN": settings.effective_internal_token,
    }
    url = {f"{PREFIX}DATABASE_URL": database_url} if database_url else {}
    return {**os.environ, **named, **secrets, **url, MARK: str(settings.data_dir), **QUIET_PYTHON}


def assistant_environment(settings: Settings, database_url: str | None) -> dict[str, str]:
    """For Rasa: of our settings only those that it needs, so that no provider's secret is in its reach."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    ours = {
        f"{PREFIX}DATA_DIR": str(settings.data_dir),
        f"{PREFIX}RASA_DATABASE_URL": database_url or "",
        f"{PREFIX}INTERNAL_TOKEN": settings.effective_internal_token,
        f"{PREFIX}ACTIONS_URL": settings.actions_url,
        MARK: str(settings.data_dir),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    return inherited | ours | QUIET_PYTHON


def plain(value: object) -> str:
    """A setting as the environment has it."""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
