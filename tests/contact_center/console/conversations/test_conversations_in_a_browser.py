"""Conversations in real browsers: two agents and a citizen in the web chat at once."""

from pathlib import Path

import pytest
from desk import OVERFLOW, PNG, OpenPage
from playwright.async_api import Browser, Page, expect
from sqlalchemy import select
from talks import GREETING, wants_somebody

from contact_center.canned_replies.models import CannedReply
from contact_center.channels.base import ChannelCode
from contact_center.conversations import handoff
from contact_center.conversations.models import Conversation
from contact_center.database import Database

HOME = "/console/conversations"
SOON = 3_000
"""Milliseconds."""


async def chatting(chromium: Browser, address: str) -> Page:
    """A citizen's browser in the web chat."""
    context = await chromium.new_context(base_url=address, locale="ar", viewport={"width": 390, "height": 780})
    page = await context.new_page()
    await page.goto("/chat")
    return page


async def writes(citizen: Page, text: str) -> None:
    await citizen.get_by_role("textbox").fill(text)
    await citizen.keyboard.press("Enter")


async def asks_for_somebody(database: Database) -> Conversation:
    """The assistant notes that the one in the web chat wants a human being."""
    async with database.transaction() as session:
        (talk,) = await session.scalars(select(Conversation).where(Conversation.channel == ChannelCode.WEBCHAT))
        await handoff.request(session, talk.id, "request", language="ar", source_message_id="m1")
    return talk


