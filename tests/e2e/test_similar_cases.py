"""An open case about the same is shown before one more is filed: joined, added to or filed anyway, on every channel."""

from dataclasses import replace

import pytest

from contact_center.cases.reference import new_reference
from tests.e2e import lines, stories
from tests.e2e.lines import Line
from tests.e2e.person import FILE_ANYWAY, Person, Story
from tests.e2e.system import System

pytestmark = [pytest.mark.usefixtures("no_traceback"), pytest.mark.timeout(240, func_only=True)]

REPLY = "تم سد الحفرة وتسوية الطريق"
ENGLISH = Story(
    "There is a big pothole on our road in Sanad and it damages the cars",
    "Potholes and broken road surface",
    "Sanad block 749 road 4930",
    "John Smith",
    "36991122",
)


def pothole(block: int) -> Story:
    """A pothole in a block where no other test knows of any."""
    place = f"سند مجمع {block} طريق {block}1 جدام البرادة"
    return replace(stories.POTHOLE, place=place)


async def filed(system: System, line: Line, story: Story) -> tuple[Person, str]:
    person = Person(system, line, story)
    return person, await person.files()


async def meets(system: System, line: Line, story: Story, says: str) -> tuple[Person, str]:
    """Somebody who complains of the same, and says this where they are shown the open case."""
    person = Person(system, line, story)
    person.to_similar = says
    reference = await person.files()
    assert person.similar is not None, person.transcript
    assert person.asked[-1] is None, "no slot is asked for by this question"
    return person, reference


async def answers(system: System, reference: str) -> None:
    body = {"text": REPLY, "close": False}
    url = f"{system.url}/api/v1/cases/{reference}/reply"
    (await system.http.post(url, json=body, headers=system.api)).raise_for_status()


async def test_somebody_joins_and_hears_the_reply_on_their_own_channel(system: System) -> None:
    owner, reference = await filed(system, lines.whatsapp(system), pothole(741))
    before = len(await system.cases())
    follower, joined = await meets(system, lines.telegram(system), pothole(741), "انضم")
    assert joined == reference
    shown = follower.similar or ""
    assert owner.story.category in shown
    assert "741" in shown
    for private in (owner.story.words, owner.story.name, owner.story.phone, reference):
        assert private not in shown
    await answers(system, reference)
    assert REPLY in await owner.listens()
    told = await follower.listens()
    assert REPLY in told
    assert reference in told
    await follower.says(f"شصار على {reference}")
    assert owner.story.category in follower.heard
    assert owner.story.words not in follower.heard
    assert len(await system.cases()) == before


async def test_by_sms_in_one_word_and_the_reply_comes_by_sms(system: System) -> None:
    _, reference = await filed(system, lines.telegram(system), pothole(742))
    follower, joined = await meets(system, lines.sms(system), pothole(742), "اي")
    assert joined == reference
    await answers(system, reference)
    assert REPLY in await follower.listens()


async def test_the_same_is_filed_anyway_in_words(system: System) -> None:
    _, reference = await filed(system, lines.whatsapp(system), pothole(743))
    async with lines.webchat(system) as line:
        _, other = await meets(system, line, pothole(743), "لا سجلها بروحها")
    assert other != reference
    assert stories.POTHOLE.words in (await system.case(other))["description"]


async def test_by_its_button_the_same_is_filed_anyway(system: System) -> None:
    _, reference = await filed(system, lines.telegram(system), pothole(744))
    person = Person(system, lines.whatsapp(system), pothole(744))
    other = await person.files()
    assert FILE_ANYWAY[0] in [word.strip("[]") for who, word in person.lines if who == "citizen"]
    assert other != reference


async def test_a_case_from_a_call_is_joined_in_the_web_chat(system: System) -> None:
    _, reference = await filed(system, await lines.call(system), pothole(746))
    async with lines.webchat(system) as line:
        _, joined = await meets(system, line, pothole(746), "ضموني معاهم")
    assert joined == reference


async def test_a_caller_joins_and_the_agent_is_told_what_to_say(system: System) -> None:
    _, reference = await filed(system, lines.whatsapp(system), pothole(747))
    caller, joined = await meets(system, await lines.call(system), pothole(747), "نعم")
    assert joined == reference
    assert "المتصل" in caller.heard


async def test_ones_own_open_case_is_recognised_and_added_to(system: System) -> None:
    line = lines.whatsapp(system)
    _, reference = await filed(system, line, pothole(748))
    person, same = await meets(system, line, pothole(748), "نعم")
    assert same == reference
    assert (person.similar or "").startswith("عندك طلب مفتوح")


async def test_questions_and_corrections_in_between_come_back_to_it(system: System) -> None:
    await filed(system, lines.telegram(system), pothole(751))
    person = Person(system, lines.whatsapp(system), pothole(751))
    person.to_similar = "عليها رسوم؟"
    await person.begins()
    while person.similar is None:
        await person.answers(await person.expected())
    assert "مجانية" in person.heard
    assert FILE_ANYWAY[0] in person.heard + "".join(person.buttons), "the question stands again"
    assert await person.expected() is None
    await person.says("لا المكان سند مجمع 753 طريق 5330")
    assert await person.expected() == "confirm"
    reference = await person.goes_on()
    assert (await system.case(reference))["block"] == "753"


async def test_in_english(system: System) -> None:
    _, reference = await filed(system, lines.telegram(system, "John Smith"), ENGLISH)
    person, joined = await meets(system, lines.sms(system), ENGLISH, "yes, join it")
    assert joined == reference
    assert "there is an open request" in (person.similar or "")
    await answers(system, reference)
    assert "which you joined" in await person.listens()


async def test_guessing_numbers_is_slowed_down_while_ones_own_stays_open(system: System) -> None:
    line = lines.telegram(system)
    person, mine = await filed(system, line, pothole(752))
    said: list[str] = []
    for _ in range(6):
        await person.says(new_reference(2026).display)
        said.append(person.heard)
    assert all("ما عندنا طلب" in heard for heard in said[:5])
    assert "دقايق" in said[5]
    await person.says(f"شصار على {mine}")
    assert mine in person.heard
    assert person.story.category in person.heard
