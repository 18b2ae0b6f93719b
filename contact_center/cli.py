"""`tawasul`: everything that an operator does at a terminal."""

import sys

import typer

from contact_center.commands import cases, chat, db, keys, messages, nlu, running, users
from contact_center.commands.failures import sentence_for

cli = typer.Typer(
    name="tawasul",
    help="Open, self-hosted, Arabic-first complaint line. `tawasul up` starts everything on this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (running.up, running.web, running.worker, running.actions, running.train, chat.chat, running.settings):
    cli.command()(command)
for name, group in {
    "db": db.group,
    "users": users.group,
    "keys": keys.group,
    "cases": cases.group,
    "nlu": nlu.group,
    "messages": messages.group,
}.items():
    cli.add_typer(group, name=name)


def app() -> None:
    """Run the command line; a known failure is one sentence on standard error and exit code 1."""
    try:
        cli()
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        typer.echo(sentence, err=True)
        sys.exit(1)
