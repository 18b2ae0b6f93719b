"""`tawasul actions`."""

import os

import typer

from contact_center.settings import ROOT, get_settings
from contact_center.supervision import processes

app = typer.Typer(add_completion=False)


@app.command()
def actions() -> None:
    """Run the action server that the assistant calls: the standard rasa-sdk server over `actions/`."""
    process = processes.actions(get_settings(), os.environ)
    os.chdir(ROOT)
    os.execve(process.command[0], process.command, dict(process.environment))  # noqa: S606 -- our own Python
