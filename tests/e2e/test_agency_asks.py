"""An agency asks, the person answers in their own words on the channel where they were asked, and the case goes on."""

import pytest

from contact_center.agencies.queries import catalogue
from contact_center.cases import queries, service
from contact_center.database import Database
from contact_center.notifications.case_events import tell_event
from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.pictures import photo
from tests.e2e.system import System
from tests.e2e.test_filed_case_lives_on import filed

pytestmark = [pytest.mark.usefixtures("no_traceback"), pytest.mark.timeout(400, func_only=True)]

QUESTION = "وين المكان بالضبط؟ وإذا في صورة تساعدنا."
THANKS = "وصل جوابك"


async def agency_asks(system: System, person: Person, reference: str, question: str = QUESTION) -> None:
    """As an officer does from the case's page; the person hears it."""
    database = Database(system.database_url, pool_size=1)
    async with database.transaction() as session:
        case = await queries.by_reference(session, reference)
        assert case is not None
        event = await service.set_status(session, case, "waiting", actor="account:omar", text=question)
        assert await tell_event(session, await catalogue(session), case, event)
    await database.close()
    heard = await person.listens()
    assert question in heard, person.transcript
    assert "رقم الطلب" not in heard, person.transcript


async def added(system: System, reference: str) -> list[str]:
    """What the person has added to the case, oldest first."""
    database = Database(system.database_url, pool_size=1)
    async with database.transaction() as session:
        case = await queries.by_reference(session, reference)
        assert case is not None
        events = await queries.timeline(session, case.id)
    await database.close()
    return [event.text or "" for event in events if event.kind == "information"]


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "sms", "webchat"])
async def test_the_next_words_are_the_answer(system: System, channel: str) -> None:
    async with filed(system, channel, stories.POTHOLE) as (person, reference):
        await agency_asks(system, person, reference)
        assert (await system.case(reference))["status"] == "waiting"
        await person.says("عند مدخل المدرسة بيت 12")
        assert THANKS in person.heard, person.transcript
        assert reference in person.heard, person.transcript
        assert (await system.case(reference))["status"] == "in_progress", person.transcript
        assert await added(system, reference) == ["عند مدخل المدرسة بيت 12"], person.transcript


async def test_something_else_is_that_and_the_question_stays_open_on_telegram(system: System) -> None:
    async with filed(system, "telegram", stories.POTHOLE) as (person, reference):
        await agency_asks(system, person, reference)
        await person.says("السلام عليكم")
        assert (await system.case(reference))["status"] == "waiting", person.transcript
        await person.says(f"شصار على {reference}")
        assert QUESTION in person.heard, person.transcript
        assert (await system.case(reference))["status"] == "waiting", person.transcript
        await person._do("(photo)", person.line.citizen.sends_photo(photo()))
        assert THANKS in person.heard, person.transcript
        case = await system.case(reference)
        assert (case["status"], len(case["attachments"])) == ("in_progress", 1), person.transcript


async def test_a_place_then_more_words_on_whatsapp(system: System) -> None:
    async with filed(system, "whatsapp", stories.RUBBISH) as (person, reference):
        await agency_asks(system, person, reference)
        await person._do("(place)", person.line.citizen.sends_location(26.2701, 50.6100))
        assert THANKS in person.heard, person.transcript
        await person.says("الحاوية قبال بيت رقم 10")
        assert await added(system, reference) == ["26.270100, 50.610000", "الحاوية قبال بيت رقم 10"], person.transcript


async def test_a_new_complaint_is_one_on_the_web(system: System) -> None:
    async with filed(system, "webchat", stories.POTHOLE) as (person, reference):
        await agency_asks(system, person, reference)
        again = Person(system, person.line, stories.POWER_CUT)
        other = await again.files()
        assert other != reference
        assert (await system.case(reference))["status"] == "waiting", again.transcript


async def test_in_the_midst_of_another_complaint_on_telegram(system: System) -> None:
    async with filed(system, "telegram", stories.POTHOLE) as (person, reference):
        again = Person(system, person.line, stories.RUBBISH)
        await again.begins()
        asked = await again.expected()
        await agency_asks(system, again, reference)
        await again.says("عند مدخل المدرسة بيت 12")
        assert THANKS in again.heard, again.transcript
        assert (await system.case(reference))["status"] == "in_progress", again.transcript
        assert await again.expected() == asked, again.transcript


async def test_of_two_questions_the_one_that_is_quoted_on_telegram(system: System) -> None:
    async with filed(system, "telegram", stories.POTHOLE) as (person, first):
        second = await Person(system, person.line, stories.RUBBISH).files()
        await agency_asks(system, person, first)
        await agency_asks(system, person, second, "جم حاوية موجودة؟")
        citizen = person.line.citizen
        asked = next(heard for heard in reversed(citizen.heard) if QUESTION in heard.text)
        quoted = {"message_id": asked.message_id, "date": 1_790_000_000, "chat": citizen.chat}
        citizen.sends(text="عند مدخل المدرسة", reply_to_message=quoted)
        await person.listens()
        assert (await system.case(first))["status"] == "in_progress", person.transcript
        assert (await system.case(second))["status"] == "waiting", person.transcript


async def test_who_rang_answers_the_sms(system: System) -> None:
    phone = lines.new_phone()
    person = Person(system, lines.sms(system, phone), stories.STRAY_DOGS)
    reference = await Person(system, await lines.call(system, phone), stories.STRAY_DOGS).files()
    await person.listens()  # the number of the case
    await person.says("مشكورين")  # who wrote just now is asked at night as well
    await agency_asks(system, person, reference)
    await person.says("ورا المسجد")
    assert THANKS in person.heard, person.transcript
    assert (await system.case(reference))["status"] == "in_progress", person.transcript


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "telegram"])
async def test_a_number_alone_is_an_answer(system: System, channel: str) -> None:
    """By SMS a number chooses among what was offered; nothing was offered with the question."""
    async with filed(system, channel, stories.POTHOLE) as (person, reference):
        await agency_asks(system, person, reference, "جم رقم الطريق؟")
        await person.says("2")
        assert THANKS in person.heard, person.transcript
        assert await added(system, reference) == ["2"], person.transcript
