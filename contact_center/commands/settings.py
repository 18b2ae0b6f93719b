"""`tawasul settings`."""

import typer
from pydantic import SecretStr

from contact_center.settings import Settings, get_settings

app = typer.Typer(add_completion=False)


@app.command()
def settings() -> None:
    """Print all settings as they are in force, secrets hidden, each with what it is for."""
    for name, value in get_settings():
        typer.echo(f"TAWASUL_{name.upper()}={_shown(value)}  # {Settings.model_fields[name].description}")


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "********"
    return "" if value is None else str(value)
