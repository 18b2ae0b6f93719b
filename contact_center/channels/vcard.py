"""Contact cards as phones send them: vCard 2.1 to 4.0 (RFC 6350), of which we need the name and a number."""

import quopri
import re
from dataclasses import dataclass

from bot.arabic.phones import parse_phone

MEDIA_TYPES = {"text/vcard", "text/x-vcard", "text/directory"}

_WAID = re.compile(r"waid=(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Card:
    """The first number of a card, in E.164 where it is one, and the name on it."""

    phone: str
    name: str | None


def read_card(text: str) -> Card | None:
    """The card in `text`; None where it holds no telephone number."""
    fields = [line.partition(":") for line in _unfolded(text)]
    name = next((_decoded(key, value) for key, _, value in fields if _name_of(key) == "FN"), None)
    for key, _, value in fields:
        if _name_of(key) == "TEL":
            waid = _WAID.search(key)
            written = value.removeprefix("tel:").strip()
            phone = (parse_phone(f"+{waid[1]}") if waid else None) or parse_phone(written) or written
            if phone:
                return Card(phone, name)
    return None


def _unfolded(text: str) -> list[str]:
    """The card's lines; long ones are folded by a space (3.0, 4.0) or by «=» at the end (2.1)."""
    return re.sub(r"\r?\n[ \t]|=\r?\n(?=[=\w])", "", text).splitlines()


def _name_of(key: str) -> str:
    """`item1.TEL;type=CELL` → `TEL`."""
    return key.partition(";")[0].rpartition(".")[2].strip().upper()


def _decoded(key: str, value: str) -> str | None:
    quoted = "QUOTED-PRINTABLE" in key.upper()
    plain = quopri.decodestring(value.encode()).decode("utf-8", "replace") if quoted else value
    return re.sub(r"\\([,;\\])", r"\1", plain).strip() or None
