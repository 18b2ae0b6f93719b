"""`tawasul sla`."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from contact_center import clock
from contact_center.cases.sla import tick as tick_by
from contact_center.database import Database
from contact_center.embedded_postgres import database_url
from contact_center.errors import InvalidInput
from contact_center.settings import get_settings

app = typer.Typer(help="Deadlines.", no_args_is_help=True, add_completion=False)


@app.callback()
def sla() -> None:
    """Deadlines."""


@app.command()
def tick(
    now: Annotated[
        str, typer.Option(help="As if it were this moment (ISO 8601, with its zone): 2026-11-22T14:15+03:00.")
    ] = "",
) -> None:
    """Note what deadlines came near or passed and who cases go to; workers do it every minute. Each is noted once."""
    noted = asyncio.run(_tick(_moment(now) if now else clock.now()))
    typer.echo(f"{noted} noted.")


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise InvalidInput(f"{written!r} is no moment: write 2026-11-22T14:15+03:00.") from None
    if moment.tzinfo is None:
        raise InvalidInput(f"{written!r} has no zone: write {written}+03:00.")
    return moment


async def _tick(at: datetime) -> int:
    database = Database(database_url(get_settings()), pool_size=1)
    try:
        return await tick_by(database, at)
    finally:
        await database.close()
