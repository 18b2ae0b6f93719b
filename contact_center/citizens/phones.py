"""Phone numbers: one spelling (E.164), and how they appear in logs. Pure."""

from bot.arabic.phones import parse_phone
from contact_center.errors import InvalidInput


def to_e164(text: str) -> str:
    """The one phone number in `text`, in E.164; eight digits are a Bahraini number.

    Arabic-Indic digits, spaces, `00` and `+` are understood. Raises `InvalidInput` for none or several.
    """
    phone = parse_phone(text)
    if phone is None:
        raise InvalidInput("This is not a phone number that can be called.")
    return phone


def masked(phone: str | None) -> str:
    """A phone for logs: its country's first digits and the last two, `+973******56`; `-` for none."""
    if not phone:
        return "-"
    shown = 4 if phone.startswith("+") else 0
    return phone[:shown] + "*" * max(len(phone) - shown - 2, 4) + phone[-2:]
