"""The table of what everybody received, as a page of the documentation. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from contact_center.channels.base import ChannelCode
from contact_center.notifications.templates import told
from tests.contact_center.notifications.happenings import HAPPENINGS, WITH_ANOTHER
from tests.contact_center.notifications.table import AUDIENCES, Cell, Key, Received
from tests.contact_center.notifications.ways import WAYS, Way

HEAD = """# What citizens are told

Made by `tests/contact_center/notifications/test_table.py` from what stand-ins for Telegram and Twilio received (they
behave as the real ones, refusals included); the test fails where this page differs. To write it anew:
`TAWASUL_WRITE_DOCS=1 .venv/bin/pytest tests/contact_center/notifications/test_table.py`.

The wordings are in `contact_center/notifications/templates.yml`; an administrator may word each anew for a channel.

- Everybody is told on the channel that they used. Who filed or joined by phone is told by SMS.
- WhatsApp takes free words within 24 hours of the person's last message. After that the same is said by an approved
  template (`ContentSid`), which is made and handed in for approval when it is first needed, or all at once by
  `tawasul templates submit`. While it is not approved, and where WhatsApp does not take it, an SMS goes out instead.
- STOP is by channel: nothing goes out there, and nothing instead.
- Between nine in the evening and eight in the morning nothing goes out but to who wrote in the last hour; it is sent at
  eight. The web chat shows everything at once.
- Nothing is told twice: what is told has a key that is unique in the database.
- What could not be sent is shown to staff with the reason, and sent again by one click or `tawasul messages replay`.
"""
_CHANNELS = {
    ChannelCode.TELEGRAM: "Telegram",
    ChannelCode.WHATSAPP: "WhatsApp",
    ChannelCode.SMS: "SMS",
    ChannelCode.WEBCHAT: "Web chat",
    ChannelCode.CALL_CENTER: "Telephone",
}
_WHERE = {"telegram": "", "webchat": "", "whatsapp": "", "sms": "by SMS: "}


def written(cells: Mapping[Key, Cell]) -> str:
    """The page."""
    return "\n".join([HEAD, *(line for event in _events() for line in _section(event, cells))]) + "\n"


def _events() -> list[str]:
    return list(dict.fromkeys(event for event, _ in told()))


def _section(event: str, cells: Mapping[Key, Cell]) -> Iterator[str]:
    when = HAPPENINGS[WITH_ANOTHER.get(event, event)].when
    yield f"## `{event}`\n\n{when if event not in WITH_ANOTHER else f'Asked after `{WITH_ANOTHER[event]}`'}.\n"
    for audience, who in AUDIENCES.items():
        if (event, audience) in told():
            yield f"To {who}:\n\n| channel | | Arabic | English |\n| --- | --- | --- | --- |"
            yield from filter(None, (_row(event, audience, way, cells) for way in WAYS))
            yield ""


def _row(event: str, audience: str, way: Way, cells: Mapping[Key, Cell]) -> str | None:
    arabic, english = (cells.get((event, audience, language, way)) for language in ("ar", "en"))
    if arabic is None:
        return None
    return (
        f"| {_CHANNELS[way.channel]} | {way.how} | {_shown(arabic, way)} | {_shown(english, way) if english else ''} |"
    )


def _shown(cell: Cell, way: Way) -> str:
    if cell.received:
        return "<br>".join(_message(one, way) for one in cell.received)
    return "nothing: " + ", ".join(f"`{status}` ({(error or '').partition(':')[0]})" for _, status, error in cell.rows)


def _message(one: Received, way: Way) -> str:
    text = one.text.replace("|", "\\|").replace("\n", "<br>")
    where = "" if one.where == way.channel or way.channel == ChannelCode.CALL_CENTER else _WHERE[one.where]
    template = f"`{one.template}`: " if one.template else ""
    return f"{where}{template}{text}{_buttons(one.buttons)}"


def _buttons(titles: Sequence[str]) -> str:
    return "<br>" + " ".join(f"[{title}]" for title in titles) if titles else ""
