"""A real Chromium, and two people in front of it: a citizen in the chat page and an agent in the console."""

import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.e2e.system import System
from tests.e2e.web_citizen import Heard

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
SCREENSHOTS = "SCREENSHOTS_DIR"
"""Where pictures are saved; named in the environment, else nowhere."""

POTHOLE = """
<body style="margin:0"><svg viewBox="0 0 640 480" width="640" height="480">
  <rect width="640" height="480" fill="#8f8c87"/><rect width="640" height="120" fill="#c9b99a"/>
  <rect y="120" width="640" height="26" fill="#d8d4cc"/><path d="M0 330 640 300" stroke="#efece4" stroke-width="10"
  stroke-dasharray="90 60"/><path d="M180 250 260 205 390 210 470 262 430 330 300 350 205 318z" fill="#5a544c"/>
  <path d="M215 262 275 228 380 232 435 268 405 312 300 326 232 302z" fill="#3a3631"/>
  <path d="M255 285q50-22 130 2-20 30-80 28z" fill="#6b7d86"/></svg></body>
"""

LAG_SECONDS = 1.0
"""How long it may take until what is sent stands on a page."""


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The machine's Chromium. Raises `AssertionError` where there is none: a test that needs it must not pass."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, f"a browser is needed: none of {', '.join(NAMES)} is installed"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def save_picture(page: Page, name: str) -> None:
    """Save what the page shows as `name`, where the environment says that pictures are wanted."""
    if directory := os.environ.get(SCREENSHOTS):
        await page.screenshot(path=Path(directory) / name, animations="disabled")


async def photo_of_a_pothole(browser: Browser) -> bytes:
    """A JPEG, drawn."""
    page = await browser.new_page(viewport={"width": 640, "height": 480})
    await page.set_content(POTHOLE)
    content = await page.screenshot(type="jpeg", quality=80)
    await page.close()
    return content


async def signs_in(page: Page, system: System) -> None:
    """Sign in to the console as its first administrator, by keyboard."""
    name, password = system.admin
    await page.goto(f"{system.url}/console")
    await page.wait_for_selector("#username:focus")
    await page.keyboard.insert_text(name)
    await page.keyboard.press("Tab")
    await page.keyboard.insert_text(password)
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[data-key=n]")
    await page.wait_for_load_state("load")  # and listens to keys


async def _appears(element: Locator, seconds: float) -> None:
    try:
        await element.wait_for(timeout=seconds * 1000)
    except PlaywrightTimeout as error:
        raise TimeoutError from error


class ChatPage:
    """A citizen with the chat page on their phone."""

    lag = LAG_SECONDS

    def __init__(self, page: Page) -> None:
        self.page = page
        self._heard = 0

    async def says(self, text: str) -> None:
        """Type, and send."""
        await self.page.locator("#text").fill(text)
        await self.page.locator("#send").click()

    async def presses(self, title: str) -> None:
        """Press a quick reply that is still open."""
        await self.page.locator(".reply:enabled", has_text=title).last.click()

    async def sends_photo(self, content: bytes) -> None:
        """Choose a photo from the phone, and send it."""
        file = {"name": "IMG_0231.jpg", "mimeType": "image/jpeg", "buffer": content}
        await self.page.locator("#files").set_input_files([file])  # type: ignore[list-item]
        await self.page.locator("#send").click()

    async def hears(self, timeout: float = 20) -> Heard:
        """The next bubble of ours, and the quick replies that are open. Raises `TimeoutError`."""
        bubbles = self.page.locator(".bubble.ours[id^=line-]")
        await _appears(bubbles.nth(self._heard), timeout)
        text = await bubbles.nth(self._heard).locator(".said").inner_text()
        self._heard += 1
        titles = await self.page.locator(".reply:enabled[data-payload]").all_inner_texts()
        return Heard(text, dict.fromkeys(titles, ""))

    async def conversation(self) -> str:
        """The id of this browser's conversation."""
        return str(await self.page.evaluate("JSON.parse(localStorage.getItem('tawasul.chat.session')).conversation"))


class CallPage:
    """An agent on a call, who uses the keyboard only."""

    lag = LAG_SECONDS

    def __init__(self, page: Page) -> None:
        self.page = page
        self._heard = 0

    async def says(self, text: str) -> None:
        """Type what the caller says."""
        await self.page.keyboard.insert_text(text)
        await self.page.keyboard.press("Enter")

    async def presses(self, title: str) -> None:
        """Choose a quick reply by its number."""
        titles = await self._replies()
        await self.page.keyboard.press(str(titles.index(title) + 1))

    async def hears(self, timeout: float = 20) -> Heard:
        """The assistant's next line, and the quick replies below it. Raises `TimeoutError`."""
        lines = self.page.locator("#log .said.by-assistant")
        await _appears(lines.nth(self._heard), timeout)
        text = await lines.nth(self._heard).locator(".words").inner_text()
        self._heard += 1
        return Heard(text, dict.fromkeys(await self._replies(), ""))

    @property
    def conversation(self) -> str:
        """The call's id."""
        return self.page.url.rsplit("/", 1)[-1]

    async def _replies(self) -> list[str]:
        script = "group => [...group.querySelectorAll('button')].map(button => button.lastChild.textContent.trim())"
        return list(await self.page.locator("#replies").evaluate(script))
