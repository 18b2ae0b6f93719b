"""What each channel does in its own way, over the whole running system: SMS, WhatsApp, Telegram, and who is who."""

import asyncio
import itertools
import re
from dataclasses import replace

import pytest

from bot.arabic import normalise
from contact_center.channels.sms_alphabet import in_few_parts, parts
from tests.e2e import lines, stories
from tests.e2e.lines import Line
from tests.e2e.person import KEPT, REFERENCE, Person
from tests.e2e.system import System

PHONE = "+97336990001"
MOST_PARTS = 7
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


@pytest.fixture(scope="module")
async def filed(system: System) -> str:
    """The reference number of a case that was filed by SMS from `PHONE`."""
    return await Person(system, lines.sms(system, PHONE), stories.POTHOLE).files()


def person(system: System, line: Line) -> Person:
    return Person(system, line, stories.POTHOLE)


async def draft_of(system: System, line: Line) -> dict[str, object]:
    return dict((await system.state(line.channel, line.address))["draft"])


async def code_sent_to(system: System, phone: str, before: int) -> str:
    """The code in the newest SMS to a phone that had `before` messages."""
    citizen = system.twilio.citizens[phone]
    async with asyncio.timeout(30):
        while len(citizen.heard) <= before:  # noqa: ASYNC110  (a list grows, no event)
            await asyncio.sleep(0.1)
    found = CODE.search(citizen.heard[-1].text)
    assert found, citizen.heard[-1].text
    return found[0]


# SMS


async def test_every_answer_by_sms_is_one_message_of_few_parts(system: System) -> None:
    talk = Person(system, lines.sms(system), stories.STREET_LIGHT)
    await talk.files()
    assistant = [who == "assistant" for who, words in talk.lines if KEPT not in normalise(words)]
    assert not any(first and second for first, second in itertools.pairwise(assistant)), talk.transcript
    costs = [parts(in_few_parts(heard.text)) for heard in talk.line.citizen.heard]
    assert max(costs) <= MOST_PARTS, talk.transcript


