"""`tawasul train`."""

import asyncio

import typer

from contact_center.settings import get_settings
from contact_center.supervision.processes import assistant_environment
from contact_center.supervision.terminal import Terminal
from contact_center.supervision.training import ensure_model

app = typer.Typer(add_completion=False)


@app.command()
def train() -> None:
    """Train the assistant, if its data or its configuration changed; print the model's path."""
    environment = assistant_environment(get_settings(), None)
    typer.echo(asyncio.run(ensure_model(Terminal(), environment)))
