"""Killing a process at a chosen moment, and what must be true of the conversation afterwards."""

from dataclasses import replace
from itertools import count

from contact_center.channels.telegram_keyboards import SEEN
from tests.e2e import lines, stories
from tests.e2e.person import Person
from tests.e2e.system import System
from tests.faults.records import Records

_BLOCKS = count(601)


async def back(system: System, victim: str, printed: int) -> None:
    """Wait until a process that was killed is ready again; `printed`: what `System.kill` returned."""
    await system.said(f"{victim} is ready", seconds=120, after=printed)


async def about_to_confirm(system: System) -> Person:
    """Somebody on Telegram who has the summary before them; nobody else complained of that block."""
    story = replace(stories.STREET_LIGHT, place=f"سترة مجمع {next(_BLOCKS)} طريق 417")
    person = Person(system, lines.telegram(system), story)
    await person.begins()
    while (asked := await person.expected()) != "confirm":
        await person.answers(asked)
    return person


async def check_filed_once(
    records: Records, person: Person, reference: str, *, may_be_told_twice: bool = False
) -> None:
    """One case; every message handled once and in order; every reply heard once and in order.

    `may_be_told_twice`: a worker that dies while it sends sends again, for better twice than never.
    """
    assert [row["reference"] for row in await records.cases(person.line)] == [reference]
    await records.check_each_handled_once_in_order(person.line)
    told = [row["text"].strip() for row in await records.outbound(person.line)]
    heard = [one.text.strip() for one in person.line.citizen.heard if one.text != SEEN]  # takes a keyboard away
    if may_be_told_twice:
        heard = [text for index, text in enumerate(heard) if index == 0 or heard[index - 1] != text]
    assert heard == told


async def all_sent(records: Records, person: Person, messages: int) -> bool:
    """Whether so many messages came, each is processed, and every reply is sent."""
    inbound, outbound = await records.inbound(person.line), await records.outbound(person.line)
    return (
        len(inbound) == messages
        and all(row["status"] == "processed" for row in inbound)
        and all(row["status"] in ("sent", "delivered", "read") for row in outbound)
    )
