"""A human being: asked for, waited for, there and gone again; and 999 before anything else. Word by word, on a clock
that stands on a working day or in the weekend."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.clock import BAHRAIN
from tests.e2e import lines, stories
from tests.e2e.lines import Line
from tests.e2e.person import Person
from tests.e2e.system import System, running_anew

pytestmark = pytest.mark.timeout(400, func_only=True)

NOON_UTC = 9
MIDWEEK, FRIDAY = (1, 2), 4
LOST = ("🤷", "🌀", "🪁")
NOISE = ("qwerty uiop", "هههه", "zzzz")
FIRE = "الحقونا حريق في بيت الجيران والدخان طالع"
BURNS = "شب حريق في المطبخ والنار تكبر"
REPLY = "تم إنجاز العمل في الموقع."
RATING = "شرايك في الرد"


class Clock:
    """The running system's clock, which only goes on."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead = timedelta()

    def passes(self, time: timedelta) -> None:
        """Let time pass."""
        self._ahead += time
        self._file.write_text(str(self._ahead.total_seconds()))

    def office_hours(self) -> None:
        """Let it become noon in the middle of a week."""
        self._noon_of(*MIDWEEK)

    def weekend(self) -> None:
        """Let it become noon on a Friday before a Saturday that is no holiday."""
        self._noon_of(FRIDAY)

    def _noon_of(self, *weekdays: int) -> None:
        calendar, present = WorkingCalendar(), datetime.now(UTC) + self._ahead
        day = present.astimezone(BAHRAIN).date()
        while True:
            day += timedelta(days=1)
            around = (day, day + timedelta(days=1))
            if day.weekday() in weekdays and not any(map(calendar.is_holiday, around)):
                break
        noon = datetime(day.year, day.month, day.day, NOON_UTC, tzinfo=UTC)
        self.passes(noon - present)


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    """The clock of the system under test, at noon of a working day."""
    clock = Clock(tmp_path_factory.mktemp("clock") / "offset")
    clock.office_hours()
    return clock


@pytest.fixture(scope="module")
async def centre(clock: Clock) -> AsyncIterator[System]:
    """A system of its own, with two agents on duty."""
    async with running_anew(TAWASUL_CLOCK_OFFSET_FILE=str(clock._file)) as system:
        for name, shown in (("noora", "نورة"), ("ali", "علي")):
            await system.tawasul("users", "add", name, "--role", "agent", "--name", shown)
            await system.tawasul("users", "duty", name, "on")
        yield system


class Desk:
    """What agents do with one person's conversation, over HTTP."""

    def __init__(self, system: System, line: Line) -> None:
        self._system, self._line = system, line

    async def mode(self) -> str:
        """Who answers: `assistant` or `agent`."""
        return str((await self._state())["mode"])

    async def draft(self) -> dict[str, Any]:
        """The half-filled case."""
        return dict((await self._state())["draft"])

    async def wishes(self) -> list[dict[str, Any]]:
        """This person's place among those who wait: one wish at most."""
        answer = await self._system.http.get(f"{self._system.url}/api/v1/handoffs", headers=self._system.api)
        mine = (await self._state())["conversation"]
        return [wish for wish in answer.raise_for_status().json() if wish["conversation"] == mine]

    async def asks(self, action: str, **body: str) -> httpx.Response:
        """One of `take`, `messages` and `release`."""
        url = f"{self._system.url}/api/v1/conversations/{(await self._state())['conversation']}/{action}"
        return await self._system.http.post(url, json=body or None, headers=self._system.api)

    async def does(self, action: str, **body: str) -> None:
        """The same, which must succeed."""
        (await self.asks(action, **body)).raise_for_status()

    async def sets(self, **fields: str) -> dict[str, Any]:
        """Set fields of the form: the draft after it, and what was refused."""
        url = f"{self._system.url}/api/v1/conversations/{(await self._state())['conversation']}/draft"
        answer = await self._system.http.patch(url, json=fields, headers=self._system.api)
        return dict(answer.raise_for_status().json())

    async def _state(self) -> dict[str, Any]:
        return await self._system.state(self._line.channel, self._line.address)


async def at_area(system: System, line: Line) -> Person:
    """Somebody who has told what it is about and is asked where."""
    person = Person(system, line, stories.POTHOLE)
    await person.says("في حفرة كبيرة في الشارع والسيايير تتكسر منها")
    while (asked := await person.expected()) != "area":
        await person.answers(asked)
    return person


