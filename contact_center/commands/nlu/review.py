"""`tawasul nlu review`."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.clock import BAHRAIN
from contact_center.commands.database import in_transaction
from contact_center.commands.nlu import assistants_python
from contact_center.errors import InvalidInput
from contact_center.settings import ROOT
from contact_center.understanding import queries, service

PROJECT = ROOT
"""Where the training data are that `--accept` writes to."""
_REFUSED = 2


def review(
    accept: Annotated[int | None, typer.Option(metavar="ID", help="Write this item into the training data.")] = None,
    intent: Annotated[str | None, typer.Option(help="With --accept: what the person wanted.")] = None,
    category: Annotated[
        str | None, typer.Option(help="With --accept, where the intent has categories: what it was about, or none.")
    ] = None,
    dismiss: Annotated[int | None, typer.Option(metavar="ID", help="Drop this item.")] = None,
    export: Annotated[
        bool, typer.Option("--export", help="Write everything into the training data that was decided in the console.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 20,
) -> None:
    """List what was not understood well, newest first, without personal data; or decide about one item.

    Kept for 90 days: messages whose intent or category was not sure, and cases that staff moved elsewhere.
    """
    if (accept is None) != (intent is None) or (category is not None and accept is None):
        raise InvalidInput("Say --accept ID --intent INTENT, with --category CODE where the intent has categories.")
    if (accept is not None) + (dismiss is not None) + export > 1:
        raise InvalidInput("Say either --accept or --dismiss or --export.")
    if accept is not None and intent is not None:
        typer.echo(f"{_accept(accept, intent, category)} has it now; `tawasul train` makes the assistant learn it.")
    elif dismiss is not None:
        _dismiss(dismiss)
        typer.echo(f"Item {dismiss} is dropped.")
    elif export:
        _export()
    else:
        _list(limit)


def _list(limit: int) -> None:
    items = in_transaction(lambda session: queries.waiting(session, limit))
    for item in items:
        at = item.created_at.astimezone(BAHRAIN)
        typer.echo(f"{item.id}  {at:%Y-%m-%d %H:%M}  {item.channel}  {item.why}\n  {' '.join(item.text.split())}")
        for line in _labels(item.labels):
            typer.echo(f"  {line}")
    if not items:
        typer.echo("Nothing waits for review.")


def _labels(labels: dict[str, Any]) -> Iterator[str]:
    """What was guessed, or where the case lay and lies."""
    if "before" in labels:
        before, after = (f"{labels[when]['category']} ({labels[when]['agency']})" for when in ("before", "after"))
        yield f"{before} → {after}"
        return
    for kind, name in (("intents", "name"), ("categories", "code")):
        guesses = ", ".join(f"{guess[name]} {guess['confidence']:.2f}" for guess in labels[kind])
        yield f"{kind}: {guesses}"


def _accept(item_id: int, intent: str, category: str | None) -> str:
    """Write the item's text into the data; returns file and line. Raises what `queries.item` and `_add` raise."""

    async def take(session: AsyncSession) -> str:
        item = await queries.item(session, item_id)
        service.accept(item)
        return _add(item.text, intent, category)

    return in_transaction(take)


def _export() -> None:
    """Write what was decided, each item by itself: what the data refuse is said, and waits for another decision."""
    items = in_transaction(queries.chosen)
    refused = 0
    for item in reversed(items):
        chosen = item.labels["chosen"]
        try:
            typer.echo(f"{item.id}  {_accept(item.id, chosen['intent'], chosen['category'])}")
        except InvalidInput as error:
            refused += 1
            typer.echo(f"{item.id}  {error.sentence}", err=True)
    typer.echo(f"{len(items) - refused} written; `tawasul train` makes the assistant learn them.")


def _dismiss(item_id: int) -> None:
    async def drop(session: AsyncSession) -> None:
        await service.dismiss(session, await queries.item(session, item_id))

    in_transaction(drop)


def _add(text: str, intent: str, category: str | None) -> str:
    """Have the assistant's own program write an example. Raises `InvalidInput` with its reason where it refuses."""
    labels = [f"--intent={intent}", *([f"--category={category}"] if category else [])]
    program = assistants_python.command("bot.training_data.add", "--root", PROJECT, *labels)
    ended = subprocess.run(  # noqa: S603 -- our own program
        program,
        input=text,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=assistants_python.environment(),
        check=False,
    )
    if ended.returncode == _REFUSED:
        raise InvalidInput(ended.stderr.strip())
    sys.stderr.write(ended.stderr)
    assistants_python.check(ended.returncode)
    return ended.stdout.strip()
