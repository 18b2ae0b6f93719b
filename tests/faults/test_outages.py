"""Something that the service needs is away: nobody is left in silence, nothing acknowledged is lost."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.arabic import normalise
from tests.e2e import lines, stories
from tests.e2e.person import KEPT, Person
from tests.e2e.system import System
from tests.faults.killing import all_sent, back
from tests.faults.records import Records, until

pytestmark = pytest.mark.timeout(240, func_only=True)

PROMISED_SECONDS = 10
QUESTIONS = ("شنو تواصل؟", "عليها رسوم؟", "متى دوامكم؟")


async def test_without_the_assistant_people_are_told_and_answered_later(system: System, records: Records) -> None:
    async with contextlib.AsyncExitStack() as stack:
        channels = ("telegram", "whatsapp", "webchat")
        opened = [await stack.enter_async_context(lines.opened(system, channel)) for channel in channels]
        people = [Person(system, line, stories.POTHOLE) for line in opened]
        for person in people:
            await person.says("السلام عليكم")
        printed = system.kill("assistant")
        await asyncio.gather(*(_is_told_that_it_is_kept(person) for person in people))
        for words in QUESTIONS:  # one of them goes on writing
            await people[0].line.citizen.says(words)
        await back(system, "assistant", printed)
        for person, messages in zip(people, (2 + len(QUESTIONS), 2, 2), strict=True):
            await until(lambda of=person, number=messages: all_sent(records, of, number), 60)  # type: ignore[misc]
            await records.check_each_handled_once_in_order(person.line)
        for person in people[1:]:
            assert sum(KEPT in normalise(heard.text) for heard in person.line.citizen.heard) == 1


async def _is_told_that_it_is_kept(person: Person) -> None:
    written = time.monotonic()
    await person.line.citizen.says(stories.POTHOLE.words)
    assert KEPT in normalise((await person.line.citizen.hears(PROMISED_SECONDS)).text)
    assert time.monotonic() - written < PROMISED_SECONDS


async def test_without_actions_a_person_is_told_and_answered_later(system: System, records: Records) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.says("السلام عليكم")
    with system.frozen("actions"):  # it listens, and never answers
        await person.line.citizen.says(stories.POTHOLE.words)
        assert KEPT in normalise((await person.line.citizen.hears(PROMISED_SECONDS)).text)
    assert KEPT not in normalise(await person.listens())
    await until(lambda: all_sent(records, person, 2))
    await records.check_each_handled_once_in_order(person.line)


async def test_without_the_database_nothing_is_acknowledged_and_nothing_lost(system: System) -> None:
    on_telegram, on_whatsapp = lines.telegram(system), lines.whatsapp(system)
    async with lines.webchat(system) as in_browser, _no_database(system):
        headers = {"Idempotency-Key": "made-by-the-page"}
        chat = await in_browser.citizen.http.post("/chat/messages", json={"text": "السلام عليكم"}, headers=headers)
        assert chat.status_code == 503
        answered = len(system.telegram.webhook_answers)
        await on_telegram.citizen.says("السلام عليكم")
        status, _ = await system.twilio.post("/webhooks/twilio/messages", _whatsapp_form(on_whatsapp))
        assert status == 503
        await asyncio.sleep(1)
        seen = system.telegram.webhook_answers[answered:]
        assert seen
        assert set(seen) <= {500, 502, 503, 504}
        assert (await system.http.get(f"{system.url}/readyz")).status_code == 503
        assert (await system.http.get(f"{system.url}/healthz")).status_code == 200
    assert (await on_telegram.citizen.hears(60)).text  # Telegram brought it again
    await system.telegram.settled()
    await asyncio.sleep(2)
    async with Records.of(system.database_url) as records:
        assert len(await records.inbound(on_telegram)) == 1


async def test_a_crash_of_the_database_in_mid_conversation(system: System) -> None:
    person = Person(system, lines.telegram(system), stories.POTHOLE)
    await person.begins()
    asked = await person.expected()
    os.kill(_postmaster(system), signal.SIGKILL)
    await person.answers(asked)
    await _until_ready(system)
    reference = await person.goes_on()
    async with Records.of(system.database_url) as records:
        assert [row["reference"] for row in await records.cases(person.line)] == [reference]
        await until(lambda: all_sent(records, person, len(person.asked) + 1))
        await records.check_each_handled_once_in_order(person.line)


@contextlib.asynccontextmanager
async def _no_database(system: System) -> AsyncIterator[None]:
    """PostgreSQL stopped, and kept from being started again while the block lasts; then ready again."""
    with system.frozen("database"):  # the process that would start it again
        os.kill(_postmaster(system), signal.SIGINT)  # a fast shutdown
        await until(lambda: _refuses(system))
        yield
    await _until_ready(system)


def _postmaster(system: System) -> int:
    return int((system.data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])


async def _refuses(system: System) -> bool:
    return (await system.http.get(f"{system.url}/readyz")).status_code == 503 and not (
        system.data_dir / "postgres" / "postmaster.pid"
    ).exists()


async def _until_ready(system: System) -> None:
    async def ready() -> bool:
        with contextlib.suppress(httpx.TransportError):
            return (await system.http.get(f"{system.url}/readyz")).status_code == 200
        return False

    await until(ready, 60)


def _whatsapp_form(line: lines.Line) -> dict[str, str]:
    sender = f"whatsapp:{line.address}"
    return {"MessageSid": "SM" + "1" * 32, "From": sender, "Body": "السلام عليكم", "NumMedia": "0"}
