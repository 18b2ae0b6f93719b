"""`tawasul templates`."""

import asyncio
from collections.abc import Sequence

import typer

from contact_center.channels.base import ChannelCode, Template
from contact_center.channels.registry import open_channels, why_off
from contact_center.channels.twilio import WhatsAppChannel
from contact_center.channels.twilio_approvals import UNSUBMITTED
from contact_center.commands.database import in_transaction
from contact_center.errors import InvalidInput
from contact_center.notifications.templates import templates as all_templates
from contact_center.settings import get_settings

app = typer.Typer(
    help="Templates that WhatsApp approves, for telling people outside its 24 hours.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command("list")
def list_() -> None:
    """Print each template's name and how far it has come at WhatsApp; nothing is changed."""
    _print(hand_in=False)


@app.command()
def submit() -> None:
    """Hand in for approval what is not there yet, and print how far each has come."""
    _print(hand_in=True)


def _print(*, hand_in: bool) -> None:
    for name, status in asyncio.run(_statuses(in_transaction(all_templates), hand_in=hand_in)):
        typer.echo(f"{status:12}  {name}")


async def _statuses(templates: Sequence[Template], *, hand_in: bool) -> list[tuple[str, str]]:
    channels = open_channels(get_settings())
    try:
        whatsapp = channels.get(ChannelCode.WHATSAPP)
        if not isinstance(whatsapp, WhatsAppChannel):
            raise InvalidInput(f"WhatsApp is off: {why_off(get_settings())[ChannelCode.WHATSAPP]} is not set.")
        if hand_in:
            return [(one.name, (await whatsapp.approvals.status_of(one)).status) for one in templates]
        known = await whatsapp.approvals.known()
        return [(one.name, known[one.name].status if one.name in known else UNSUBMITTED) for one in templates]
    finally:
        for channel in channels.values():
            await channel.close()
