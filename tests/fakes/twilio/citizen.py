"""A person with a telephone: what they send is posted to our webhook, what we send they hear."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.fakes.twilio.content import Shown
from tests.fakes.twilio.media import Fetched

if TYPE_CHECKING:
    from tests.fakes.twilio.server import TwilioServer

MESSAGES_PATH = "/webhooks/twilio/messages"


@dataclass
class Heard:
    """A message of ours as the telephone shows it. `buttons`: title → token, in order."""

    sid: str
    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    template_sid: str | None = None
    files: list[Fetched] = field(default_factory=list)


class Citizen:
    """A person on WhatsApp or SMS. Each thing they do returns the form that was posted."""

    def __init__(self, server: "TwilioServer", phone: str, channel: str, name: str) -> None:
        self.phone, self.channel, self.name = phone, channel, name
        self.address = f"whatsapp:{phone}" if channel == "whatsapp" else phone
        self.opted_out = False
        self.heard: list[Heard] = []
        self._server = server
        self._wrote_at: datetime | None = None
        self._unheard: asyncio.Queue[Heard] = asyncio.Queue()
        self._turn = asyncio.Lock()

    # Speaking

    async def says(self, text: str) -> dict[str, str]:
        """Send words."""
        return self.sends(Body=text)

    async def sends_photo(self, content: bytes, caption: str = "") -> dict[str, str]:
        """Send a photo."""
        return self._sends_media("image", content, "image/jpeg", caption)

    async def sends_voice(self, content: bytes) -> dict[str, str]:
        """Send a voice note."""
        return self._sends_media("audio", content, "audio/ogg")

    async def sends_video(self, content: bytes, caption: str = "") -> dict[str, str]:
        """Send a video."""
        return self._sends_media("video", content, "video/mp4", caption)

    async def sends_document(self, content: bytes, name: str, media_type: str) -> dict[str, str]:
        """Send a file: WhatsApp gives its name as the text."""
        return self._sends_media("document", content, media_type, name)

    async def sends_location(self, lat: float, lon: float, place: str | None = None) -> dict[str, str]:
        """Share a pin, or a known place."""
        named = {"Label": place, "Address": "المنامة"} if place else {}
        return self.sends("location", Latitude=str(lat), Longitude=str(lon), Body="", **named)

    async def sends_contact(self, phone: str | None = None, name: str = "مريم") -> dict[str, str]:
        """Share a contact card; without `phone`, their own number."""
        number = phone or self.phone
        waid = f";waid={number.removeprefix('+')}" if self.channel == "whatsapp" else ""
        card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;type=CELL{waid}:{number}\r\nEND:VCARD\r\n"
        return self._sends_media("contacts", card.encode(), "text/vcard")

    async def sends_sticker(self) -> dict[str, str]:
        """Send a sticker."""
        return self._sends_media("sticker", b"RIFF\x00\x00\x00\x00WEBP", "image/webp")

    async def presses(self, title: str) -> dict[str, str]:
        """Press the button, or choose the list's item, on the newest message that has it."""
        heard = next((heard for heard in reversed(self.heard) if title in heard.buttons), None)
        if heard is None:
            seen = [list(heard.buttons) for heard in self.heard]
            raise AssertionError(f"there is no button «{title}» among {seen}")
        token = heard.buttons[title]
        context = {"OriginalRepliedMessageSid": heard.sid, "OriginalRepliedMessageSender": self.our_address}
        if len(heard.buttons) <= 3:
            return self.sends("button", Body=title, ButtonText=title, ButtonPayload=token, **context)
        return self.sends("interactive", Body=title, ListTitle=title, ListId=token, **context)

    def opts_out(self) -> None:
        """Send STOP: Twilio answers it, and takes no more messages for this person."""
        self.opted_out = True
        self.sends(Body="STOP", OptOutType="STOP")

    def sends(self, message_type: str = "text", **fields: str) -> dict[str, str]:
        """Send a message with any fields."""
        self._wrote_at = self._server.now()
        form = self._envelope("SM" + secrets.token_hex(16)) | {"NumMedia": "0"} | fields
        if self.channel == "whatsapp":
            form |= {"MessageType": message_type}
        self._server.later(self._post(form))
        return form

    # Listening

    async def hears(self, timeout: float = 20) -> Heard:
        """Our next message, in the order in which they came. Raises `TimeoutError`."""
        return await asyncio.wait_for(self._unheard.get(), timeout)

    async def hears_nothing(self, seconds: float = 0.5) -> None:
        """Fail if we write within this time."""
        try:
            heard = await self.hears(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"there came «{heard.text}»")

    def take(self, sid: str, content: Shown, files: list[Fetched]) -> None:
        """A message of ours has arrived on the telephone."""
        heard = Heard(sid, content.text, content.buttons, content.template_sid, files)
        self.heard.append(heard)
        self._unheard.put_nowait(heard)

    def window_open(self, now: datetime, window: timedelta) -> bool:
        """Whether the person has written recently enough to be answered freely."""
        return self._wrote_at is not None and now - self._wrote_at < window

    @property
    def our_address(self) -> str:
        """The number that this person writes to."""
        server = self._server
        return f"whatsapp:{server.whatsapp_number}" if self.channel == "whatsapp" else server.sms_number

    async def _post(self, form: dict[str, str]) -> None:
        # One after the other; Twilio tries once more where nothing answers, and then gives up.
        async with self._turn:
            status, _ = await self._server.post(MESSAGES_PATH, form)
            if status == 0:
                await self._server.post(MESSAGES_PATH, form)

    def _sends_media(self, message_type: str, content: bytes, media_type: str, body: str = "") -> dict[str, str]:
        url = self._server.store_media("MM" + secrets.token_hex(16), content, media_type)
        return self.sends(message_type, Body=body, NumMedia="1", MediaUrl0=url, MediaContentType0=media_type)

    def _envelope(self, sid: str) -> dict[str, str]:
        form = {
            "MessageSid": sid, "SmsMessageSid": sid, "SmsSid": sid, "AccountSid": self._server.account_sid,
            "From": self.address, "To": self.our_address, "SmsStatus": "received", "NumSegments": "1",
            "ApiVersion": "2010-04-01", "Body": "",
        }  # fmt: skip
        if self.channel == "whatsapp":
            form |= {"ProfileName": self.name, "WaId": self.phone.removeprefix("+")}
        else:
            form |= {"FromCountry": "BH", "FromCity": "", "FromZip": "", "ToCountry": "BH"}
        return form