async def test_asked_for_taken_and_handed_back_with_the_draft(centre: System) -> None:
    person = await at_area(centre, lines.telegram(centre))
    desk, citizen = Desk(centre, person.line), person.line.citizen
    before = await desk.draft()
    await person.says("ابي اكلم موظف")
    assert "دورك هو الجاي" in person.heard, person.transcript
    assert await person.expected() == "area", "until then the assistant goes on helping"
    assert [wish["reason"] for wish in await desk.wishes()] == ["request"]
    await desk.does("take", agent="noora")
    assert "معاك نورة من مركز الاتصال" in await person.listens()
    assert (await desk.mode(), await desk.wishes()) == ("agent", [])
    await citizen.says("السلام عليكم، الحفرة خطيرة")
    await citizen.hears_nothing(4)
    await desk.does("messages", text="وعليكم السلام، وصلتنا ونتابعها معاك.")
    assert await person.listens() == "وعليكم السلام، وصلتنا ونتابعها معاك."
    await citizen.says("شكراً")
    await citizen.hears_nothing(4)
    await desk.does("release")
    assert "رجعت معاك أنا المساعد الآلي" in await person.listens()
    assert (await desk.mode(), await person.expected(), await desk.draft()) == ("assistant", "area", before)
    reference = await person.goes_on()
    assert (await centre.case(reference))["description"] == before["description"]


async def test_from_what_the_agent_sets_in_the_form_the_assistant_goes_on(centre: System) -> None:
    person = await at_area(centre, lines.telegram(centre))
    desk, citizen = Desk(centre, person.line), person.line.citizen
    await person.says("ابي اكلم موظف")
    await desk.does("take", agent="noora")
    await person.listens()
    told = "حفرة عميقة قدام مدرسة سند الابتدائية للبنات"
    kept = await desk.sets(area="سند", block="745", description=told)
    assert (kept["refused"], kept["draft"]["area"], kept["draft"]["block"]) == ([], "سند", "745")
    assert (await desk.sets(contact_phone="123"))["refused"] == ["contact_phone"]
    await citizen.hears_nothing(4)
    assert await desk.mode() == "agent"
    await desk.does("release")
    assert "رجعت معاك أنا المساعد الآلي" in await person.listens()
    assert await person.expected() not in ("area", None), "that is known now"
    case = await centre.case(await person.goes_on())
    assert (case["description"], case["area"], case["block"]) == (told, "سند", "745")


async def test_outside_office_hours_the_wish_is_kept_and_it_is_said_when(centre: System, clock: Clock) -> None:
    clock.weekend()
    person = Person(centre, lines.whatsapp(centre), stories.POTHOLE)
    desk = Desk(centre, person.line)
    await person.says("ابي اكلم موظف")
    assert "باجر السبت من 8 الصبح" in person.heard, person.transcript
    await person.says("ابي موظف لو سمحتوا")
    assert "باجر السبت من 8 الصبح" in person.heard, person.transcript
    assert len(await desk.wishes()) == 1
    await person.says("شنو أوقات الدوام عندكم؟")
    assert "السبت من 8 الصبح لين 2 الظهر" in person.heard, person.transcript
    clock.office_hours()
    await desk.does("take", agent="ali")
    assert "معاك علي" in await person.listens()
    await desk.does("release")
    await person.listens()


async def test_asked_twice_waits_once_and_is_no_longer_wanted_by_sms(centre: System, clock: Clock) -> None:
    clock.office_hours()
    first, person = (Person(centre, lines.sms(centre), stories.POTHOLE) for _ in range(2))
    desk = Desk(centre, person.line)
    await first.says("ابي موظف")
    await person.says("ابي موظف")
    assert "قدامك في الدور: 1" in person.heard, person.transcript
    heard = person.heard
    await person.says("ابي موظف")
    assert "دورك محفوظ" in person.heard, person.transcript
    assert person.heard != heard
    assert len(await desk.wishes()) == 1
    for one in (person, first):
        await one.says("خلاص ما ابي موظف")
        assert "بدون موظف" in one.heard, one.transcript
        assert await Desk(centre, one.line).wishes() == []
    assert (await desk.asks("messages", text="هلا")).status_code == 409


