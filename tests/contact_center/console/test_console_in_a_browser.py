"""The console in a real browser: by keyboard, in both directions of writing, without an error in its own console."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from desk import OVERFLOW, PNG, Filed, OpenPage, form
from playwright.async_api import Page, expect
from sqlalchemy import select

from contact_center.cases import service as cases
from contact_center.cases.models import Case
from contact_center.conversations import outbox
from contact_center.conversations.buttons import token
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.database import Database

LAPTOP = 1366
ROWS_OF_A_BUSY_MENU = """() => {
  for (const link of document.querySelectorAll(".nav a")) {
    if (/(escalations|routing|conversations|calls|citizens)$/.test(link.href)) {
      link.querySelector(".count")?.remove();
      link.insertAdjacentHTML("beforeend", " <span class='count new'>12</span>");
    }
  }
  return new Set([...document.querySelectorAll(".nav a")].map(link => link.offsetTop)).size;
}"""


async def begin_call(page: Page) -> str:
    """From wherever one is, by keyboard; the conversation's id."""
    await page.keyboard.press("n")
    await page.wait_for_url("**/calls/new")
    await expect(page.get_by_label("رقم المتصل")).to_be_focused()
    await page.keyboard.type("39123456")
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: not url.endswith("/new"))
    await expect(page.locator("#words")).to_be_focused()
    return page.url.rpartition("/")[2]


