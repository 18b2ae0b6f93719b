"""The provider says no, not now, or nothing at all: replies arrive in order, and once."""

import asyncio
from typing import Any

import pytest

from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.system import System
from tests.faults.killing import all_sent
from tests.faults.records import Records, until

pytestmark = pytest.mark.timeout(180, func_only=True)

QUESTIONS = ("شنو تواصل؟", "عليها رسوم؟", "متى دوامكم؟")
TELEGRAM: dict[str, dict[str, Any]] = {
    "too many requests": {"retry_after": 1, "times": 2},
    "its own fault": {"code": 500, "times": 2},
    "a proxy's page": {"code": 502, "broken": True},
}
TWILIO: dict[str, dict[str, Any]] = {
    "too many requests": {"status": 429, "code": 20429, "retry_after": 1, "times": 2},
    "its own fault": {"status": 500, "code": 20500, "times": 2},
    "our number's rate": {"status": 400, "code": 14107},
}


@pytest.mark.parametrize("failure", TELEGRAM)
async def test_telegram_fails_and_comes_back(system: System, records: Records, failure: str) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.says("السلام عليكم")
    system.telegram.fail_next("sendMessage", **TELEGRAM[failure])
    await _asks_all_and_hears_all(records, person)


@pytest.mark.parametrize("failure", TWILIO)
async def test_twilio_fails_and_comes_back(system: System, records: Records, failure: str) -> None:
    person = Person(system, lines.whatsapp(system), stories.POTHOLE)
    await person.says("السلام عليكم")
    system.twilio.fail_next(**TWILIO[failure])
    await _asks_all_and_hears_all(records, person)


@pytest.mark.slow
async def test_an_answer_that_never_comes_is_not_sent_again(system: System, records: Records) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.says("السلام عليكم")
    system.telegram.fail_next("sendMessage", delay=15)  # longer than we wait
    for words in QUESTIONS:
        await person.line.citizen.says(words)
    await until(lambda: _nothing_waits(records, person, 1 + len(QUESTIONS)), 60)
    outbound = await records.outbound(person.line)
    assert [row["status"] for row in outbound].count("unknown") == 1
    assert [one.text.strip() for one in person.line.citizen.heard] == [row["text"].strip() for row in outbound]


async def test_somebody_who_blocked_the_bot_holds_up_nobody(system: System, records: Records) -> None:
    blocked = Person(system, lines.telegram(system), stories.POTHOLE)
    await blocked.says("السلام عليكم")
    blocked.line.citizen.blocked = True
    await blocked.line.citizen.says("شنو تواصل؟")
    other = Person(system, lines.telegram(system), stories.POTHOLE)
    await other.says("السلام عليكم")
    await until(lambda: _nothing_waits(records, blocked, 2))
    assert (await records.outbound(blocked.line))[-1]["status"] == "failed"


async def _asks_all_and_hears_all(records: Records, person: Person) -> None:
    for words in QUESTIONS:
        await person.line.citizen.says(words)
    await until(lambda: all_sent(records, person, 1 + len(QUESTIONS)), 60)
    await asyncio.sleep(0.5)
    told = [row["text"].strip() for row in await records.outbound(person.line)]
    assert [one.text.strip() for one in person.line.citizen.heard] == told


async def _nothing_waits(records: Records, person: Person, messages: int) -> bool:
    inbound, outbound = await records.inbound(person.line), await records.outbound(person.line)
    return (
        len(inbound) == messages
        and all(row["status"] == "processed" for row in inbound)
        and all(row["status"] not in ("queued", "sending") for row in outbound)
    )
