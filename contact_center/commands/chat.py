"""`tawasul chat`: a conversation in the terminal, through the running service's web chat."""

import contextlib
import json
import shutil
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import typer

from contact_center.settings import get_settings

ANSWER_SECONDS = 30.0
QUIET_SECONDS = 0.8
"""An answer may be several messages: after such a pause it is taken to be complete."""
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


app = typer.Typer(add_completion=False)


@app.command()
def chat() -> None:
    """Talk to the running service as a citizen would; a number presses a button, Ctrl-D ends."""
    with httpx.Client(base_url=get_settings().local_url, trust_env=False, timeout=30) as client:
        begun = client.post("/chat/sessions")
        begun.raise_for_status()
        client.headers["Authorization"] = f"Bearer {begun.json()['token']}"
        typer.echo("Write as a citizen would. A number presses that button; Ctrl-D ends.")
        talk = Talk(client)
        threading.Thread(target=talk.listen, daemon=True).start()
        for text in _lines():
            talk.say(text)
    typer.echo()


class Talk:
    """One web chat: what is said goes out, the assistant's lines are printed as they come."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._payloads: list[str] = []
        self._heard = threading.Event()
        self._last_event = "0"

    def say(self, text: str) -> None:
        """Send a text, or the button that it is the number of, and wait for the answer."""
        self._heard.clear()
        self._client.post("/chat/messages", json=self._body(text)).raise_for_status()
        patience = ANSWER_SECONDS
        while self._heard.wait(patience):
            self._heard.clear()
            patience = QUIET_SECONDS

    def listen(self) -> None:
        """Print lines for ever; a lost connection is taken up where it broke."""
        while not self._client.is_closed:
            with contextlib.suppress(httpx.HTTPError):
                for event in self._events():
                    self._show(event)
                    self._heard.set()
            time.sleep(1)

    def _body(self, text: str) -> dict[str, str]:
        if text.isdecimal() and 1 <= int(text) <= len(self._payloads):
            return {"payload": self._payloads[int(text) - 1]}
        return {"text": text}

    def _events(self) -> Iterator[dict[str, Any]]:
        headers = {"Last-Event-ID": self._last_event}
        with self._client.stream("GET", "/chat/events", headers=headers, timeout=None) as stream:
            stream.raise_for_status()
            for line in stream.iter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    self._last_event = value
                elif name == "data":
                    yield json.loads(value)

    def _show(self, event: dict[str, Any]) -> None:
        for paragraph in event["text"].splitlines():
            typer.echo("\n".join(f"  {line}" for line in _wrapped(paragraph)))
        self._payloads = [button["payload"] for button in event["buttons"]]
        for number, button in enumerate(event["buttons"], start=1):
            typer.echo(f"    {number}. {_isolated(button['title'])}")


def _lines() -> Iterator[str]:
    """What the person writes, without empty lines, until the end of input or Ctrl-C."""
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            if text := input("> " if sys.stdin.isatty() else "").strip():
                yield text


def _wrapped(paragraph: str) -> list[str]:
    """Lines that fit the terminal, each readable by itself: a terminal that turns lines round does so line by line."""
    width = max(shutil.get_terminal_size().columns - 4, 20)
    return [_isolated(line) for line in textwrap.wrap(paragraph, width)] or [""]


def _isolated(text: str) -> str:
    """The text in an isolate whose direction is that of its first letter, so that what is beside it stays in place."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