async def stored(database: Database, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first message of the inbox that is as wanted, as soon as it is there."""
    for _ in range(200):
        async with database.transaction() as session:
            for content in await session.scalars(select(InboxMessage.content)):
                if wanted(content):
                    return content
        await asyncio.sleep(0.05)
    raise AssertionError("it was not stored")


async def test_an_arabic_page_runs_from_right_to_left_and_an_english_one_the_other_way(open_page: OpenPage) -> None:
    page = await open_page("amal")
    brand, leave = page.locator(".brand"), page.locator("form[action$=sign-out] button")

    async def brand_is_right_of_leave() -> bool:
        boxes = await brand.bounding_box(), await leave.bounding_box()
        assert boxes[0]
        assert boxes[1]
        return boxes[0]["x"] > boxes[1]["x"]

    assert await brand_is_right_of_leave()
    await page.get_by_role("button", name="English").press("Enter")
    await expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert not await brand_is_right_of_leave()


async def test_a_case_is_found_and_answered_without_the_mouse(open_page: OpenPage, filed: Filed) -> None:
    page = await open_page("omar")
    await page.keyboard.press("/")
    await page.keyboard.type("حفره كبيره")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/cases?q=*")
    await page.get_by_role("link", name=filed.pothole.reference).focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/cases/{filed.pothole.reference}")
    await page.keyboard.press("r")
    await page.keyboard.type("أُصلحت الحفرة")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("حُفظ الرد.")
    await expect(page.locator(".timeline .reply")).to_contain_text("أُصلحت الحفرة")


@pytest.mark.parametrize(
    ("field", "sent"), [("#reply", "حُفظ الرد."), ("#staff-note", "حُفظت الملاحظة."), ("#word", "تغيرت الحالة.")]
)
async def test_what_is_being_written_goes_with_ctrl_and_enter(
    open_page: OpenPage, filed: Filed, field: str, sent: str
) -> None:
    page = await open_page("omar")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    await page.locator(field).focus()
    if field == "#reply":
        await page.keyboard.press("Control+Enter")  # nothing is written
        await expect(page.locator(field)).to_be_focused()
    await page.keyboard.type("أُصلحت الحفرة")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("status")).to_have_text(sent)


async def test_all_keys_are_seen_at_once(open_page: OpenPage) -> None:
    page = await open_page("adel")  # who has the most of them
    await page.keyboard.press("?")
    await expect(page.locator("#help")).to_be_visible()
    assert await page.evaluate("(h => h.scrollHeight <= h.clientHeight)(document.getElementById('help'))")


async def test_a_photo_is_chosen_and_seen_beside_the_answer(open_page: OpenPage, filed: Filed) -> None:
    page = await open_page("omar")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    await page.get_by_label("نص الرد").fill("أُصلحت الحفرة")
    photo = {"name": "بعد.png", "mimeType": "image/png", "buffer": PNG}
    await expect(page.locator("#reply-files ~ .chosen")).to_have_text("لم يُختر شيء")
    await page.locator("#reply-files").set_input_files([photo])  # type: ignore[list-item]
    await expect(page.locator("#reply-files ~ .chosen")).to_have_text("بعد.png")
    await page.get_by_role("button", name="أرسل الرد").click()
    await expect(page.get_by_role("status")).to_have_text("حُفظ الرد.")
    shown = page.locator(".timeline .reply img")
    await shown.scroll_into_view_if_needed()
    await expect(shown).to_have_js_property("naturalWidth", 1)


async def test_the_keys_are_told_on_a_question_mark(open_page: OpenPage) -> None:
    page = await open_page("amal")
    for key in ("?", "؟"):
        await page.keyboard.press(key) if key == "?" else await page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '؟', code: 'Slash', bubbles: true}))"
        )
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_what_is_typed_in_a_call_is_stored_and_the_focus_stays(open_page: OpenPage, database: Database) -> None:
    page = await open_page("amal")
    await begin_call(page)
    await page.keyboard.type("في حفرة عندهم في الطريق")
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .pending")).to_contain_text("في حفرة عندهم")
    await expect(page.locator("#words")).to_be_focused()
    assert await page.locator("#words").input_value() == ""
    await stored(database, lambda content: content.get("text") == "في حفرة عندهم في الطريق")


async def test_a_call_is_live_and_a_number_chooses_a_quick_reply(open_page: OpenPage, database: Database) -> None:
    page = await open_page("amal")
    call_id = await begin_call(page)
    async with database.transaction() as session:
        call = await session.get_one(Conversation, call_id)
        buttons = [{"title": "نعم", "payload": "/affirm"}, {"title": "لا", "payload": "/deny"}]
        asked = await outbox.add(session, call, "هل هي حفرة؟", buttons=buttons, expects="category")
        call.draft, call.expects = {"category": "road.pothole", "area": "المحرق"}, "category"
        await outbox.send_off(session, call)
    assert asked
    await expect(page.locator("#log")).to_contain_text("هل هي حفرة؟")
    await expect(page.get_by_label("التصنيف", exact=True).first).to_have_value("حفر وتكسر في الشارع")
    await expect(page.locator("[data-field=category]")).to_have_class("field two-thirds asked")
    await page.keyboard.press("2")
    await stored(database, lambda content: content.get("button") == token(asked, 1))


async def test_where_numbers_are_asked_for_a_digit_is_a_digit(open_page: OpenPage, database: Database) -> None:
    page = await open_page("amal")
    call_id = await begin_call(page)
    async with database.transaction() as session:
        call = await session.get_one(Conversation, call_id)
        await outbox.say(
            session, call, "رقم التواصل؟", buttons=[{"title": "تخطي", "payload": "/skip"}], expects="contact_phone"
        )
    await expect(page.locator("#replies button")).to_have_count(1)
    await page.keyboard.type("17123456")
    assert await page.locator("#words").input_value() == "17123456"


async def test_the_form_is_filled_by_hand_from_the_keyboard(open_page: OpenPage, database: Database) -> None:
    page = await open_page("amal")
    await begin_call(page)
    await page.keyboard.press("F2")
    await page.keyboard.press("Tab")
    category = page.locator("#field-category")
    await expect(category).to_be_focused()
    await page.keyboard.type("اناره")  # another spelling of a part of the name
    await expect(page.locator("#field-category-list [aria-selected=true]")).to_contain_text("إنارة الشوارع")
    await page.keyboard.press("Enter")
    await expect(category).to_have_value("إنارة الشوارع")
    await stored(database, lambda content: content.get("draft") == {"category": "power.street-light"})
    await page.keyboard.press("Escape")
    await expect(page.locator("#words")).to_be_focused()


async def test_the_number_of_a_filed_case_is_shown_in_groups_with_the_way_on(
    open_page: OpenPage, database: Database
) -> None:
    page = await open_page("amal")
    call_id = await begin_call(page)
    async with database.transaction() as session:
        call = await session.get_one(Conversation, call_id)
        case = await cases.file(session, form(channel="call_center", conversation_id=call.id))
        await outbox.say(session, call, "سُجّل الطلب")
    await expect(page.locator("#reference")).to_have_attribute("aria-label", case.reference)
    assert await page.locator("#reference span").all_text_contents() == case.reference.split("-")
    size = await page.locator("#reference").evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= 32
    await expect(page.locator("#words")).to_be_focused()
    await page.keyboard.press("Alt+n")
    await page.wait_for_url("**/calls/new")


@pytest.fixture
async def queued(database: Database, filed: Filed) -> Case:
    """A case that waits to be routed on; and the power cut has been escalated to a supervisor whom ewa has not."""
    async with database.transaction() as session:
        (await session.get_one(Case, filed.outage.id)).marks = ["approaching", "officer", "breached", "supervisor"]
        return await cases.file(session, form(category="other.unclear", description="ما أدري لمن هذا الطلب"))


async def test_a_case_is_routed_on_without_the_mouse(open_page: OpenPage, database: Database, queued: Case) -> None:
    page = await open_page("noor")
    await page.keyboard.press("q")
    await page.wait_for_url("**/routing")
    choice = page.get_by_label(f"الجهة التي يُحوّل إليها {queued.reference}")
    await choice.focus()
    await choice.select_option("ewa")
    await page.keyboard.press("Tab")
    await page.keyboard.type("كهرباء")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("حُوّل إلى الجهة.")
    async with database.transaction() as session:
        assert (await session.get_one(Case, queued.id)).agency == "ewa"


async def test_what_was_escalated_is_opened_without_the_mouse(open_page: OpenPage, filed: Filed, queued: Case) -> None:
    page = await open_page("noor")
    await expect(page.locator(".nav .count.new")).to_have_text("١")
    await page.keyboard.press("e")
    await page.wait_for_url("**/escalations")
    await page.get_by_role("link", name=filed.outage.reference).press("Enter")
    await page.wait_for_url(f"**/cases/{filed.outage.reference}")
    await page.keyboard.press("e")
    await page.wait_for_url("**/escalations")
    await expect(page.locator(".nav .count.new")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(LAPTOP, 768), (820, 1180), (400, 850)])
async def test_no_page_is_wider_than_the_screen(
    open_page: OpenPage, filed: Filed, queued: Case, width: int, height: int
) -> None:
    page = await open_page("adel", width, height)
    call = page.url
    await begin_call(page)
    call = page.url
    for language in ("ar", "en"):
        queues = ("/console/cases", "/console/escalations", "/console/routing")
        for where in ("/console/", *queues, f"/console/cases/{filed.pothole.reference}", call):
            await page.goto(where)
            assert await page.evaluate(OVERFLOW) <= 0, (language, where)
        if width >= LAPTOP:
            assert await page.evaluate(ROWS_OF_A_BUSY_MENU) == 1, language
        if language == "ar":
            await page.get_by_role("button", name="English").click()
            await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_an_administrator_changes_an_agency_and_takes_it_back_by_keyboard(open_page: OpenPage) -> None:
    page = await open_page("adel")
    await page.goto("/console/configuration/kinds/agency?q=ewa")
    await page.get_by_role("link", name="هيئة الكهرباء والماء").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("مدة الرد").focus()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("6h")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("حُفظ التغيير.")
    await expect(page.locator("ins")).to_have_text("٦ ساعات عمل")
    assert await page.evaluate(OVERFLOW) == 0
    await page.get_by_role("button", name="تراجع").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("تم التراجع عن التغيير.")
    await page.goto("/console/configuration/kinds/agency/entries/ewa")
    await expect(page.get_by_label("مدة الرد")).to_have_value("5")


@pytest.mark.parametrize("width", [420, 1366])
async def test_no_page_of_the_configuration_is_wider_than_its_window(open_page: OpenPage, width: int) -> None:
    page = await open_page("adel", width)
    for where in ("", "/kinds/category", "/kinds/category/entries/waste.collection", "/kinds/hours/entries/offices",
                  "/calendar?year=2026", "/history", "/catalogue"):  # fmt: skip
        await page.goto(f"/console/configuration{where}")
        assert await page.evaluate(OVERFLOW) == 0, where
