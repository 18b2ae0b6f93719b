"""`kill -9` for the worker while it waits for the rest of a description: no message is lost or heard twice."""

from collections.abc import AsyncIterator

import pytest

from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.system import System, running_anew
from tests.faults.killing import all_sent, back
from tests.faults.records import Records, until

pytestmark = pytest.mark.timeout(400, func_only=True)

TOLD = ("في حفرة كبيرة في الشارع", "والسيايير تتكسر منها", "صار لها اسبوعين")


@pytest.fixture(scope="module")
async def gathering() -> AsyncIterator[System]:
    """A system that waits three seconds for more of a description."""
    async with running_anew(TAWASUL_GATHER_SECONDS="3") as system:
        yield system


async def test_the_worker_dies_while_a_description_is_gathered(gathering: System) -> None:
    async with Records.of(gathering.database_url) as records:
        person = Person(gathering, lines.telegram(gathering), stories.POTHOLE)
        for words in TOLD[:2]:
            await person.line.citizen.says(words)
        await until(lambda: _taken_up(records, person))
        printed = gathering.kill("worker")
        await person.line.citizen.says(TOLD[2])
        await back(gathering, "worker", printed)
        await until(lambda: all_sent(records, person, len(TOLD)), 90)
        told = (await gathering.state("telegram", person.line.address))["draft"]["description"].split("\n")
        assert told == list(TOLD), "each once and in order, whether as one message or as more of the story"
        outbound = await records.outbound(person.line)
        assert len({row["inbox_id"] for row in outbound if row["role"] == "assistant"}) <= 2


async def _taken_up(records: Records, person: Person) -> bool:
    inbound = await records.inbound(person.line)
    return len(inbound) == 2 and any(row["attempts"] > 0 for row in inbound)