@pytest.mark.usefixtures("there", "worker")
async def test_a_citizen_is_served_by_one_of_two_agents_by_keyboard(
    open_page: OpenPage, chromium: Browser, address: str, database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as session:
        words = {"text_ar": "هلا {name} شلون أساعدك؟", "text_en": "Hello {name}"}
        session.add(CannedReply(code="hello", title_ar="ترحيب", title_en="Welcome", **words))
        session.add(CannedReply(code="wait", title_ar="انتظار", title_en="Wait", text_ar="لحظة", text_en="A moment"))
    amal, adel = await open_page("amal", forgiving=True), await open_page("adel")
    for page in (amal, adel):
        await page.goto(HOME)
        await expect(page.get_by_text("لا أحد ينتظر الآن.")).to_be_visible()
    citizen = await chatting(chromium, address)
    await writes(citizen, "ابي أكلم موظف")
    await expect(citizen.get_by_text(GREETING)).to_be_visible()
    talk = await asks_for_somebody(database)

    # Both desks hear of it; Amal takes whoever has waited longest, without the mouse.
    for page in (amal, adel):
        await expect(page.get_by_role("rowheader")).to_contain_text("محادثة الموقع", timeout=SOON)
        await expect(page.get_by_role("link", name="المحادثات ١")).to_be_visible(timeout=SOON)
    await amal.keyboard.press("t")
    await amal.wait_for_url(f"**{HOME}/{talk.id}")
    reply = amal.get_by_label("ردك")
    await expect(reply).to_be_focused()
    await expect(amal.get_by_role("list", name="المحادثة")).to_contain_text("ابي أكلم موظف")
    await expect(citizen.get_by_text("معاك Amal من مركز الاتصال")).to_be_visible(timeout=SOON)

    # Adel reads along, sees who has it, and has nothing to write in.
    await expect(adel.get_by_role("cell", name="Amal")).to_be_visible(timeout=SOON)
    await adel.get_by_role("rowheader").get_by_role("link").click()
    await expect(adel.get_by_text("هذه المحادثة مع Amal")).to_be_visible()
    await expect(adel.get_by_label("ردك")).to_be_hidden()
    await expect(adel.get_by_role("combobox", name="المنطقة")).to_be_disabled()

    # A canned reply is found by typing, and sent.
    await amal.keyboard.type("/تر")
    await expect(amal.locator("#canned [role=option]")).to_have_count(1)
    await amal.keyboard.press("Enter")
    await expect(reply).to_have_value("هلا شلون أساعدك؟")
    await amal.keyboard.press("Enter")
    await expect(citizen.get_by_text("هلا شلون أساعدك؟")).to_be_visible(timeout=SOON)
    for page in (amal, adel):
        await expect(page.locator(".by-agent").last).to_contain_text("أُرسلت", timeout=SOON)
    await writes(citizen, "في حفرة كبيرة")
    for page in (amal, adel):
        await expect(page.locator(".by-citizen").last).to_contain_text("في حفرة كبيرة", timeout=SOON)

    # What cannot be sent is said; then a photo, a note that the citizen does not see, and the form.
    photo, program = tmp_path / "a.png", tmp_path / "a.exe"
    photo.write_bytes(PNG)
    program.write_bytes(b"MZ" + bytes(100))
    await amal.get_by_label("صور", exact=True).set_input_files(program)
    await reply.fill("هذي الصورة")
    await reply.press("Alt+t")
    await reply.press("Enter")
    await expect(amal.get_by_text("أحد الملفات فارغ")).to_be_visible(timeout=SOON)
    await expect(reply).to_have_value("هذي الصورة")
    await amal.get_by_label("صور", exact=True).set_input_files(photo)
    await reply.press("Enter")
    await expect(citizen.locator("img[src*='/chat/files/'], img[src^='blob:']")).to_have_count(1, timeout=SOON)
    await amal.keyboard.press("Alt+o")
    await amal.keyboard.type("يحتاج متابعة")
    await amal.keyboard.press("Tab")
    await amal.keyboard.press("Enter")
    await expect(adel.locator(".by-note")).to_contain_text("يحتاج متابعة", timeout=SOON)
    await expect(citizen.get_by_text("يحتاج متابعة")).to_have_count(0)
    await amal.get_by_label("المجمع").fill("745")
    await amal.keyboard.press("Enter")
    await expect(amal.get_by_text("حُفظ", exact=True)).to_be_visible(timeout=SOON)
    await expect(adel.get_by_label("المجمع")).to_have_value("745", timeout=SOON)

    # Adel gets it, and now it is Amal who only reads; he ends it, and the citizen is told.
    await amal.keyboard.press("Escape")
    await amal.keyboard.press("Alt+m")
    await expect(amal.get_by_label("إلى", exact=True)).to_be_focused()
    await amal.keyboard.press("ArrowDown")
    await amal.keyboard.press("Tab")
    await amal.keyboard.press("Enter")
    await expect(amal.get_by_text("انتقلت المحادثة إلى زميلك.")).to_be_visible()
    await expect(adel.get_by_label("ردك")).to_be_visible(timeout=SOON)
    await adel.get_by_label("ردك").fill("معاك عادل")
    await adel.keyboard.press("Enter")
    await expect(citizen.get_by_text("معاك عادل")).to_be_visible(timeout=SOON)
    await adel.keyboard.press("Alt+w")
    await expect(adel.get_by_label("النتيجة")).to_be_focused()
    await adel.get_by_label("النتيجة").select_option("informed")
    await adel.get_by_role("button", name="أنهِ", exact=True).press("Enter")
    await expect(adel.get_by_text("انتهت المحادثة وحُفظت نتيجتها.")).to_be_visible()
    await expect(citizen.get_by_text("انتهى كلامك مع الموظف")).to_be_visible(timeout=SOON)
    await writes(citizen, "مشكور")
    await expect(citizen.get_by_text(GREETING)).to_have_count(2, timeout=SOON)
    await citizen.context.close()


@pytest.mark.usefixtures("there")
async def test_two_agents_who_take_the_same_person_at_once(open_page: OpenPage, database: Database) -> None:
    talk = await wants_somebody(database, "1")
    amal, adel = await open_page("amal", forgiving=True), await open_page("adel", forgiving=True)
    for page in (amal, adel):
        await page.goto(f"{HOME}/{talk.id}")
        await expect(page.get_by_role("button", name="خذ المحادثة")).to_be_visible()
    # Adel's page does not hear that Amal was faster, and he writes all the same.
    await adel.context.set_offline(True)
    await amal.get_by_role("button", name="خذ المحادثة").click()
    await expect(amal.get_by_label("ردك")).to_be_focused()
    await adel.context.set_offline(False)
    await adel.evaluate(f"fetch('{HOME}/{talk.id}/take', {{method: 'POST'}})")
    refused = await adel.evaluate(
        f"""fetch('{HOME}/{talk.id}/messages', {{method: 'POST', headers: {{Accept: 'application/json'}},
            body: new URLSearchParams({{text: 'أنا بعد', key: '0123456789'}})}}).then(answer => answer.status)"""
    )
    assert refused == 409
    await expect(adel.get_by_text("هذه المحادثة مع Amal")).to_be_visible()
    await expect(adel.get_by_label("ردك")).to_be_hidden()
    async with database.transaction() as session:
        await handoff.transfer(session, talk.id, "adel", agent="amal", actor="account:amal")
    await expect(amal.get_by_text("لم تعد هذه المحادثة معك.")).to_be_visible(timeout=SOON)
    await expect(amal.get_by_label("ردك")).to_be_hidden()


@pytest.mark.usefixtures("there")
async def test_on_a_phone_nothing_is_cut_off(open_page: OpenPage, database: Database) -> None:
    talk = await wants_somebody(database, "1", "السلام عليكم ابي موظف يساعدني في موضوع الحفرة اللي عندنا " * 5)
    await wants_somebody(database, "2", "https://example.com/" + "a" * 200)
    async with database.transaction() as session:
        await handoff.take(session, talk.id, "amal", actor="account:amal")
    page = await open_page("amal", 390, 780)
    for address in (HOME, f"{HOME}/{talk.id}"):
        await page.goto(address)
        await expect(page.get_by_text("السلام عليكم").first).to_be_visible()
        assert await page.evaluate(OVERFLOW) == 0, address
