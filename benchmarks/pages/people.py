"""Who opens which pages."""

from collections.abc import Sequence
from dataclasses import dataclass

_EVERYBODYS = ("/", "/cases", "/cases?q=حفرة%20كبيرة", "/cases?status=open&order=due", "/cases/{case}", "/messages")
_BY_ROLE = {
    "agent": (
        "/calls",
        "/calls/new",
        "/calls/log",
        "/choices/categories?q=ليتات%20الشارع",
        "/conversations",
        "/conversations/{conversation}",
        "/conversations/{conversation}/state",
        "/citizens",
        "/citizens?q={phone}",
        "/citizens/{citizen}",
        "/citizens/{citizen}/conversations/{conversation}",
    ),
    "officer": ("/cases/{case}/suggested", "/escalations", "/compliments", "/cases?q=مجاري&status=open"),
    "supervisor": ("/cases/{case}/suggested", "/escalations", "/routing"),
    "head": ("/cases/{case}/suggested", "/escalations", "/cases?due=overdue"),
    "admin": ("/escalations", "/routing", "/configuration", "/configuration/kinds/category", "/staff", "/unclear"),
}


@dataclass(frozen=True)
class Desk:
    """Somebody who is signed in."""

    role: str
    agency: str | None
    token: str

    def pages(self) -> Sequence[str]:
        """What they open, below /console; `{case}` stands for a reference number of a case that they may see,
        `{citizen}` for who filed it, `{phone}` for their number, `{conversation}` for where."""
        return (*_EVERYBODYS, *_BY_ROLE[self.role])
