"""The chat page in a real browser, as a person handles it."""

from typing import Any

from playwright.async_api import BrowserContext, Locator, Page, expect


class ChatPage:
    """One tab. What goes wrong in it is collected in `faults`, the addresses it asked for in `addresses`."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        self.faults: list[str] = []
        self.addresses: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._said)
        page.on("request", lambda request: self.addresses.append(request.url))
        self.text = page.locator("#text")
        self.theirs = page.locator(".bubble.theirs")
        self.ours = page.locator(".bubble.ours[id]")
        self.typing = page.locator(".typing")
        self.notice = page.locator("#notice")

    @classmethod
    async def opened(cls, context: BrowserContext, url: str, path: str = "/chat") -> "ChatPage":
        chat = cls(await context.new_page(), url)
        await chat.page.goto(url + path)
        return chat

    def _said(self, message: Any) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)

    async def send(self, text: str) -> None:
        await self.text.fill(text)
        await self.text.press("Enter")

    def citizen(self, text: str) -> Locator:
        return self.theirs.filter(has_text=text)

    def line(self, text: str) -> Locator:
        return self.ours.filter(has_text=text)

    def button(self, title: str) -> Locator:
        return self.page.locator(".reply").filter(has_text=title)

    async def is_in_state(self, text: str, state: str) -> None:
        await expect(self.citizen(text)).to_have_attribute("data-state", state)

    async def choose(self, name: str, media_type: str, content: bytes) -> None:
        await self.page.set_input_files("#files", {"name": name, "mimeType": media_type, "buffer": content})

    async def said(self) -> list[str]:
        """All that was said, both sides, in the order in which it is shown."""
        return await self.page.locator(".bubble[data-role] .said").all_inner_texts()
