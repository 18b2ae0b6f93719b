"""`tawasul chat` as a person runs it, against the real web process."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chat_service import ChatService

TAWASUL = str(Path(sys.executable).with_name("tawasul"))


@pytest.fixture
async def terminal(service: ChatService) -> AsyncIterator[asyncio.subprocess.Process]:
    """The command with a person who types at its standard input."""
    process = await asyncio.create_subprocess_exec(
        *(TAWASUL, "chat"),
        env={**os.environ, "TAWASUL_PORT": str(urlsplit(service.url).port), "COLUMNS": "60", "PYTHONUNBUFFERED": "1"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    yield process
    if process.returncode is None:
        process.kill()
    await process.wait()


async def type_in(terminal: asyncio.subprocess.Process, line: str) -> None:
    assert terminal.stdin
    terminal.stdin.write(f"{line}\n".encode())
    await terminal.stdin.drain()


async def read_until(terminal: asyncio.subprocess.Process, text: str) -> list[str]:
    """The lines up to the one that holds `text`."""
    assert terminal.stdout
    lines: list[str] = []
    async with asyncio.timeout(30):
        while not lines or text not in lines[-1]:
            line = await terminal.stdout.readline()
            assert line, lines
            lines.append(line.decode().rstrip("\n"))
    return lines


async def test_a_conversation_with_buttons_pressed_by_number(
    service: ChatService, terminal: asyncio.subprocess.Process
) -> None:
    await type_in(terminal, "في حفرة كبيرة في الشارع")
    assert (await service.received(1, 30))[0]["text"] == "في حفرة كبيرة في الشارع"
    buttons = [{"title": "نعم", "payload": "/affirm"}, {"title": "لا", "payload": "/deny"}]
    await service.say(None, "الموضوع عن «حفر وتكسر في الشارع»، صح؟", buttons=buttons)
    lines = await read_until(terminal, "لا")
    assert any("حفر وتكسر" in line for line in lines)
    assert lines[-2:] == ["    1. \u2068نعم\u2069", "    2. \u2068لا\u2069"]

    await type_in(terminal, "2")
    pressed = (await service.received(2, 30))[1]
    assert pressed.get("text") is None
    assert pressed["button"]
    await service.say(None, "تمام")
    await read_until(terminal, "تمام")

    await type_in(terminal, "2")  # no buttons now: it is what the person says
    assert (await service.received(3, 30))[2]["text"] == "2"
    await service.say(None, "طيب")
    assert terminal.stdin
    terminal.stdin.close()
    assert await asyncio.wait_for(terminal.wait(), 30) == 0


async def test_long_lines_are_broken_so_that_each_reads_by_itself(
    service: ChatService, terminal: asyncio.subprocess.Process
) -> None:
    await type_in(terminal, "السلام عليكم")
    await service.received(1, 30)
    await service.say(None, "كلمة " * 30 + "آخر")
    lines = [line for line in await read_until(terminal, "آخر") if "كلمة" in line]
    assert len(lines) > 1
    assert all(len(line) <= 60 and line.startswith("  \u2068") and line.endswith("\u2069") for line in lines)