async def test_a_bare_number_by_sms_is_answered_with_the_status(system: System, filed: str) -> None:
    talk = person(system, lines.sms(system))
    await talk.says(filed.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    assert REFERENCE.findall(talk.heard) == [filed]
    assert len(talk.line.citizen.heard) == 1
    assert parts(talk.heard) <= 4


@pytest.mark.parametrize("answer", ["٢", "2", "2.", "متابعة طلب"])
async def test_a_choice_by_sms_is_its_number_or_its_title(system: System, answer: str) -> None:
    talk = person(system, lines.sms(system))
    await talk.says("السلام عليكم")
    assert "2. متابعة طلب" in talk.heard
    await talk.says(answer)
    assert (await system.state("sms", talk.line.address))["expects"] == "reference"


async def test_stop_in_the_middle_and_start_again(system: System) -> None:
    line = lines.sms(system)
    talk = person(system, line)
    await talk.says(stories.POTHOLE.words)
    before = await draft_of(system, line)
    await talk.says("إيقاف")
    assert "START" in talk.heard
    await line.citizen.says("في أحد؟")
    await line.citizen.hears_nothing(4)
    assert await draft_of(system, line) == before
    await talk.says("تشغيل")
    assert await draft_of(system, line) == before
    assert (await system.state("sms", line.address))["expects"] is not None


async def test_after_stop_an_agencys_reply_is_not_sent(system: System) -> None:
    talk = Person(system, lines.sms(system), stories.STREET_LIGHT)
    reference = await talk.files()
    await talk.says("STOP")
    url = f"{system.url}/api/v1/cases/{reference}/reply"
    answer = await system.http.post(url, json={"text": "تم التصليح", "close": False}, headers=system.api)
    assert answer.is_success, answer.text
    await talk.line.citizen.hears_nothing(4)


# WhatsApp


async def test_stop_on_whatsapp(system: System) -> None:
    talk = person(system, lines.whatsapp(system))
    await talk.says("السلام عليكم")
    await talk.says("stop")
    await talk.line.citizen.says("هلا")
    await talk.line.citizen.hears_nothing(4)
    await talk.says("start")
    assert talk.heard


async def test_a_list_on_whatsapp_keeps_the_whole_titles(system: System) -> None:
    talk = person(system, lines.whatsapp(system))
    await talk.says(stories.POTHOLE.words)
    await talk.says("لا شي ثاني")
    assert talk.buttons
    assert all(len(title) <= 24 for title in talk.buttons)
    if any("…" in title for title in talk.buttons):
        assert all(f"{number}. " in talk.heard for number in range(1, len(talk.buttons) + 1))


# Telegram


async def test_the_menu_is_there_in_both_languages(system: System) -> None:
    for language in ("", "ar", "en"):
        assert set(system.telegram.menus[language]) == {"start", "status", "cancel", "language", "help"}
    assert system.telegram.menus["en"] != system.telegram.menus["ar"]


async def test_a_link_opens_the_status(system: System, filed: str) -> None:
    talk = person(system, lines.telegram(system))
    await talk.says(f"/start status_{filed}")
    assert REFERENCE.findall(talk.heard) == [filed]


async def test_a_link_opens_a_complaint_and_an_unknown_one_welcomes(system: System) -> None:
    line = lines.telegram(system)
    await person(system, line).says("/start complaint")
    assert (await system.state("telegram", line.address))["expects"] == "description"
    talk = person(system, lines.telegram(system))
    await talk.says("/start from-a-poster")
    assert talk.buttons == ["تسجيل شكوى", "متابعة طلب"]


async def test_status_help_and_language_from_the_menu(system: System, filed: str) -> None:
    talk = person(system, lines.telegram(system))
    await talk.says("/help")
    assert "موظف" in talk.heard
    await talk.says(f"/status {filed}")
    assert filed in talk.heard
    await talk.says("/language en")
    assert re.search("[A-Za-z]{4}", talk.heard)
    assert not re.search("[\u0600-\u06ff]", talk.heard)
    await talk.says("/language")
    assert re.search("[\u0600-\u06ff]", talk.heard)


async def test_cancel_from_the_menu(system: System) -> None:
    line = lines.telegram(system)
    talk = person(system, line)
    await talk.says(stories.POTHOLE.words)
    assert await draft_of(system, line)
    await talk.says("/cancel")
    assert (await system.state("telegram", line.address))["expects"] is None


async def test_a_place_and_a_number_are_shared_by_buttons(system: System) -> None:
    line = lines.telegram(system, phone="97336990077")
    talk = Person(system, line, replace(stories.POTHOLE, words="في حفرة كبيرة في الشارع والسيايير تتكسر منها"))
    await talk.begins()
    seen = set()
    for _ in range(12):
        asked = (await system.state("telegram", line.address))["expects"]
        seen |= set(line.citizen.keyboard.values())
        if asked == "area" and "location" in line.citizen.keyboard.values():
            await line.citizen.sends_location(26.1210, 50.5725)
            await talk.listens()
            assert line.citizen.keyboard == {}
        elif asked == "contact_phone":
            await line.citizen.sends_contact()
            await talk.listens()
            assert line.citizen.keyboard == {}
        elif asked == "confirm":
            break
        else:
            await talk.answers(asked)
    assert {"location", "contact"} <= seen, talk.transcript
    assert (await draft_of(system, line))["contact_phone"] == "+97336990077"


async def test_an_edited_message_is_corrected_in_the_draft(system: System) -> None:
    line = lines.telegram(system)
    update = await line.citizen.says("في حفرة كبيرة في الشارع عندنا في سند")
    talk = person(system, line)
    await talk.listens()
    await line.citizen.edits(update, "في حفرة كبيرة في الشارع عندنا في سترة")
    await talk.listens()
    assert "سترة" in str((await draft_of(system, line))["description"])


# Who is who


async def test_a_number_is_proved_in_the_web_chat_by_a_code(system: System, filed: str) -> None:
    async with lines.webchat(system) as line:
        talk = person(system, line)
        await talk.says("ابي اشوف شكاواي")
        assert filed not in talk.heard
        await talk.presses("إرسال رمز")
        heard = len(system.twilio.citizens[PHONE].heard)
        await talk.says(PHONE.removeprefix("+973"))
        code = await code_sent_to(system, PHONE, heard)
        await talk.says(f"{(int(code) + 1) % 10**6:06d}")
        assert filed not in talk.heard
        await talk.says(code)
        assert filed in talk.heard
        await talk.says("ابي اشوف شكاواي")
        assert filed in talk.heard
        assert "إرسال رمز" not in talk.buttons


async def test_on_telegram_only_ones_own_card_counts(system: System, filed: str) -> None:
    line = lines.telegram(system, phone=PHONE.removeprefix("+"))
    talk = person(system, line)
    await talk.says("ضيعت رقم الطلب")
    await talk.presses("إرسال رمز")
    assert "contact" in line.citizen.keyboard.values()
    await line.citizen.sends_contact()
    await talk.listens()
    assert filed in talk.heard
    stranger = lines.telegram(system)
    talk = person(system, stranger)
    await talk.says("ضيعت رقم الطلب")
    await talk.presses("إرسال رمز")
    await stranger.citizen.sends_contact(PHONE)
    await talk.listens()
    assert filed not in talk.heard


async def test_on_a_call_the_number_counts_once_the_agent_has_confirmed_it(system: System, filed: str) -> None:
    line = await lines.call(system, PHONE)
    talk = person(system, line)
    await talk.says("ابي اشوف شكاواي")
    assert filed not in talk.heard
    answer = await system.http.post(f"{system.url}/api/v1/calls/{line.address}/caller", headers=system.api)
    assert answer.json() == {"phone": PHONE}
    await talk.says("ابي اشوف شكاواي")
    assert filed in talk.heard
