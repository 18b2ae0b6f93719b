"""`tawasul worker`."""

import asyncio

import typer

from contact_center import logs
from contact_center.settings import get_settings
from contact_center.worker import run_worker

app = typer.Typer(add_completion=False)


@app.command()
def worker() -> None:
    """Run a worker process: it answers messages and sends replies."""
    logs.set_up()
    asyncio.run(run_worker(get_settings()))
