"""Providers deliver again whatever they are not sure of: the effect is there once."""

import asyncio

import pytest

from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.system import System
from tests.faults.records import Records, until

pytestmark = pytest.mark.timeout(120, func_only=True)

COPIES = 50
MESSAGES = "/webhooks/twilio/messages"


async def test_fifty_copies_of_one_telegram_update_get_one_answer(system: System, records: Records) -> None:
    once = Person(system, lines.telegram(system), stories.POTHOLE)
    await once.says(stories.POTHOLE.words)
    many = lines.telegram(system)
    update = await many.citizen.says(stories.POTHOLE.words)
    answers = await asyncio.gather(*(system.telegram.post(update) for _ in range(COPIES)))
    assert answers == [200] * COPIES
    await _answered_like(records, many, once.line)


async def test_fifty_copies_of_one_whatsapp_message_get_one_answer(system: System, records: Records) -> None:
    once = Person(system, lines.whatsapp(system), stories.POTHOLE)
    await once.says(stories.POTHOLE.words)
    many = lines.whatsapp(system)
    form = await many.citizen.says(stories.POTHOLE.words)
    answers = await asyncio.gather(*(system.twilio.post(MESSAGES, form) for _ in range(COPIES)))
    assert [status for status, _ in answers] == [200] * COPIES
    await _answered_like(records, many, once.line)


async def test_fifty_copies_of_a_yes_file_one_case(system: System, records: Records) -> None:
    person = Person(system, lines.telegram(system), stories.WAGES)
    await person.begins()
    while (asked := await person.expected()) != "confirm":
        await person.answers(asked)
    update = await person.line.citizen.says("اي نعم")
    await asyncio.gather(*(system.telegram.post(update) for _ in range(COPIES)))
    await person.listens()
    assert len(await records.cases(person.line)) == 1


async def test_a_web_chat_message_that_is_sent_again_is_one(system: System, records: Records) -> None:
    async with lines.webchat(system) as line:
        headers = {"Idempotency-Key": "made-by-the-page"}
        for _ in range(5):
            await line.citizen.http.post("/chat/messages", json={"text": "السلام عليكم"}, headers=headers)
        await line.citizen.hears()
        assert len(await records.inbound(line)) == 1


async def _answered_like(records: Records, line: lines.Line, other: lines.Line) -> None:
    """As many messages as somebody heard who said the same once, and no more after a while."""
    await until(lambda: _has_heard(line, len(other.citizen.heard)))
    await asyncio.sleep(2)
    assert [one.text for one in line.citizen.heard] == [one.text for one in other.citizen.heard]
    assert len(await records.inbound(line)) == 1


async def _has_heard(line: lines.Line, messages: int) -> bool:
    return len(line.citizen.heard) >= messages
