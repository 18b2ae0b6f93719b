"""`tawasul handoffs`."""

from typing import Annotated
from uuid import UUID

import typer

from contact_center.commands.database import ACTOR, in_transaction
from contact_center.conversations import handoff, handoff_queries

Conversation = Annotated[UUID, typer.Argument(help="The conversation's id, as `tawasul handoffs list` prints it.")]

app = typer.Typer(help="People who wait for a human being.", no_args_is_help=True, add_completion=False)


@app.command("list")
def waiting() -> None:
    """Print who waits, longest first: conversation, channel, since when, why, language."""
    for wish, conversation in in_transaction(handoff_queries.waiting):
        since = wish.requested_at.isoformat(timespec="seconds")
        typer.echo(f"{conversation.id}  {conversation.channel}  {since}  {wish.reason}  {wish.language}")


@app.command()
def take(conversation: Conversation, agent: Annotated[str, typer.Argument(help="The agent's username.")]) -> None:
    """Let an agent take a conversation over."""
    in_transaction(lambda session: handoff.take(session, conversation, agent, actor=ACTOR))
    typer.echo(f"{agent} has the conversation.")


@app.command()
def release(conversation: Conversation) -> None:
    """Hand a conversation back to the assistant."""
    in_transaction(lambda session: handoff.release(session, conversation, actor=ACTOR))
    typer.echo("The assistant has the conversation.")
