"""`tawasul keys`."""

from typing import Annotated

import typer

from contact_center.accounts.api_keys import create_key, revoke_key
from contact_center.accounts.queries import api_keys
from contact_center.commands.database import ACTOR, in_transaction

app = typer.Typer(help="Keys for the API.", no_args_is_help=True, add_completion=False)


@app.callback()
def keys() -> None:
    """Keys for the API."""


@app.command("list")
def list_keys() -> None:
    """All keys with their last use, one a line; the keys themselves are kept nowhere."""
    for key in in_transaction(api_keys):
        used = f"last used {key.last_used_at:%Y-%m-%d %H:%M} UTC" if key.last_used_at else "not used yet"
        typer.echo(f"{key.name}: {'revoked' if key.revoked_at else used}")


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="The key's name.")]) -> None:
    """Make an API key worthless, for good."""
    in_transaction(lambda session: revoke_key(session, name, actor=ACTOR))
    typer.echo(f"The key {name} is revoked.")


@app.command()
def create(name: Annotated[str, typer.Argument(help="What the key is for; unique.")]) -> None:
    """Make an API key and print it; it is kept nowhere in plain words."""
    typer.echo(in_transaction(lambda session: create_key(session, name, actor=ACTOR)))
