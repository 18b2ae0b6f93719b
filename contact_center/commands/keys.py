"""`tawasul keys`."""

from typing import Annotated

import typer

from contact_center.accounts.api_keys import create_key
from contact_center.commands.database import ACTOR, in_transaction

app = typer.Typer(help="Keys for the API.", no_args_is_help=True, add_completion=False)


@app.callback()
def keys() -> None:
    """Keys for the API."""


@app.command()
def create(name: Annotated[str, typer.Argument(help="What the key is for; unique.")]) -> None:
    """Make an API key and print it; it is kept nowhere in plain words."""
    typer.echo(in_transaction(lambda session: create_key(session, name, actor=ACTOR)))
