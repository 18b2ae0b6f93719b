"""What is said once everything is ready: what to open, which channels are on, and how to switch on the others."""

from contact_center.channels.base import ChannelCode
from contact_center.channels.registry import why_off
from contact_center.settings import Settings
from contact_center.supervision.terminal import Terminal


def show(terminal: Terminal, settings: Settings, pages_after: float, ready_after: float) -> None:
    """Say what to open and what is on; times in seconds since the start."""
    terminal.say()
    terminal.say(f"  Chat     {settings.local_url}/chat")
    terminal.say(f"  Console  {settings.local_url}/console")
    off = why_off(settings)
    on = [code.value for code in ChannelCode if code not in off]
    terminal.say(f"  Channels that are on: {', '.join(on)}")
    for code, missing in off.items():
        terminal.say(f"  {code.value} is off: set {missing} (in .env or the environment) and start again")
    terminal.say(f"Everything is ready after {ready_after:.1f} s (pages after {pages_after:.1f} s). Ctrl-C stops it.")
    terminal.say()