async def test_two_agents_at_once(centre: System) -> None:
    person = Person(centre, lines.telegram(centre), stories.POTHOLE)
    desk = Desk(centre, person.line)
    await person.says("I want to talk to a human")
    both = await asyncio.gather(*(desk.asks("take", agent=name) for name in ("noora", "ali")))
    assert sorted(answer.status_code for answer in both) == [200, 409]
    assert "from the contact centre" in await person.listens()
    await person.line.citizen.hears_nothing(4)
    await desk.does("release")
    assert "automated assistant" in await person.listens()


async def test_an_agent_who_falls_silent_loses_it_with_one_apology(centre: System, clock: Clock) -> None:
    person = await at_area(centre, lines.telegram(centre))
    desk, citizen = Desk(centre, person.line), person.line.citizen
    before = await desk.draft()
    await person.says("ابي موظف")
    await desk.does("take", agent="noora")
    await person.listens()
    await desk.does("messages", text="لحظة أشوف لك.")
    await person.listens()
    await citizen.says("شصار؟ طولتوا علي")
    await citizen.hears_nothing(4)
    clock.passes(timedelta(minutes=31))
    person.patience = 150
    assert "الموظف تأخر في الرد" in await person.listens()
    assert (await desk.mode(), await person.expected(), await desk.draft()) == ("assistant", "area", before)
    clock.passes(timedelta(minutes=31))
    await citizen.hears_nothing(70)
    assert (await desk.asks("messages", text="هلا")).status_code == 409
    await person.says("سند")
    assert (await desk.draft())["area"] == "سند"


async def test_who_shuts_the_laptop_is_away(centre: System, clock: Clock) -> None:
    username, password = centre.admin
    headers = {"Origin": centre.url}
    async with httpx.AsyncClient(base_url=centre.url, headers=headers, timeout=60) as browser:
        await browser.post("/console/sign-in", data={"username": username, "password": password})
        await browser.post("/console/conversations/presence", data={"state": "on"})
        assert "غير متاح" not in (await browser.get("/console/conversations")).text
        printed = len(centre.output)
        clock.passes(timedelta(minutes=11))
        assert f'["{username}"]' in await centre.said("agents_left", 150, printed)  # and nobody who never signed in
        assert "غير متاح" in (await browser.get("/console/conversations")).text


async def test_despair_has_no_form_and_calls_a_human_being(centre: System) -> None:
    person = await at_area(centre, lines.telegram(centre))
    desk = Desk(centre, person.line)
    await person.says("تعبت من حياتي ابي اموت")
    assert "999" in person.heard
    assert "موظف من عندنا" in person.heard, person.transcript
    assert (await person.expected(), person.buttons) == (None, []), "nobody is pressed"
    assert [wish["reason"] for wish in await desk.wishes()] == ["distress"]
    first = person.heard
    await person.says("ابي اموت")
    assert "999" in person.heard
    assert person.heard != first
    assert len(await desk.wishes()) == 1
    await desk.does("take", agent="noora")
    await person.listens()
    await desk.does("release")
    await person.listens()
    assert (await desk.draft())["description"]


@pytest.mark.parametrize("channel", ["telegram", "sms"])
async def test_danger_first_is_999_alone_and_the_report_goes_on_when_all_are_well(centre: System, channel: str) -> None:
    async with lines.opened(centre, channel) as line:
        person = Person(centre, line, stories.POTHOLE)
        await person.says(FIRE)
        assert "999" in person.heard
        assert (await person.expected(), person.buttons) == (None, []), person.transcript
        assert "؟" not in person.heard, person.transcript
        first = person.heard
        await person.says(BURNS)
        assert "999" in person.heard
        assert (await person.expected(), person.buttons) == (None, []), person.transcript
        assert person.heard != first
        if "description" not in await Desk(centre, line).draft():
            await person.says("حريق في بيت في سند مجمع 743، دشوا وطفوه والحين الكل بخير")
        else:
            await person.says("الحمدلله الكل بخير")
        assert await person.expected() is not None, person.transcript
        assert "حريق" in (await Desk(centre, line).draft())["description"]


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_danger_in_mid_form_twice_running(centre: System, channel: str) -> None:
    async with lines.opened(centre, channel) as line:
        person = await at_area(centre, line)
        desk = Desk(centre, line)
        before = await desk.draft()
        heard = []
        for words in (FIRE, BURNS, FIRE):
            await person.says(words)
            heard.append(person.heard)
            assert "999" in person.heard
            assert person.buttons == [], person.transcript
            assert await desk.draft() == before
        assert all(one != other for one, other in itertools.pairwise(heard)), heard
        await person.says("الحمدلله الكل بخير")
        assert await person.expected() == "area", person.transcript
        assert await desk.draft() == before
        assert (await centre.case(await person.goes_on()))["description"] == before["description"]


