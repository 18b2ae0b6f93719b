"""`kill -9` at the moments that matter: between two commits that belong together.

A row that the next commit has to write is held locked, the process is killed while it waits, and the row is let go.
"""

import asyncio
import contextlib

import pytest

from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.system import System
from tests.faults.killing import about_to_confirm, all_sent, back, check_filed_once
from tests.faults.records import Records, row_locked, until

pytestmark = pytest.mark.timeout(240, func_only=True)

TURN = "SELECT version FROM rasa.conversations WHERE id = %s"
MESSAGE = "SELECT id FROM inbox_messages WHERE id = %s"


@pytest.mark.parametrize("victim", ["assistant", "actions", "worker"])
async def test_the_case_is_filed_but_the_turn_is_not_stored(system: System, records: Records, victim: str) -> None:
    person = await about_to_confirm(system)
    async with row_locked(system.database_url, TURN, await records.conversation(person.line)):
        confirming = asyncio.create_task(person.answers("confirm"))
        await until(lambda: records.cases(person.line))
        printed = system.kill(victim)
        await asyncio.sleep(0.5)
    await confirming
    await back(system, victim, printed)
    await check_filed_once(records, person, await person.goes_on())


async def test_the_turn_is_stored_but_the_reply_is_not(system: System, records: Records) -> None:
    person = await about_to_confirm(system)
    before = await _turns(records, person)
    with system.frozen("actions"):  # holds the assistant up until the worker's row is held
        confirming = asyncio.create_task(person.answers("confirm"))
        await until(lambda: _taken_up(records, person))
        holding = contextlib.AsyncExitStack()
        await holding.enter_async_context(row_locked(system.database_url, MESSAGE, await _newest(records, person)))
    async with holding:
        await until(lambda: _more_turns(records, person, before))
        assert len(await records.cases(person.line)) == 1
        printed = system.kill("worker")
        await asyncio.sleep(0.5)
    await confirming
    await back(system, "worker", printed)
    await check_filed_once(records, person, await person.goes_on())


async def test_the_reply_is_on_its_way_but_not_marked_as_sent(system: System, records: Records) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.says("السلام عليكم")
    system.telegram.fail_next("sendMessage", delay=3)  # it arrives, and the answer to us takes long
    await person.line.citizen.says("شنو تواصل؟")
    await until(lambda: _is_sending(records, person))
    printed = system.kill("worker")
    await person.line.citizen.says("عليها رسوم؟")
    await back(system, "worker", printed)
    await until(lambda: all_sent(records, person, 3), 60)
    told = [row["text"].strip() for row in await records.outbound(person.line)]
    heard = [one.text.strip() for one in person.line.citizen.heard]
    assert list(dict.fromkeys(heard)) == list(dict.fromkeys(told))  # nothing lost, in order
    assert len(heard) <= len(told) + 1  # and at most the one that was on its way came twice


async def _turns(records: Records, person: Person) -> int:
    return int((await records.rows(TURN, await records.conversation(person.line)))[0]["version"])


async def _more_turns(records: Records, person: Person, before: int) -> bool:
    return await _turns(records, person) > before


async def _newest(records: Records, person: Person) -> str:
    return str((await records.inbound(person.line))[-1]["id"])


async def _taken_up(records: Records, person: Person) -> bool:
    newest = (await records.inbound(person.line))[-1]
    return bool(newest["status"] == "received" and newest["attempts"] > 0)


async def _is_sending(records: Records, person: Person) -> bool:
    return any(row["status"] == "sending" for row in await records.outbound(person.line))
