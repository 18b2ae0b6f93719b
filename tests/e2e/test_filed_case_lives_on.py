"""After a case is filed: more is added to it, it is withdrawn, reopened, rated; on several channels, word by word."""

import contextlib
from collections.abc import AsyncIterator

import pytest

from tests.e2e import lines, stories
from tests.e2e.person import Person, Story
from tests.e2e.pictures import photo
from tests.e2e.system import System

pytestmark = [pytest.mark.usefixtures("no_traceback"), pytest.mark.timeout(400, func_only=True)]

REPLY = "تم إنجاز العمل في الموقع."
QUESTION = "شرايك في الرد"


@contextlib.asynccontextmanager
async def filed(system: System, channel: str, story: Story) -> AsyncIterator[tuple[Person, str]]:
    """Somebody on a channel who has just filed a case, and its reference number."""
    async with lines.opened(system, channel) as line:
        person = Person(system, line, story)
        yield person, await person.files()


async def agency_replies(system: System, person: Person, reference: str, *, close: bool = True) -> str:
    """The agency answers; what the person then hears: the reply and the question what it was worth."""
    body = {"text": REPLY, "close": close}
    answer = await system.http.post(f"{system.url}/api/v1/cases/{reference}/reply", json=body, headers=system.api)
    answer.raise_for_status()
    heard = await person.listens()
    while QUESTION not in heard:  # it may come a moment after the reply
        heard += await person.listens()
    assert REPLY in heard
    return heard


async def test_words_in_one_message_photos_in_several_then_withdrawn_on_telegram(system: System) -> None:
    async with filed(system, "telegram", stories.POTHOLE) as (person, reference):
        await person.says(f"ابي اضيف على {reference}: الحفرة كبرت وصار فيها ماي")
        assert reference in person.heard
        await person._do("(photo)", person.line.citizen.sends_photo(photo()))
        assert reference in person.heard
        await person.says("بس هذا")
        assert len((await system.case(reference))["attachments"]) == 1
        await person.says("انحلت المشكلة، ابي اسحب شكوتي")
        assert (await system.case(reference))["status"] == "received", person.transcript
        await person.says("لا")
        assert (await system.case(reference))["status"] == "received", person.transcript
        await person.says("ابي اسحب شكوتي")
        await person.presses("نعم، نسحبه")
        assert (await system.case(reference))["status"] == "withdrawn", person.transcript
        await person.says(f"شصار على {reference}")
        assert "مسحوب" in person.heard


async def test_rated_by_a_button_with_a_word_on_telegram(system: System) -> None:
    async with filed(system, "telegram", stories.RUBBISH) as (person, reference):
        await agency_replies(system, person, reference)
        await person.presses("جيد")
        assert (await system.case(reference))["rating"] == 4, person.transcript
        await person.says("بس تأخروا شوي")
        assert (await system.case(reference))["rating"] == 4, person.transcript
        await person.says("ما تصلح شي، رجعت الزبالة متكدسة")
        assert (await system.case(reference))["status"] == "reopened", person.transcript


async def test_a_typed_number_is_a_rating_and_a_low_one_reopens_by_sms(system: System) -> None:
    async with filed(system, "sms", stories.WAGES) as (person, reference):
        await agency_replies(system, person, reference)
        await person.says("١")
        assert (await system.case(reference))["rating"] == 1, person.transcript
        await person.says("نعم")
        await person.says("ما عطونا ولا فلس")
        case = await system.case(reference)
        assert (case["status"], case["rating"]) == ("reopened", 1), person.transcript


async def test_rated_in_words_and_anything_else_is_none_on_whatsapp(system: System) -> None:
    async with filed(system, "whatsapp", stories.STREET_LIGHT) as (person, reference):
        await agency_replies(system, person, reference)
        await person.says("ممتاز بس تأخروا")
        assert (await system.case(reference))["rating"] == 5, person.transcript
        await person.says("شكرا")
        assert (await system.case(reference))["rating"] == 5


async def test_the_reason_is_asked_for_and_what_is_open_takes_words_in_the_web_chat(system: System) -> None:
    async with filed(system, "webchat", stories.POWER_CUT) as (person, reference):
        await person.says(f"ابي افتح الشكوى {reference} مرة ثانية")
        assert (await system.case(reference))["status"] == "received", person.transcript
        await agency_replies(system, person, reference)
        await person.says("ابي افتح الشكوى مرة ثانية")
        assert (await system.case(reference))["status"] == "closed", person.transcript
        await person.says("الكهرباء ردت طفت بعد ساعة")
        assert (await system.case(reference))["status"] == "reopened", person.transcript


