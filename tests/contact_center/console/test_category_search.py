"""Finding a category beside a call: the assistant's understanding and the catalogue's words, one without the other."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from desk import OpenPage, Visit
from fastapi import FastAPI
from playwright.async_api import Page, expect
from playwright.async_api import Route as BrowserRoute
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from contact_center.agencies.catalogue import catalogue
from contact_center.console.category_search import ASSISTANT_SECONDS, MOST, ranked
from contact_center.conversations.dialogue import Assistant
from tests.fakes.serving import serve


@asynccontextmanager
async def understanding(
    app: FastAPI, guesses: dict[str, float], status: int = 200, until: asyncio.Event | None = None
) -> AsyncIterator[list[str]]:
    """The application beside an assistant that takes any words for `guesses`, once `until` is set (None: at once);
    what it was asked."""
    asked: list[str] = []

    async def categories(request: Request) -> Response:
        asked.append((await request.json())["text"])
        if until:
            await until.wait()
        told = [{"code": code, "confidence": share} for code, share in guesses.items()]
        return JSONResponse({"categories": told}, status)

    async with serve(Starlette(routes=[Route("/webhooks/gateway/categories", categories, methods=["POST"])])) as url:
        before, app.state.assistant = app.state.assistant, Assistant(url, "token")
        yield asked
        await app.state.assistant.close()
        app.state.assistant = before


async def found(visit: Visit, typed: str, language: str = "ar") -> dict[str, Any]:
    amal = await visit("amal")
    if language == "en":
        await amal.post("/console/language", data={"language": "en"})
    answer = await amal.get("/console/choices/categories", params={"q": typed})
    assert answer.status_code == 200
    return dict(answer.json())


async def test_the_assistant_knows_what_the_catalogue_does_not_say(app: FastAPI, visit: Visit) -> None:
    async with understanding(app, {"power.street-light": 0.97, "mun.park": 0.021, "road.sign": 0.001}) as asked:
        told = await found(visit, "ليتات")
    assert asked == ["ليتات"]
    assert [option["value"] for option in told["options"]] == ["power.street-light", "mun.park"]
    assert told["options"][0]["label"] == "إنارة الشوارع"
    assert told["options"][0]["note"] == "هيئة الكهرباء والماء"
    assert told["assistant"] is True


async def test_names_come_in_the_readers_language_and_what_is_unknown_is_left_out(app: FastAPI, visit: Visit) -> None:
    async with understanding(app, {"none": 0.9, "gone.category": 0.05, "waste.collection": 0.4}):
        told = await found(visit, "zbala", "en")
    assert told["options"][0]["label"] == "Missed rubbish collection"
    assert {"none", "gone.category"}.isdisjoint(option["value"] for option in told["options"])


@pytest.mark.parametrize("trouble", ["away", "failing", "silent"])
async def test_without_the_assistant_the_words_alone_are_used_and_soon(
    app: FastAPI, visit: Visit, trouble: str
) -> None:
    amal = await visit("amal")
    silence = asyncio.Event() if trouble == "silent" else None
    async with AsyncExitStack() as stack:
        if trouble != "away":
            await stack.enter_async_context(understanding(app, {"road.sign": 1.0}, status=503, until=silence))
        asked = time.monotonic()
        told = (await amal.get("/console/choices/categories", params={"q": "انارة"})).json()
        assert time.monotonic() - asked < 5 * ASSISTANT_SECONDS
        if silence:
            silence.set()
    assert told["options"][0]["value"] == "power.street-light"
    assert told["assistant"] is False


async def test_nothing_typed_asks_nobody(app: FastAPI, visit: Visit) -> None:
    async with understanding(app, {"road.sign": 1.0}) as asked:
        assert (await found(visit, "  "))["options"] == []
    assert asked == []


def test_words_and_assistant_together_say_most_and_no_more_than_can_be_read() -> None:
    known = catalogue()
    order = ranked(
        known, {"road.sign": 0.6, "road.pothole": 1.5}, {"road.sign": 0.7, "water.leak": 0.9, "road.hump": 0.01}
    )
    assert order == ["road.pothole", "road.sign", "water.leak"]
    assert MOST < 10


@pytest.fixture
async def call_page(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Page:
    """An agent's page of a call, while nothing is too slow to be waited for."""
    monkeypatch.setattr("contact_center.api.calls.ANSWER_SECONDS", 60)  # no worker is here to keep what is chosen
    monkeypatch.setattr("contact_center.console.category_search.ASSISTANT_SECONDS", 60)
    page = await open_page("amal")
    await page.keyboard.press("n")
    await page.wait_for_url("**/calls/new")
    await page.keyboard.type("39123456")
    return page


async def test_who_types_faster_than_the_answer_comes_gets_the_first_that_it_brings(
    call_page: Page, app: FastAPI
) -> None:
    page = call_page
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/calls/*-*")  # loaded, its scripts too
    field, options = page.locator("#field-category"), page.locator("#field-category-list")
    answer = asyncio.Event()
    async with understanding(app, {"power.street-light": 0.9, "road.sign": 0.3}, until=answer):
        await field.focus()
        await page.keyboard.insert_text("ليتات")
        await expect(options).to_have_text("يبحث…")
        await page.keyboard.press("Enter")
        answer.set()
        await expect(field).to_have_value("إنارة الشوارع")
        await expect(options).to_be_hidden()
        await expect(field).to_have_attribute("aria-expanded", "false")
        await page.keyboard.press("Control+a")
        await page.keyboard.insert_text("ليتات")
        await expect(options.get_by_role("option")).to_have_count(2)
        await page.keyboard.press("ArrowDown")
        await expect(field).to_have_attribute("aria-activedescendant", "field-category-list-1")
        await page.keyboard.press("Escape")
        await expect(field).to_have_value("إنارة الشوارع")
        await page.keyboard.press("Control+a")
        await page.keyboard.insert_text("خرابيط")
        await page.keyboard.press("Escape")
        await expect(field).to_have_value("إنارة الشوارع")


async def test_enter_counts_though_the_catalogue_itself_comes_later(call_page: Page, app: FastAPI) -> None:
    page, arrived = call_page, asyncio.Event()

    async def late(route: BrowserRoute) -> None:
        await arrived.wait()
        await route.continue_()

    await page.route("**/console/choices", late)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/calls/*-*")
    field, options = page.locator("#field-category"), page.locator("#field-category-list")
    answer = asyncio.Event()
    async with understanding(app, {"power.street-light": 0.9}, until=answer):
        await field.focus()
        await page.keyboard.insert_text("ليتات")
        await expect(options).to_have_text("يبحث…")
        await page.keyboard.press("Enter")
        async with page.expect_response("**/console/choices"):
            arrived.set()
        answer.set()
        await expect(field).to_have_value("إنارة الشوارع")
        await expect(options).to_be_hidden()
