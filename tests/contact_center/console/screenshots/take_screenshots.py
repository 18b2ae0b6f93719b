"""A picture of each of the console's pages in Arabic and in English, in `docs/images/console`: `make screenshots`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import OpenPage, People
from fastapi import FastAPI
from pages import MISSING, PAGES
from playwright.async_api import Browser, Page, expect
from working_day import Day, fill
from working_desk import NOW

from tests.moved_clock import StoppedClock, clock_stopped

IMAGES = Path(__file__).parents[4] / "docs/images/console"
SETTLED_MS = 700
"""What a page asks for by itself has come by then."""
TALLEST = 1500
"""Pixels of a long page that are shown."""
POTHOLE = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><rect width="640" height="480" fill="#d9cdb8"/>
<path d="M250 0h140l210 480H40z" fill="#5b5d60"/><path d="M314 0h12l14 480h-40z" fill="#e8e3d3" opacity=".7"/>
<ellipse cx="330" cy="300" rx="120" ry="48" fill="#33302c"/><ellipse cx="338" cy="308" rx="92" ry="32" fill="#6d5f4b"/>
</svg>"""


@pytest.fixture
def clock() -> Iterator[StoppedClock]:
    """The clock of the whole application stands."""
    with clock_stopped(NOW) as stopped:
        yield stopped


@pytest.fixture
async def day(clock: StoppedClock, app: FastAPI, people: People, chromium: Browser) -> Day:
    """A console full of work."""
    page = await chromium.new_page(viewport={"width": 640, "height": 480})
    await page.set_content(f"<style>body {{margin: 0}}</style>{POTHOLE}")
    return await fill(app, clock, await page.screenshot())


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_each_page_has_its_picture(day: Day, open_page: OpenPage, language: str) -> None:
    directory = IMAGES / language
    directory.mkdir(parents=True, exist_ok=True)
    await _taken(await open_page(None), f"sign-in?lang={language}", directory / "sign-in.png")
    for who in dict.fromkeys(shown.who for shown in PAGES):
        page = await open_page(who, forgiving=True)  # one of the pages is an error's
        if language == "en":
            await page.get_by_role("button", name="English").click()
        for shown in PAGES:
            if shown.who == who:
                await _taken(page, shown.address.format(**day.addresses), directory / f"{shown.name}.png")


async def _taken(page: Page, address: str, file: Path) -> None:
    answer = await page.goto(f"/console/{address}")
    assert answer is not None
    assert answer.status == (404 if address == MISSING else 200), address
    await expect(page.locator(".to-come")).to_have_count(0)
    await page.evaluate("document.fonts.ready")
    await page.wait_for_timeout(SETTLED_MS)
    assert await page.locator("h1").first.is_visible()
    height = min(await page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    await page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": 1366, "height": max(height, 768)})
