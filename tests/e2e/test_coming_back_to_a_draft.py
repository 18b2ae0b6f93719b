"""Half-filled cases: left and taken up again after hours and days, reminded of, cancelled and brought back; what is
known from the case before; several messages that are one."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e import lines, stories
from tests.e2e.lines import Line
from tests.e2e.person import Person
from tests.e2e.pictures import photo
from tests.e2e.system import System, running_anew

pytestmark = pytest.mark.timeout(400, func_only=True)

WORDS = "في حفرة كبيرة في الشارع والسيايير تتكسر منها"
OTHER = "الكهرباء طافية علينا من الصبح واليهال ميتين من الحر"
NOON_UTC = 9


class Clock:
    """The running system's clock: noon of some day in Bahrain at first."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead = timedelta()
        self.noon()

    def noon(self) -> None:
        """Let it become noon: people may be written to."""
        present = datetime.now(UTC) + self._ahead
        self.passes(present.replace(hour=NOON_UTC, minute=0) + timedelta(days=1) - present)

    def passes(self, time: timedelta) -> None:
        """Let time pass."""
        self._ahead += time
        self._file.write_text(str(self._ahead.total_seconds()))


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    """The clock of the system under test."""
    return Clock(tmp_path_factory.mktemp("clock") / "offset")


@pytest.fixture(scope="module")
async def drafting(clock: Clock) -> AsyncIterator[System]:
    """A system of its own: its clock is moved, and it gathers messages."""
    settings = {"TAWASUL_CLOCK_OFFSET_FILE": str(clock._file), "TAWASUL_GATHER_SECONDS": "1.5"}
    async with running_anew(**settings) as system:
        yield system


async def at_area(system: System, line: Line) -> Person:
    """Somebody who has told what it is about and is asked where."""
    person = Person(system, line, replace(stories.POTHOLE, words=WORDS))
    await person.begins()
    while (asked := await person.expected()) != "area":
        await person.answers(asked)
    return person


async def draft(system: System, person: Person) -> dict[str, object]:
    return dict((await system.state(person.line.channel, person.line.address))["draft"])


async def test_back_after_a_day_with_a_greeting(drafting: System, clock: Clock) -> None:
    person = await at_area(drafting, lines.telegram(drafting))
    before = await draft(drafting, person)
    clock.passes(timedelta(hours=26))
    await person.says("السلام عليكم")
    assert "حفرة كبيرة" in person.heard
    assert person.buttons == ["نكمل", "من جديد"]
    assert (await person.expected(), await draft(drafting, person)) == (None, before)
    await person.presses("نكمل")
    assert (await person.expected(), await draft(drafting, person)) == ("area", before)
    reference = await person.goes_on()
    assert (await drafting.case(reference))["description"] == WORDS


async def test_back_after_a_day_with_a_question_first(drafting: System, clock: Clock) -> None:
    person = await at_area(drafting, lines.telegram(drafting))
    before = await draft(drafting, person)
    clock.passes(timedelta(hours=26))
    await person.says("هلا")
    for question, answer in (
        ("هذي الخدمة بفلوس؟", "مجانية"),
        ("انت روبوت؟", "مساعد آلي"),
        ("منو المسؤول عن الإنارة؟", "الكهرباء"),
    ):
        await person.says(question)
        assert answer in person.heard
        assert "نكمله، أو نبدأ من جديد" in person.heard
        assert (person.buttons, await draft(drafting, person)) == (["نكمل", "من جديد"], before)
    await person.presses("نكمل")
    assert await person.expected() == "area"


async def test_back_after_a_week_and_anew(drafting: System, clock: Clock) -> None:
    person = await at_area(drafting, lines.whatsapp(drafting))
    clock.passes(timedelta(days=7))
    await person.says("هلا")
    await person.presses("من جديد")
    assert await person.expected() == "description"
    assert "description" not in await draft(drafting, person)


async def test_back_after_hours_with_the_answer(drafting: System, clock: Clock) -> None:
    person = await at_area(drafting, lines.sms(drafting))
    clock.passes(timedelta(hours=7))
    await person.says("سند مجمع 745 طريق 4530")
    assert "من جديد" in person.heard
    assert (await draft(drafting, person))["block"] == "745"
    assert await person.expected() not in ("area", None)


