"""Talking on the chat page, in a browser: what is shown, in which direction, and what reaches the inbox."""

from chat_page import ChatPage
from chat_service import ChatService
from playwright.async_api import BrowserContext, expect

BUTTONS = [{"title": "إي، صحيح", "payload": "/affirm"}, {"title": "لا، غيره", "payload": "/deny"}]


async def test_a_message_becomes_a_bubble_and_an_answer_takes_the_typing_sign_away(
    service: ChatService, chat: ChatPage
) -> None:
    await chat.send("الكهرباء طافية")
    await chat.is_in_state("الكهرباء طافية", "sent")
    await expect(chat.typing).to_be_visible()
    [stored] = await service.stored()
    assert stored["text"] == "الكهرباء طافية"
    await service.say(None, "وين المكان؟")
    await expect(chat.line("وين المكان؟")).to_be_visible()
    await expect(chat.typing).to_have_count(0)
    await expect(chat.text).to_have_value("")


async def test_a_starter_is_sent_as_its_words(service: ChatService, chat: ChatPage) -> None:
    await chat.button("عندي شكوى").click()
    await chat.is_in_state("عندي شكوى", "sent")
    assert [line["text"] for line in await service.stored()] == ["عندي شكوى"]
    await expect(chat.page.locator("#starters")).to_be_hidden()


async def test_a_quick_reply_shows_its_title_and_sends_its_payload(service: ChatService, chat: ChatPage) -> None:
    await chat.send("في حفرة")
    await chat.is_in_state("في حفرة", "sent")
    await service.say(None, "حفر في الشارع، صحيح؟", buttons=BUTTONS, expects="category")
    await chat.button("إي، صحيح").click()
    await chat.is_in_state("إي، صحيح", "sent")
    _, pressed = await service.stored()
    assert pressed["button"].startswith("b")
    assert "text" not in pressed
    await expect(chat.button("لا، غيره")).to_be_disabled()


async def test_a_newer_question_disables_the_buttons_of_the_older(service: ChatService, chat: ChatPage) -> None:
    await chat.send("في حفرة")
    await chat.is_in_state("في حفرة", "sent")
    await service.say(None, "حفر في الشارع، صحيح؟", buttons=BUTTONS, expects="category")
    await service.say(None, "وصلنا خبر من الجهة", role="agency")
    await expect(chat.line("وصلنا خبر")).to_be_visible()
    await expect(chat.button("إي، صحيح")).to_be_enabled()
    await service.say(None, "وين المكان؟", expects="area")
    await expect(chat.line("وين المكان؟")).to_be_visible()
    await expect(chat.button("إي، صحيح")).to_be_disabled()


async def test_what_is_said_is_text_whatever_it_looks_like(service: ChatService, chat: ChatPage) -> None:
    await chat.send("<img src=x onerror=alert(1)> & <b>غليظ</b>")
    await chat.is_in_state("<b>غليظ</b>", "sent")
    await service.say(None, "سطر أول\nسطر ثاني <script>alert(1)</script>")
    line = chat.line("سطر ثاني <script>alert(1)</script>")
    assert (await line.locator(".said").inner_text()).splitlines()[0] == "سطر أول"
    assert await chat.page.locator("#log .said img, #log .said script, #log .said b").count() == 0


async def test_arabic_is_right_to_left_with_ones_own_words_at_the_end(service: ChatService, chat: ChatPage) -> None:
    own, answer = await _talk(service, chat)
    assert await chat.page.evaluate("document.dir") == "rtl"
    assert own < 390 / 2 < answer


async def test_english_is_left_to_right(service: ChatService, context: BrowserContext) -> None:
    chat = await ChatPage.opened(context, service.url, "/chat?lang=en")
    own, answer = await _talk(service, chat)
    assert await chat.page.evaluate("document.dir") == "ltr"
    assert answer < 390 / 2 < own
    await chat.page.get_by_role("link", name="العربية").click()
    assert await chat.page.evaluate("document.dir") == "rtl"
    await expect(chat.citizen("نعم")).to_be_visible()


async def test_numbers_read_left_to_right_within_arabic(service: ChatService, chat: ChatPage) -> None:
    await chat.send("شصار؟")
    await chat.is_in_state("شصار؟", "sent")
    await service.say(None, "طلبك رقم 26-4821-0937 واتصل على +973 3311 2233 أو 1788 8000 (مجمع 203، طريق 312).")
    numbers = chat.line("طلبك رقم").locator("bdi")
    await expect(numbers).to_have_text(["26-4821-0937", "+973 3311 2233", "1788 8000", "203", "312"])
    for index in range(3):
        first, last = await numbers.nth(index).evaluate(
            """element => [0, element.firstChild.length - 1].map(at => {
                const range = document.createRange();
                range.setStart(element.firstChild, at);
                range.setEnd(element.firstChild, at + 1);
                return range.getBoundingClientRect().x;
            })"""
        )
        assert first < last


async def test_enter_sends_shift_enter_does_not_and_nothing_empty_goes_out(
    service: ChatService, chat: ChatPage
) -> None:
    await chat.text.press("Enter")
    await chat.send("   ")
    await chat.text.fill("سطر")
    await chat.text.press("Shift+Enter")
    await chat.text.press_sequentially("ثاني")
    await chat.text.press("Enter")
    await chat.is_in_state("ثاني", "sent")
    assert [line["text"] for line in await service.stored()] == ["سطر\nثاني"]


async def test_a_message_that_is_too_long_is_told_and_stays(service: ChatService, chat: ChatPage) -> None:
    await chat.text.fill("ا" * 10_003)
    await expect(chat.page.locator("#count")).to_contain_text("بـ 3 حرف")
    await chat.text.press("Enter")
    await expect(chat.text).to_have_value("ا" * 10_003)
    await expect(chat.theirs).to_have_count(0)
    await chat.send("😀" * 10_000)
    await chat.is_in_state("😀", "sent")
    assert len((await service.stored())[0]["text"]) == 10_000


async def test_a_new_chat_begins_only_after_it_is_confirmed(service: ChatService, chat: ChatPage) -> None:
    await chat.send("الأولى")
    await chat.is_in_state("الأولى", "sent")
    await chat.page.get_by_role("button", name="محادثة جديدة").click()
    await chat.page.get_by_role("button", name="ارجع للمحادثة").click()
    await expect(chat.citizen("الأولى")).to_be_visible()
    await chat.page.get_by_role("button", name="محادثة جديدة").click()
    async with chat.page.expect_event("load"):  # the page begins anew with it; before that, Enter sends nothing
        await chat.page.get_by_role("button", name="ابدأ من جديد").click()
    await expect(chat.theirs).to_have_count(0)
    await chat.send("الثانية")
    await chat.is_in_state("الثانية", "sent")
    first, second = await service.stored()
    assert first["address"] != second["address"]


async def _talk(service: ChatService, chat: ChatPage) -> tuple[float, float]:
    """The middle of an own bubble and of an answer, in pixels from the left."""
    await chat.send("نعم")
    await chat.is_in_state("نعم", "sent")
    await service.say(None, "طيب")
    middles = []
    for bubble in (chat.citizen("نعم"), chat.line("طيب")):
        box = await bubble.bounding_box()
        assert box is not None
        middles.append(box["x"] + box["width"] / 2)
    return middles[0], middles[1]
