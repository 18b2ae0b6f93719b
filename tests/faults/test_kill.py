"""`kill -9` of a process in the middle of a conversation: it goes on, nothing is lost, nothing happens twice."""

import asyncio

import pytest

from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.system import System
from tests.faults.killing import all_sent, back, check_filed_once
from tests.faults.records import Records, until

VICTIMS = ["worker", "assistant", "actions", "web"]


@pytest.mark.timeout(240, func_only=True)
@pytest.mark.parametrize("victim", VICTIMS)
async def test_a_conversation_goes_on_after_the_restart(system: System, records: Records, victim: str) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.begins()
    await person.answers(await person.expected())
    asked = await person.expected()
    printed = system.kill(victim)
    await person.answers(asked)
    reference = await person.goes_on()
    await back(system, victim, printed)
    await check_filed_once(records, person, reference)


@pytest.mark.slow
@pytest.mark.timeout(1800, func_only=True)
@pytest.mark.parametrize("victim", VICTIMS)
async def test_a_conversation_survives_a_kill_at_every_turn(system: System, records: Records, victim: str) -> None:
    person = Person(system, lines.telegram(system), stories.with_photo(stories.RUBBISH))
    person.patience = 180
    filing = asyncio.create_task(person.files())
    kills = 0
    while not filing.done():
        taken_up = await _taken_up(records)
        await until(lambda before=taken_up: _filed_or_more(records, filing, before), 300)  # type: ignore[misc]
        if not filing.done():
            printed, kills = system.kill(victim), kills + 1
            await back(system, victim, printed)
    await check_filed_once(records, person, await filing, may_be_told_twice=victim == "worker")
    assert kills >= 4


@pytest.mark.timeout(240, func_only=True)
async def test_messages_that_come_while_the_worker_is_dead_are_answered_in_order(
    system: System, records: Records
) -> None:
    person = Person(system, lines.whatsapp(system), stories.POTHOLE)
    await person.says("السلام عليكم")
    printed = system.kill("worker")
    for words in ("شنو تواصل؟", "عليها رسوم؟", "متى دوامكم؟", "مشكورين"):
        await person.line.citizen.says(words)
        await system.twilio.settled()
    await back(system, "worker", printed)
    await until(lambda: all_sent(records, person, 5), 60)
    await records.check_each_handled_once_in_order(person.line)
    told = [row["text"].strip() for row in await records.outbound(person.line)]
    assert [one.text.strip() for one in person.line.citizen.heard] == told


async def _taken_up(records: Records) -> int:
    """How many messages a worker has begun to handle."""
    return len(await records.rows("SELECT 1 FROM inbox_messages WHERE attempts > 0"))


async def _filed_or_more(records: Records, filing: asyncio.Task[str], before: int) -> bool:
    return filing.done() or await _taken_up(records) > before
