"""What an agent writes when a call is over."""

from dataclasses import dataclass
from datetime import datetime

from contact_center.clock import BAHRAIN
from contact_center.errors import InvalidInput
from contact_center.telephone.models import PhoneCall


@dataclass(frozen=True)
class Written:
    """The form as it is filled in. `fault`: the field that cannot be kept so, empty where all can."""

    outcome: str = ""
    note: str = ""
    callback_at: str = ""
    """A day and time in Bahrain, as a browser writes them: `2026-11-22T18:30`."""
    fault: str = ""


def already_written(call: PhoneCall | None) -> Written:
    """What was written of a call before; nothing for one that another telephone system began."""
    return Written(call.outcome or "", call.note or "") if call else Written()


def in_bahrain(text: str) -> datetime | None:
    """The moment that a day and time in Bahrain is, None where there is none. Raises `InvalidInput`."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=BAHRAIN)
    except ValueError as error:
        raise InvalidInput("This is no day and time.", field="callback_at") from error
