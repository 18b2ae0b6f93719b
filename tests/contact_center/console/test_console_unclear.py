"""What the assistant did not understand: who looks at it, what they choose, and what becomes of it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from desk import OVERFLOW, OpenPage, Visit
from playwright.async_api import expect
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.database import Database
from contact_center.understanding.models import ReviewItem
from contact_center.understanding.service import Routing, remember_message, remember_move

GUESSES = {
    "intents": [{"name": "make_inquiry", "confidence": 0.41}, {"name": "report_complaint", "confidence": 0.38}],
    "categories": [{"code": "road.pothole", "confidence": 0.52}, {"code": "road.hump", "confidence": 0.2}],
}
GREETING = {"intents": [{"name": "greet", "confidence": 0.3}], "categories": []}


async def remember(database: Database, *texts: str, guesses: dict[str, Any] = GUESSES) -> list[int]:
    async with database.transaction() as session:
        for text in texts:
            known: dict[str, Any] = {"channel": "sms", "names": ["مريم"], "about": "intent", "guesses": guesses}
            await remember_message(session, uuid4(), text, **known)
    return [item.id for item in await items(database)]


async def items(database: Database) -> Sequence[ReviewItem]:
    async with database.transaction() as session:
        return list(await session.scalars(select(ReviewItem).order_by(ReviewItem.id)))


async def test_texts_are_listed_with_what_was_guessed_and_nothing_personal(visit: Visit, database: Database) -> None:
    await remember(database, "انا مريم والنقرة عودة رقمي 39123456")
    async with database.transaction() as session:
        before, after = Routing("road.pothole", "works"), Routing("water.leak", "ewa")
        await remember_move(session, uuid4(), "ماي في الشارع", channel="telegram", names=[], before=before, after=after)
    for who in ("adel", "zain"):
        text = (await (await visit(who)).get("/console/unclear")).text
        for shown in ("استفسار", "٤١٪", "حفر وتكسر في الشارع", "٥٢٪", "ماي في الشارع", "تسرب ماء", "نقلها الموظفون"):
            assert shown in text, (who, shown)
        assert "39123456" not in text
        assert "مريم" not in text


async def test_a_meaning_is_chosen_and_the_next_one_follows(visit: Visit, database: Database) -> None:
    older, newer = await remember(database, "الأولى غير واضحة", "الثانية غير واضحة")
    adel = await visit("adel")
    page = (await adel.get(f"/console/unclear/{newer}")).text
    assert '<option value="make_inquiry" selected>' in page
    assert '<option value="road.pothole" selected>' in page
    chosen = {"intent": "report_complaint", "category": "road.hump"}
    answer = await adel.post(f"/console/unclear/{newer}", data=chosen)
    assert answer.headers["location"] == f"/console/unclear/{older}"
    answer = await adel.post(f"/console/unclear/{older}", data={"intent": "greet", "category": ""})
    assert answer.headers["location"] == "/console/unclear?done=chosen"
    kept = await items(database)
    assert [item.status for item in kept] == ["chosen", "chosen"]
    assert [item.labels["chosen"] for item in kept] == [{"intent": "greet", "category": None}, chosen]
    listed = (await adel.get("/console/unclear?which=chosen")).text
    assert "شكوى · مطبات ومرتفعات تهدئة السرعة" in listed
    assert "tawasul nlu review --export" in listed
    async with database.transaction() as session:
        trail = await session.scalars(select(AuditEntry).where(AuditEntry.action == "unclear.choose"))
        assert [(entry.actor, entry.subject) for entry in trail] == [
            ("account:adel", str(one)) for one in (newer, older)
        ]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"intent": "greet", "category": "road.hump"}, "المطلوب والموضوع لا يجتمعان"),
        ({"intent": "report_complaint", "category": ""}, "المطلوب والموضوع لا يجتمعان"),
        ({"intent": "sing"}, "اختر ما كان المطلوب"),
    ],
)
async def test_what_does_not_go_together_is_said_and_stays_to_be_mended(
    visit: Visit, database: Database, chosen: dict[str, str], said: str
) -> None:
    (one,) = await remember(database, "غير واضحة")
    answer = await (await visit("adel")).post(f"/console/unclear/{one}", data=chosen)
    assert answer.status_code == 422
    assert said in answer.text
    if chosen["intent"] == "greet":
        assert '<option value="greet" selected>' in answer.text
        assert '<option value="road.hump" selected>' in answer.text
    assert [item.status for item in await items(database)] == ["waiting"]


async def test_what_nothing_is_learnt_from_is_dropped(visit: Visit, database: Database) -> None:
    (one,) = await remember(database, "هههههه", guesses=GREETING)
    adel = await visit("adel")
    assert (await adel.post(f"/console/unclear/{one}/dismiss")).headers["location"].endswith("done=dismissed")
    assert await items(database) == []
    assert (await adel.get(f"/console/unclear/{one}")).status_code == 404
    assert "لا شيء ينتظر المراجعة" in (await adel.get("/console/unclear")).text


async def test_an_auditor_looks_only(visit: Visit, database: Database) -> None:
    (one,) = await remember(database, "غير واضحة")
    zain = await visit("zain")
    page = await zain.get(f"/console/unclear/{one}")
    assert page.status_code == 200
    assert f'action="/console/unclear/{one}' not in page.text
    assert (await zain.post(f"/console/unclear/{one}", data={"intent": "greet"})).status_code == 403
    assert (await zain.post(f"/console/unclear/{one}/dismiss")).status_code == 403


async def test_older_ones_are_on_the_next_page(
    visit: Visit, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contact_center.console.routes.unclear.PAGE", 2)
    await remember(database, "كلام أول", "كلام ثاني", "كلام ثالث")
    adel = await visit("adel")
    first = (await adel.get("/console/unclear")).text
    assert "كلام ثالث" in first
    assert "كلام أول" not in first
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = (await adel.get(following)).text
    assert "كلام أول" in second
    assert 'rel="next"' not in second


async def test_a_whole_pile_is_looked_through_by_keyboard(open_page: OpenPage, database: Database) -> None:
    await remember(database, "متى تفتح البلدية يعني", "السلام")
    page = await open_page("adel")
    await page.goto("/console/unclear")
    assert await page.evaluate(OVERFLOW) == 0
    if directory := os.environ.get("SCREENSHOTS_DIR"):
        await page.screenshot(path=Path(directory) / "unclear.png")
    await page.get_by_role("link", name="السلام").focus()
    await page.keyboard.press("Enter")
    intent = page.get_by_label("ما المطلوب")
    await expect(intent).to_be_focused()
    if directory := os.environ.get("SCREENSHOTS_DIR"):
        await page.screenshot(path=Path(directory) / "unclear-item.png")
    await page.keyboard.press("Home")
    while await intent.input_value() != "greet":
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Home")
    await expect(page.get_by_label("عن ماذا")).to_have_value("")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("متى تفتح البلدية يعني")).to_be_visible()
    await expect(intent).to_have_value("make_inquiry")
    assert await page.evaluate(OVERFLOW) == 0
