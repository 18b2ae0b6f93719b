"""`tawasul`: everything that an operator does at a terminal; each command is the file of its name in `commands/`."""

import sys
import warnings
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = ["up", "web", "worker", "actions", "train", "chat", "settings"]
GROUPS = ["db", "users", "keys", "cases", "nlu", "messages", "handoffs", "sla", "templates", "catalogue"]


class _OnDemand(TyperGroup):
    """Imports a command when it is asked for: a second saved at each start."""

    def list_commands(self, ctx: Any) -> list[str]:
        return COMMANDS + GROUPS

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS + GROUPS:
            return None
        command = get_command(import_module(f"contact_center.commands.{cmd_name}").app)
        command.name = cmd_name
        return command


cli = typer.Typer(cls=_OnDemand, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)


@cli.callback()
def tawasul() -> None:
    """Open, self-hosted, Arabic-first complaint line. `tawasul up` starts everything on this machine."""


def app() -> None:
    """Run the command line; a known failure is one sentence on standard error and exit code 1."""
    # The embedded PostgreSQL's lock goes to the temporary folder where there is no runtime folder; nobody need know.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    try:
        cli()
    except Exception as error:
        from contact_center.commands.failures import sentence_for  # it knows many libraries: loaded if needed

        sentence = sentence_for(error)
        if sentence is None:
            raise
        typer.echo(sentence, err=True)
        sys.exit(1)
