"""Five complaints on five channels, each status read back from another: `.venv/bin/python -m tests.e2e.five_channels`.

Starts a system of its own in a temporary directory, with servers that stand for Telegram and Twilio.
"""

import asyncio
import contextlib
import json
import re
import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from contact_center.agencies.catalogue import catalogue
from tests.e2e import lines, stories
from tests.e2e.lines import Line
from tests.e2e.person import REFERENCE, Person, Story, Tell
from tests.e2e.system import System, running_anew

RIGHT_TO_LEFT_ISOLATE, FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2067", "\u2068", "\u2069"
PIN_IN_RIFFA = (26.1210, 50.5725)
ASKING = "شصار على شكواي رقم {reference}؟"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Filed:
    """A complaint that was filed, the case as the command line shows it, and what another channel says of it."""

    channel: str
    story: Story
    case: dict[str, Any]
    read_on: str
    status: str


async def five_complaints(system: System, say: Say = lambda _: None) -> list[Filed]:
    """Five people complain on five channels; then each asks for their case on the next one."""
    async with contextlib.AsyncExitStack() as stack:
        told = [
            ("telegram", stories.with_photo(stories.POTHOLE, first=True)),
            ("whatsapp", stories.with_photo(stories.RUBBISH)),
            ("sms", stories.WAGES),
            ("webchat", replace(stories.POWER_CUT, pin=PIN_IN_RIFFA)),
            ("call_center", stories.STRAY_DOGS),
        ]
        references = []
        for channel, story in told:
            say(f"\n── a complaint on {channel} " + "─" * 40)
            line = await stack.enter_async_context(lines.opened(system, channel))
            references.append(await Person(system, line, story, _teller(say)).files())
        # Others ask, each on the next channel: only the reference number connects them with the case.
        channels = [channel for channel, _ in told[1:] + told[:1]]
        askers = [await stack.enter_async_context(lines.opened(system, channel)) for channel in channels]
        return [
            await _read_back(system, channel, story, reference, asker, say)
            for (channel, story), reference, asker in zip(told, references, askers, strict=True)
        ]


async def _read_back(system: System, channel: str, story: Story, reference: str, asker: Line, say: Say) -> Filed:
    say(f"\n── the status of {reference} ({channel}), asked for on {asker.channel} " + "─" * 20)
    person = Person(system, asker, story, _teller(say))
    await person.says(ASKING.format(reference=reference))
    case = dict(json.loads(await system.tawasul("cases", "show", reference, "--json")))
    return Filed(channel, story, case, asker.channel, person.heard)


def _teller(say: Say) -> Tell:
    width = max(shutil.get_terminal_size().columns - 14, 40)

    def tell(who: str, words: str) -> None:
        wrapped = [line for paragraph in words.splitlines() for line in textwrap.wrap(paragraph, width)]
        for number, line in enumerate(wrapped):
            say(f"{'' if number else who:>10} │ {_isolated(line)}")

    return tell


def _isolated(text: str) -> str:
    """Arabic from right to left as a whole, so that numbers and brackets in it stand where they belong."""
    start = RIGHT_TO_LEFT_ISOLATE if re.search("[\u0600-\u06ff]", text) else FIRST_STRONG_ISOLATE
    return f"{start}{text}{POP_ISOLATE}"


def _summary(filed: list[Filed]) -> list[str]:
    rows = [("channel", "reference", "category", "agency", "read back on")]
    rows += [
        (one.channel, one.case["reference"], one.case["category"], one.case["agency"], one.read_on) for one in filed
    ]
    return ["  ".join(f"{cell:<18}" for cell in row).rstrip() for row in rows]


def wrong(filed: list[Filed]) -> list[str]:
    """What is not as it must be, in sentences; empty where all is well."""
    found = []
    for one in filed:
        expected = stories.expected(one.story)
        for name, value in {"channel": one.channel, "category": expected.category, "agency": expected.agency}.items():
            if one.case[name] != value:
                found.append(f"{one.case['reference']}: {name} is {one.case[name]}, not {value}")
        if REFERENCE.findall(one.status) != [one.case["reference"]]:
            found.append(f"{one.case['reference']} is not in what {one.read_on} says of it")
        if catalogue().agencies[expected.agency].name_ar not in one.status:
            found.append(f"{one.case['reference']}: {one.read_on} does not name the agency")
    if len({one.case["reference"] for one in filed}) != len(filed):
        found.append("two cases have the same reference number")
    return found


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main() -> int:
    """Run it, and print it all; 1 where something is wrong."""
    _print("Starting a system of its own …")
    async with running_anew() as system:
        filed = await five_complaints(system, _print)
    _print("\n" + "\n".join(_summary(filed)))
    problems = wrong(filed)
    _print("\n" + ("\n".join(problems) or "All five as they should be."))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
