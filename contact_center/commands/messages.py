"""`tawasul messages`."""

from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.commands.database import in_transaction
from contact_center.conversations import replaying
from contact_center.errors import InvalidInput

app = typer.Typer(help="Messages that were given up on.", no_args_is_help=True, add_completion=False)


@app.command()
def failed() -> None:
    """Print the messages that failed, newest first: id, direction, channel, time, attempts and reason (no words)."""
    for message in in_transaction(replaying.given_up):
        at = message.at.isoformat(timespec="seconds")
        typer.echo(f"{message.id}  {message.direction}  {message.channel}  {at}  {message.attempts}  {message.error}")


@app.command()
def replay(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids as `tawasul messages failed` prints them.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that failed.")] = False,
) -> None:
    """Handle or send failed messages again."""
    if bool(ids) == every:
        raise InvalidInput("Name the messages by their ids, or say --all.")

    async def replay_them(session: AsyncSession) -> int:
        chosen = ids or [message.id for message in await replaying.given_up(session)]
        for message_id in reversed(chosen):
            await replaying.replay(session, message_id)
        return len(chosen)

    typer.echo(f"{in_transaction(replay_them)} messages are on their way again.")
