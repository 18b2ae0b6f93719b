"""`tawasul catalogue`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.commands.database import ACTOR, in_transaction
from contact_center.configuration import catalogue_file
from contact_center.configuration.changes import Refused
from contact_center.console.configuration.changes import Shown, sentences, shown
from contact_center.errors import InvalidInput

app = typer.Typer(help="Agencies, categories and governorates as a file.", no_args_is_help=True, add_completion=False)


class _OnlyTried(Exception):
    """Rolls back what was only tried; holds what would have changed."""

    def __init__(self, changes: Sequence[Shown]) -> None:
        super().__init__()
        self.changes = changes


@app.command()
def export(file: Annotated[Path | None, typer.Argument(help="Where to write it; else it is printed.")] = None) -> None:
    """Write the catalogue as YAML, of the shape of contact_center/agencies/catalogue.yml."""
    text = in_transaction(catalogue_file.export)
    if file is None:
        typer.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="YAML of the shape that `export` writes.", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")] = False,
) -> None:
    """Make the catalogue what a file says, all at once or not at all, and print what changes.

    Agencies and categories that are not in the file are retired. It is one change in the console's history.
    """

    async def take(session: AsyncSession) -> Sequence[Shown]:
        made = await catalogue_file.take(session, file.read_text(encoding="utf-8"), actor=ACTOR)
        known = await queries.catalogue(session)
        changes = [shown(change, "en", known) for change in made]
        if dry_run:
            raise _OnlyTried(changes)
        return changes

    try:
        _print(in_transaction(take), "changed")
    except _OnlyTried as tried:
        _print(tried.changes, "would change")
    except Refused as refused:
        raise InvalidInput("\n".join(["Nothing was changed:", *sentences(refused.faults, "en")])) from None


def _print(changes: Sequence[Shown], verb: str) -> None:
    for change in changes:
        typer.echo(f"{change.kind} {change.code} ({change.title}): {change.what}")
        for line in change.lines:
            typer.echo(f"  {line.label}: {line.before or '—'} → {line.after or '—'}")
    typer.echo(f"{len(changes)} {verb}.")