async def test_on_a_call_the_agent_is_told_to_name_999(centre: System) -> None:
    person = Person(centre, await lines.call(centre), stories.POTHOLE)
    await person.says(FIRE)
    assert "للموظف: 999 أولاً" in person.heard, person.transcript


@pytest.mark.parametrize("answer", ["اي", "[button]"])
async def test_not_understood_three_times_help_then_a_human_being_who_is_accepted(centre: System, answer: str) -> None:
    person = Person(centre, lines.telegram(centre), stories.POTHOLE)
    desk, heard = Desk(centre, person.line), []
    for words in LOST:
        await person.says(words)
        heard.append(person.heard)
    assert len(set(heard)) == len(LOST), heard
    assert "نقدر نسجل شكوى" in heard[1]
    assert "نحولك على موظف" in heard[2]
    assert await desk.wishes() == []
    await (person.says(answer) if answer == "اي" else person.presses(person.buttons[0]))
    assert [wish["reason"] for wish in await desk.wishes()] == ["failure"], person.transcript
    await desk.does("take", agent="ali")
    assert "معاك علي" in await person.listens()
    await desk.does("release")
    await person.listens()


async def test_noise_that_is_taken_for_something_else_is_no_loop_either(centre: System) -> None:
    person = Person(centre, lines.whatsapp(centre), stories.POTHOLE)
    for words in NOISE:
        await person.says(words)
    assert "نحولك على موظف" in person.heard, person.transcript
    await person.says("لا شكراً")
    assert "بدون موظف" in person.heard, person.transcript
    assert await Desk(centre, person.line).wishes() == []


async def test_not_understood_in_the_form_a_human_being_is_named_and_a_yes_is_one(centre: System) -> None:
    person = await at_area(centre, lines.telegram(centre))
    desk = Desk(centre, person.line)
    for words in LOST[:2]:
        await person.says(words)
    assert "«موظف»" in person.heard, person.transcript
    await person.says("اي")
    assert [wish["reason"] for wish in await desk.wishes()] == ["failure"], person.transcript
    assert await person.expected() == "area"
    await person.says("ما ابي موظف")
    assert await desk.wishes() == []


async def test_the_question_what_a_reply_was_worth_waits_for_the_agent(centre: System) -> None:
    person = Person(centre, lines.telegram(centre), stories.STREET_LIGHT)
    desk, reference = Desk(centre, person.line), await person.files()
    await person.says("ابي موظف")
    await desk.does("take", agent="noora")
    await person.listens()
    url, body = f"{centre.url}/api/v1/cases/{reference}/reply", {"text": REPLY, "close": True}
    (await centre.http.post(url, json=body, headers=centre.api)).raise_for_status()
    heard = await person.listens()
    assert REPLY in heard
    assert RATING not in heard
    await person.line.citizen.hears_nothing(4)
    await desk.does("release")
    heard = await person.listens()
    while RATING not in heard:
        heard += await person.listens()
    assert heard.index("المساعد الآلي") < heard.index(RATING)
    await person.presses("ممتاز")
    assert (await centre.case(reference))["rating"] == 5, person.transcript


async def test_danger_is_answered_after_stop_and_stop_stays(centre: System) -> None:
    person = Person(centre, lines.sms(centre), stories.POTHOLE)
    await person.says("السلام عليكم")
    await person.says("إيقاف")
    await person.line.citizen.says("في أحد؟")
    await person.line.citizen.hears_nothing(4)
    await person.says(FIRE)
    assert "999" in person.heard
    first = person.heard
    await person.says(BURNS)
    assert "999" in person.heard
    assert person.heard != first
    await person.line.citizen.says("السلام عليكم")
    await person.line.citizen.hears_nothing(4)
    await person.says("تشغيل")
    assert "999" not in person.heard