async def test_back_with_another_matter(drafting: System, clock: Clock) -> None:
    person = await at_area(drafting, lines.telegram(drafting))
    clock.passes(timedelta(hours=30))
    await person.says(OTHER)
    assert person.buttons == ["الطلب الأول", "الموضوع الجديد"]
    assert (await draft(drafting, person))["description"] == WORDS
    await person.presses("الموضوع الجديد")
    assert (await draft(drafting, person))["description"] == OTHER
    assert await person.expected() == "category"


async def test_back_after_the_processes_were_restarted(drafting: System, clock: Clock) -> None:
    person = await at_area(drafting, lines.telegram(drafting))
    for victim in ("assistant", "worker", "actions"):
        printed = drafting.kill(victim)
        await drafting.said(f"{victim} is ready", seconds=150, after=printed)
    clock.passes(timedelta(days=2))
    await person.says("هلا")
    await person.presses("نكمل")
    assert await person.expected() == "area"
    assert (await draft(drafting, person))["description"] == WORDS


async def test_a_short_while_is_no_pause(drafting: System, clock: Clock) -> None:
    person = await at_area(drafting, lines.telegram(drafting))
    clock.passes(timedelta(hours=1))
    await person.says("سند")
    assert "من جديد" not in person.heard


async def test_reminded(drafting: System, clock: Clock) -> None:
    clock.noon()
    person = await at_area(drafting, lines.telegram(drafting))
    clock.passes(timedelta(hours=4))
    person.patience = 150
    await person.listens()
    assert "باقي المكان" in person.heard
    await person.presses("نكمل")
    assert await person.expected() == "area"


async def test_cancelled_and_brought_back(drafting: System) -> None:
    person = await at_area(drafting, lines.telegram(drafting))
    before = await draft(drafting, person)
    await person.says("الغوا الطلب")
    await person.presses("نعم، إلغاء")
    assert (await person.expected(), person.buttons) == (None, ["رجّعها"])
    await person.presses("رجّعها")
    assert (await person.expected(), await draft(drafting, person)) == ("area", before)
    await person.says("الغوا الطلب")
    await person.presses("نعم، إلغاء")
    await person.says("تراجعت، رجعوها")
    assert (await person.expected(), await draft(drafting, person)) == ("area", before)


async def test_the_same_place_and_name_as_before(drafting: System) -> None:
    async with lines.webchat(drafting) as line:
        first = Person(drafting, line, stories.POTHOLE)
        filed = await drafting.case(await first.files())
        second = await at_area(drafting, line)
        assert "نفس المكان" in second.buttons
        await second.presses("نفس المكان")
        reference = await second.goes_on()
        assert "contact_name" not in second.asked
        assert f"{stories.POTHOLE.name} (من قبل)" in second.transcript
        again = await drafting.case(reference)
    place = ("area", "block", "road", "building", "lat", "lon", "contact_name")
    assert {name: again[name] for name in place} == {name: filed[name] for name in place}


async def test_without_a_name(drafting: System) -> None:
    person = await at_area(drafting, lines.whatsapp(drafting))
    await person.says("ما ابي اسمي يطلع")
    assert await person.expected() == "area"
    case = await drafting.case(await person.goes_on())
    assert (case["contact_name"], case["contact_phone"]) == (None, None)


async def test_several_messages_are_one_description(drafting: System) -> None:
    line = lines.telegram(drafting)
    person = Person(drafting, line, stories.POTHOLE)
    for words in ("السلام عليكم", "في حفرة كبيرة في الشارع", "والسيايير تتكسر منها"):
        await line.citizen.says(words)
    await line.citizen.sends_photo(photo())
    await person.listens()
    told = await draft(drafting, person)
    assert told["description"] == "السلام عليكم\nفي حفرة كبيرة في الشارع\nوالسيايير تتكسر منها"
    assert len(told["attachments"]) == 1  # type: ignore[arg-type]
    assert await person.expected() == "category"


async def test_more_of_the_story_at_a_later_question(drafting: System) -> None:
    person = await at_area(drafting, lines.telegram(drafting))
    await person.says("صار له اسبوع والريحة تذبح")
    assert await person.expected() == "area"
    assert str((await draft(drafting, person))["description"]) == f"{WORDS}\nصار له اسبوع والريحة تذبح"


async def test_danger_is_not_kept_waiting(drafting: System) -> None:
    line = lines.telegram(drafting)
    person = Person(drafting, line, stories.POTHOLE)
    await line.citizen.says("السلام عليكم")
    await line.citizen.says("الحقونا حريق في بيتنا والعيال داخل")
    while "999" not in person.heard:
        await person.listens()
    assert re.search("999", person.transcript)