async def test_reopened_as_often_as_may_be_then_a_new_case_names_it_in_the_web_chat(system: System) -> None:
    async with filed(system, "webchat", stories.POWER_CUT) as (person, reference):
        for _ in range(2):
            await agency_replies(system, person, reference)
            await person.says("سيء جدا")
            assert "نفتح الطلب" in person.heard, person.transcript
            await person.presses("نعم، نفتحه")
            await person.says("الكهرباء ردت طفت بعد ساعة")
            assert (await system.case(reference))["status"] == "reopened", person.transcript
        await agency_replies(system, person, reference)
        await person.says("سيء جدا")
        assert "نفتح الطلب" not in person.heard, person.transcript
        await person.says("محد جانا ولا كلمنا")
        await person.says("ابي افتح الشكوى مرة ثانية")
        case = await system.case(reference)
        assert (case["status"], case["times_reopened"], case["rating"]) == ("closed", 2, 1), person.transcript
        await person.presses("تسجيل طلب جديد")
        again = Person(system, person.line, stories.POWER_CUT)
        later = await again.goes_on()
        assert (await system.case(later))["follows"] == reference, again.transcript
        assert later != reference


async def test_on_the_phone_too(system: System) -> None:
    async with filed(system, "call_center", stories.STRAY_DOGS) as (person, reference):
        await person.says(f"ابي اضيف على {reference} ان الجلاب صارت عشر")
        assert reference in person.heard
        await person.says("لا خلاص بس هذا")
        await person.says("سحب الشكوى لو سمحت، خذوهم")
        await person.says("اي نعم")
        assert (await system.case(reference))["status"] == "withdrawn", person.transcript


@pytest.mark.parametrize("words", ["ابي اسحب الشكوى {}", "ابي اضيف على {}: كلام", "ما تصلح شي {} افتحوها"])
async def test_nobody_elses_case(system: System, words: str) -> None:
    async with filed(system, "webchat", stories.POTHOLE) as (_, reference):
        async with lines.webchat(system) as line:
            other = Person(system, line, stories.POTHOLE)
            await other.says(words.format(reference))
            assert "80008001" in other.heard, other.transcript
        assert (await system.case(reference))["status"] == "received"


async def test_the_case_is_chosen_where_there_are_several(system: System) -> None:
    async with filed(system, "telegram", stories.POTHOLE) as (person, first):
        second = Person(system, person.line, stories.RUBBISH)
        latest = await second.files()
        await second.says("شكرا مع السلامة")
        await second.says(f"شصار على {first}")
        await second.says("ابي اسحب شكوتي")
        assert first in second.heard, second.transcript
        await second.presses("نعم، نسحبه")
        statuses = [(await system.case(reference))["status"] for reference in (first, latest)]
        assert statuses == ["withdrawn", "received"], second.transcript


async def test_in_the_midst_of_another_complaint_the_draft_stays(system: System) -> None:
    async with filed(system, "telegram", stories.POTHOLE) as (person, reference):
        again = Person(system, person.line, stories.RUBBISH)
        await again.begins()
        asked = await again.expected()
        draft = (await system.state("telegram", person.line.address))["draft"]
        await again.says(f"ابي اضيف على {reference}: الحفرة كبرت")
        assert reference in again.heard, again.transcript
        assert await again.expected() == asked
        assert (await system.state("telegram", person.line.address))["draft"] == draft
        await agency_replies(system, again, reference)
        await again.presses("ممتاز")
        assert (await system.case(reference))["rating"] == 5, again.transcript
        assert await again.expected() == asked
        await again.answers(asked)
        assert await again.goes_on() != reference


async def test_questions_in_between_are_answered_and_asked_again(system: System) -> None:
    async with filed(system, "webchat", stories.STREET_LIGHT) as (person, reference):
        await person.says("ابي اسحب شكوتي")
        await person.says("الخدمة عليها رسوم؟")
        assert reference in person.heard, person.transcript
        await person.says("اي")
        assert (await system.case(reference))["status"] == "withdrawn", person.transcript
