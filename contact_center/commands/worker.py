"""`tawasul worker`."""

import typer
import uvloop

from contact_center import logs
from contact_center.settings import get_settings
from contact_center.worker import run_worker

app = typer.Typer(add_completion=False)


@app.command()
def worker() -> None:
    """Run a worker process: it answers messages and sends replies."""
    logs.set_up()
    uvloop.run(run_worker(get_settings()))
