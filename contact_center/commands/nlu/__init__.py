"""`tawasul nlu`."""

import typer

from contact_center.commands.nlu.evaluate import evaluate
from contact_center.commands.nlu.parse import parse
from contact_center.commands.nlu.review import review

app = typer.Typer(help="What the assistant understands.", no_args_is_help=True, add_completion=False)
app.command()(parse)
app.command()(evaluate)
app.command()(review)


@app.callback()
def nlu() -> None:
    """What the assistant understands."""
