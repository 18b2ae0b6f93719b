"""`tawasul up`."""

import asyncio

import typer

from contact_center import supervisor
from contact_center.settings import get_settings

app = typer.Typer(add_completion=False)


@app.command()
def up() -> None:
    """Start everything on this machine and keep it running; Ctrl-C stops it."""
    asyncio.run(supervisor.run(get_settings()))
