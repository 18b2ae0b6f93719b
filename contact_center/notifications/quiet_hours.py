"""The hours at which nobody is woken by a message that they did not just ask for. Pure."""

from datetime import datetime, time, timedelta

from contact_center.clock import BAHRAIN
from contact_center.conversations.models import Conversation
from contact_center.conversations.outbox import READ_BY_THE_CLIENT

_MORNING, _EVENING = time(8), time(21)
_AWAKE = timedelta(hours=1)
"""Who wrote so lately is awake, and waits for what comes."""


def is_night(moment: datetime) -> bool:
    """Whether people in Bahrain sleep: from nine in the evening to eight in the morning."""
    return not _MORNING <= moment.astimezone(BAHRAIN).time() < _EVENING


def held_until(conversation: Conversation, moment: datetime) -> datetime | None:
    """Until when a message to this person waits (aware); None: it goes out now.

    The web chat shows messages when it is looked at: nothing waits there.
    """
    heard = conversation.last_inbound_at
    awake = heard is not None and heard > moment - _AWAKE
    if conversation.channel in READ_BY_THE_CLIENT or awake or not is_night(moment):
        return None
    local = moment.astimezone(BAHRAIN)
    day = local.date() if local.time() < _MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, _MORNING, BAHRAIN)
