"""The chat page when something between it and us breaks: nothing is lost, nothing comes twice."""

import json

from chat_page import ChatPage
from chat_service import ChatService
from playwright.async_api import BrowserContext, Route, expect
from sample_media import png

WAIT = 20_000


async def test_messages_wait_while_the_service_is_away_and_arrive_once_in_order(
    service: ChatService, chat: ChatPage
) -> None:
    await chat.send("قبل")
    await chat.is_in_state("قبل", "sent")
    await chat.text.fill("الأولى")
    await service.stop()
    await chat.text.press("Enter")
    await chat.send("الثانية")
    await expect(chat.page.locator("#connection")).to_have_text("جاري إعادة الاتصال…")
    await expect(chat.citizen("الأولى").get_by_role("img", name="بانتظار الإرسال")).to_be_visible()
    await expect(chat.typing).to_have_count(0)
    await service.start()
    await expect(chat.citizen("الثانية").get_by_role("img", name="وصلت")).to_be_visible(timeout=WAIT)
    await expect(chat.page.locator("#connection")).to_have_text("", timeout=WAIT)
    assert [line["text"] for line in await service.stored()] == ["قبل", "الأولى", "الثانية"]


async def test_lines_said_while_away_are_shown_once_when_back(service: ChatService, chat: ChatPage) -> None:
    await chat.send("هلا")
    await chat.is_in_state("هلا", "sent")
    await service.say(None, "الأول")
    await expect(chat.line("الأول")).to_be_visible()
    await service.stop()
    await service.say(None, "الثاني")
    await service.say(None, "الثالث")
    await service.start()
    await expect(chat.line("الثالث")).to_be_visible(timeout=WAIT)
    assert await chat.said() == ["هلا", "الأول", "الثاني", "الثالث"]


async def test_a_lost_acknowledgement_does_not_make_a_second_message(service: ChatService, chat: ChatPage) -> None:
    lost = 0

    async def lose_the_answer(route: Route) -> None:
        nonlocal lost
        lost += 1
        await route.fetch()
        await route.abort()

    await chat.page.route("**/chat/messages", lose_the_answer, times=2)
    await chat.send("مرة وحدة")
    await chat.is_in_state("مرة وحدة", "sent")
    assert lost == 2
    assert len(await service.stored()) == 1


async def test_a_busy_service_is_asked_again_when_it_says(service: ChatService, chat: ChatPage) -> None:
    async def busy(route: Route) -> None:
        await route.fulfill(status=429, headers={"Retry-After": "1"}, body=json.dumps({"error": "too_many"}))

    await chat.page.route("**/chat/sessions", busy, times=1)
    await chat.send("بنتظر")
    await chat.is_in_state("بنتظر", "waiting")
    await chat.is_in_state("بنتظر", "sent")


async def test_what_was_not_sent_survives_loading_the_page_again(service: ChatService, chat: ChatPage) -> None:
    await chat.page.route("**/chat/messages", lambda route: route.abort())
    await chat.choose("حفرة.png", "image/png", png(40, 30))
    await chat.send("مع صورة")
    await chat.is_in_state("مع صورة", "waiting")
    await chat.text.fill("ما خلصت كتابة")
    await chat.page.unroute_all()
    await chat.page.reload()
    await chat.is_in_state("مع صورة", "sent")
    await expect(chat.citizen("مع صورة").locator("img")).to_be_visible()
    await expect(chat.text).to_have_value("ما خلصت كتابة")
    [stored] = await service.stored()
    assert [part["filename"] for part in stored["media"]] == ["حفرة.png"]


async def test_a_page_loaded_again_shows_both_sides_and_goes_on(service: ChatService, chat: ChatPage) -> None:
    await chat.choose("حفرة.png", "image/png", png(40, 30))
    await chat.send("شوفوا")
    await chat.is_in_state("شوفوا", "sent")
    buttons = [{"title": "إي", "payload": "/affirm"}, {"title": "لا", "payload": "/deny"}]
    await service.say(None, "أسجلها؟", buttons=buttons, expects="confirm")
    await chat.button("إي").click()
    await chat.is_in_state("إي", "sent")
    await service.say(None, "تم، رقمها 26-4821-0937")
    await expect(chat.line("تم")).to_be_visible()
    said = await chat.said()
    await chat.page.reload()
    await expect(chat.line("تم")).to_be_visible()
    assert await chat.said() == said == ["شوفوا", "أسجلها؟", "إي", "تم، رقمها 26-4821-0937"]
    await expect(chat.citizen("شوفوا").locator("img")).to_be_visible()
    await expect(chat.page.locator(".reply.chosen")).to_have_text("إي")
    await service.say(None, "بعدها")
    await expect(chat.line("بعدها")).to_be_visible()
    assert await chat.said() == [*said, "بعدها"]


async def test_a_token_that_is_no_longer_known_begins_a_new_chat_with_a_word(
    service: ChatService, chat: ChatPage
) -> None:
    forgotten = json.dumps({"conversation": "x", "token": "forgotten"})
    await chat.page.evaluate("kept => localStorage.setItem('tawasul.chat.session', kept)", forgotten)
    await chat.page.reload()
    await expect(chat.page.locator(".note")).to_contain_text("بدأنا لك محادثة جديدة")
    await chat.send("من جديد")
    await chat.is_in_state("من جديد", "sent")
    await service.say(None, "تفضل")
    await expect(chat.line("تفضل")).to_be_visible()


async def test_a_token_that_ends_in_the_middle_loses_no_message(service: ChatService, chat: ChatPage) -> None:
    await chat.send("الأولى")
    await chat.is_in_state("الأولى", "sent")
    forgotten = json.dumps({"conversation": "x", "token": "forgotten"})
    await chat.page.evaluate("kept => localStorage.setItem('tawasul.chat.session', kept)", forgotten)
    await chat.send("الثانية")
    await chat.is_in_state("الثانية", "sent")
    await expect(chat.page.locator(".note")).to_have_count(1)
    first, second = await service.stored()
    await service.say(first["address"], "للقديمة")
    await service.say(second["address"], "للجديدة")
    await expect(chat.line("للجديدة")).to_be_visible()
    await expect(chat.line("للقديمة")).to_have_count(0)


async def test_two_tabs_show_the_same_chat(service: ChatService, chat: ChatPage, context: BrowserContext) -> None:
    await chat.send("من الأول")
    await chat.is_in_state("من الأول", "sent")
    other = await ChatPage.opened(context, service.url)
    await expect(other.citizen("من الأول")).to_be_visible()
    await other.send("من الثاني")
    await chat.is_in_state("من الثاني", "sent")
    await service.say(None, "للاثنين")
    for tab in (chat, other):
        await expect(tab.line("للاثنين")).to_be_visible()
        assert await tab.said() == ["من الأول", "من الثاني", "للاثنين"]
    assert len(await service.stored()) == 2
    assert other.faults == []
