"""Starting things: everything at once, or one process by itself."""

import asyncio
import os
import sys

import typer
import uvicorn
from pydantic import SecretStr

from contact_center import logs, supervisor
from contact_center.settings import get_settings
from contact_center.supervision import processes
from contact_center.supervision.terminal import Terminal
from contact_center.supervision.training import ensure_model

WEB_STOP_SECONDS = 5


def up() -> None:
    """Start everything on this machine and keep it running; Ctrl-C stops it."""
    asyncio.run(supervisor.run(get_settings()))


def web() -> None:
    """Run the web process: pages, webhooks, the API."""
    logs.set_up()
    uvicorn.run(
        "contact_center.app:create_app",
        factory=True,
        host="0.0.0.0",  # noqa: S104 -- citizens and staff reach it from elsewhere
        port=get_settings().port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=WEB_STOP_SECONDS,
    )


def worker() -> None:
    """Run the worker process: answers messages, sends replies."""
    from contact_center.worker import run_worker  # only here: it opens the channels' libraries

    logs.set_up()
    asyncio.run(run_worker(get_settings()))


def actions() -> None:
    """Run the action server that the assistant calls (the standard rasa-sdk server)."""
    process = processes.actions(get_settings(), os.environ)
    os.chdir(process.directory or ".")
    os.execve(process.command[0], process.command, dict(process.environment))  # noqa: S606 -- our own Python


def train() -> None:
    """Train the assistant, if its data or its configuration changed; prints the model's path."""
    environment = processes.assistant_environment(get_settings(), None)
    typer.echo(asyncio.run(ensure_model(Terminal(), environment)))


def settings() -> None:
    """Print all settings and their values; secrets are hidden."""
    for name, value in get_settings():
        shown = "********" if isinstance(value, SecretStr) else value if value is not None else ""
        about = type(get_settings()).model_fields[name].description
        sys.stdout.write(f"TAWASUL_{name.upper()}={shown}  # {about}\n")
