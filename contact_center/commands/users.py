"""`tawasul users`."""

from typing import Annotated, Literal

import typer

from contact_center.accounts import changing, second_factor, service
from contact_center.accounts.roles import Role
from contact_center.commands.database import ACTOR, in_transaction

Username = Annotated[str, typer.Argument(metavar="NAME", help="What the person signs in with.")]

app = typer.Typer(help="Staff accounts.", no_args_is_help=True, add_completion=False)


@app.command()
def add(
    username: Username,
    role: Annotated[Role, typer.Option(help="What the person may do.")] = Role.AGENT,
    agency: Annotated[str | None, typer.Option(help="An officer's, supervisor's or head's agency, its code.")] = None,
    display_name: Annotated[str | None, typer.Option("--name", help="As colleagues see it.")] = None,
) -> None:
    """Make an account and print its password, which is shown only now."""

    made = in_transaction(
        lambda session: service.create_account(
            session, username, role, agency=agency, display_name=display_name, actor=ACTOR
        )
    )
    typer.echo(made[1])


@app.command()
def reset(username: Username) -> None:
    """Give an account a new password and print it; whoever is signed in with the old one is signed out."""
    typer.echo(in_transaction(lambda session: service.reset_password(session, username, actor=ACTOR)))


@app.command("reset-two-factor")
def reset_two_factor(username: Username) -> None:
    """Let an account sign in without its second factor, for whoever has lost theirs."""
    in_transaction(lambda session: second_factor.turn_off(session, username, actor=ACTOR, reset=True))
    typer.echo(f"{username} signs in with the password alone, until a new second factor is set up.")


@app.command()
def enable(username: Username) -> None:
    """Let a disabled account sign in again."""
    in_transaction(lambda session: changing.enable_account(session, username, actor=ACTOR))
    typer.echo(f"{username} is enabled.")


@app.command()
def disable(username: Username) -> None:
    """Shut an account out at once."""
    in_transaction(lambda session: service.disable_account(session, username, actor=ACTOR))
    typer.echo(f"{username} is disabled.")


@app.command()
def duty(username: Username, state: Annotated[Literal["on", "off"], typer.Argument()]) -> None:
    """Say whether a member of staff takes conversations now."""
    in_transaction(lambda session: service.set_duty(session, username, on=state == "on", actor=ACTOR))
    typer.echo(f"{username} is {state} duty.")
