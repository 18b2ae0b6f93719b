"""A person with a phone: what they send becomes updates, what the bot sends they hear."""

import asyncio
import itertools
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.uploads import Received

if TYPE_CHECKING:
    from tests.fakes.telegram.server import TelegramServer

_ids = itertools.count(5_000_000_001)


@dataclass
class Heard:
    """A message of the bot's; with a file, `text` is its caption.

    `buttons`: title → token, in order; "" for a key that only says its title.
    """

    message_id: int
    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    file: Received | None = None


class Citizen:
    """A person in a private chat with the bot. Each thing they do returns its update."""

    def __init__(
        self, server: "TelegramServer", name: str, *, id: int | None = None, phone: str | None = None,
        started: bool = True, language: str = "ar",
    ) -> None:  # fmt: skip
        self.id = id or next(_ids)
        self.phone = phone
        self.started = started
        self.blocked = False
        self.typing_seen = 0
        self.heard: list[Heard] = []
        self.keyboard: dict[str, str] = {}
        """What stands in the place of the letters: title → `location`, `contact` or ""."""
        self.turn = asyncio.Lock()
        first, _, last = name.partition(" ")
        self.user = {"id": self.id, "is_bot": False, "first_name": first, "language_code": language}
        self.chat = {"id": self.id, "first_name": first, "type": "private"}
        if last:
            self.user["last_name"] = self.chat["last_name"] = last
        self._server = server
        self._unheard: asyncio.Queue[Heard] = asyncio.Queue()

    # Speaking

    async def says(self, text: str) -> dict[str, Any]:
        """Send words; a line that begins with a slash is marked as a command, as the app does."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[:1] == "/" else None
        return self.sends(text=text, **({"entities": entities} if entities else {}))

    async def sends_photo(self, content: bytes, caption: str | None = None) -> dict[str, Any]:
        """Send a photo: Telegram makes it into several sizes, smallest first."""
        sizes = [
            {"file_id": file_id, "file_unique_id": file_id[-8:], "width": w, "height": h, "file_size": size}
            for w, h, file_id, size in (
                (90, 67, self._store(content[:100], "s.jpg", "image/jpeg"), min(len(content), 100)),
                (1280, 960, self._store(content, "y.jpg", "image/jpeg"), len(content)),
            )
        ]
        return self.sends(photo=sizes, **_caption(caption))

    async def sends_voice(self, content: bytes, seconds: int = 3) -> dict[str, Any]:
        """Send a voice note."""
        return self.sends(voice=self._file(content, "v.oga", "audio/ogg") | {"duration": seconds})

    async def sends_video(self, content: bytes, caption: str | None = None) -> dict[str, Any]:
        """Send a video."""
        video = self._file(content, "v.mp4", "video/mp4") | {"duration": 5, "width": 640, "height": 480}
        return self.sends(video=video, **_caption(caption))

    async def sends_document(
        self, content: bytes, name: str, media_type: str, caption: str | None = None, size: int | None = None
    ) -> dict[str, Any]:
        """Send a file; `size` tells a larger one than `content`."""
        document = self._file(content, name, media_type, size) | {"file_name": name}
        return self.sends(document=document, **_caption(caption))

    async def sends_location(self, lat: float, lon: float, place: str | None = None) -> dict[str, Any]:
        """Share a pin, or a known place."""
        location = {"latitude": lat, "longitude": lon}
        venue = {"venue": {"location": location, "title": place, "address": "المنامة"}} if place else {}
        return self.sends(location=location, **venue)

    async def sends_contact(self, phone: str | None = None, name: str = "مريم") -> dict[str, Any]:
        """Share a contact card; without `phone`, their own number."""
        own = {"user_id": self.id} if phone is None else {}
        return self.sends(contact={"phone_number": phone or self.phone, "first_name": name, **own})

    async def sends_sticker(self) -> dict[str, Any]:
        """Send a sticker."""
        sticker = self._file(b"RIFF", "s.webp", "image/webp")
        sticker |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.sends(sticker=sticker)

    async def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """Edit the words of a message sent before."""
        message = {key: value for key, value in update["message"].items() if key not in ("text", "caption")}
        words = "caption" if {"photo", "video", "document"} & message.keys() else "text"
        return self._publish("edited_message", message | {"edit_date": int(time.time()), words: text})

    async def presses(self, title: str) -> dict[str, Any]:
        """Press the button with this title on the newest message that has one."""
        heard = next((heard for heard in reversed(self.heard) if title in heard.buttons), None)
        if heard is None:
            seen = [list(heard.buttons) for heard in self.heard]
            raise AssertionError(f"there is no button «{title}» among {seen}")
        if not heard.buttons[title]:
            return await self.says(title)
        query = secrets.token_hex(8)
        self._server.open_queries.add(query)
        message = {"message_id": heard.message_id, "date": int(time.time()), "chat": self.chat, "text": heard.text}
        content = {"id": query, "from": self.user, "chat_instance": "1", "data": heard.buttons[title]}
        return self._publish("callback_query", content | {"message": message | {"from": self._server.bot_user}})

    def sends(self, **content: Any) -> dict[str, Any]:
        """Send a message with any content."""
        self.started = True
        message_id = self._server.next_message_id()
        base = {"message_id": message_id, "date": int(time.time()), "chat": self.chat, "from": self.user}
        return self._publish("message", base | content)

    # Listening

    async def hears(self, timeout: float = 20) -> Heard:
        """The bot's next message, in the order in which they came. Raises `TimeoutError`."""
        return await asyncio.wait_for(self._unheard.get(), timeout)

    async def hears_nothing(self, seconds: float = 0.5) -> None:
        """Fail if the bot writes within this time."""
        try:
            heard = await self.hears(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"the bot wrote «{heard.text}»")

    def blocks_the_bot(self) -> None:
        """Block the bot, as a person does in the app's menu."""
        self.blocked = True
        member = {"user": self._server.bot_user}
        change = {"chat": self.chat, "from": self.user, "date": int(time.time())}
        old, new = member | {"status": "member"}, member | {"status": "kicked", "until_date": 0}
        self._publish("my_chat_member", change | {"old_chat_member": old, "new_chat_member": new})

    def take(self, message: dict[str, Any], file: Received | None = None) -> None:
        """A message of the bot's has arrived on the phone."""
        markup = message.get("reply_markup", {})
        buttons = {key["text"]: key["callback_data"] for row in markup.get("inline_keyboard", []) for key in row}
        if "keyboard" in markup or "remove_keyboard" in markup:
            self.keyboard = {key["text"]: _asked_for(key) for row in markup.get("keyboard", []) for key in row}
            buttons |= {title: "" for title, asked in self.keyboard.items() if not asked}
        heard = Heard(message["message_id"], message.get("text") or message.get("caption", ""), buttons, file)
        self.heard.append(heard)
        self._unheard.put_nowait(heard)

    def _publish(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        return self._server.publish(kind, content)

    def _store(self, content: bytes, name: str, media_type: str, size: int | None = None) -> str:
        return self._server.store_file(content, name, media_type, size)

    def _file(self, content: bytes, name: str, media_type: str, size: int | None = None) -> dict[str, Any]:
        file_id = self._store(content, name, media_type, size)
        told = len(content) if size is None else size
        return {"file_id": file_id, "file_unique_id": file_id[-8:], "file_size": told, "mime_type": media_type}


def _asked_for(key: dict[str, Any]) -> str:
    return next((kind for kind in ("location", "contact") if key.get(f"request_{kind}")), "")


def _caption(caption: str | None) -> dict[str, str]:
    return {"caption": caption} if caption else {}
